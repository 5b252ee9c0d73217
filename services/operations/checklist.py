"""The list of papers, checked in one go. NĐ 118/2025 Đ.17.1"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from services.models import Component, Dossier, Proof
from services.operations.moving import lock, permit, save
from services.operations.reception import tell_checked
from services.states import Action

WRITTEN = ("proof", "note", "checked_by", "checked_at", "originals", "certified", "copies")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the officer says about one component. `counts`: originals, certified copies, plain copies."""

    key: str
    proof: Proof
    counts: tuple[int, int, int]
    note: str = ""

    def says_the_same(self, row: Component) -> bool:
        """Whether nothing is new. What nobody has looked at yet, is checked by being confirmed."""
        looked_at = row.checked_at is not None or self.proof in {Proof.MISSING, Proof.DATA}
        counted = (row.originals, row.certified, row.copies)
        return looked_at and (row.proof, counted, row.note) == (self.proof, self.counts, self.note)


@transaction.atomic
def check_papers(
    *, dossier: Dossier, rows: Sequence[Checked], actor: User, now: datetime, revision: int | None = None
) -> int:
    """Keep what changed; how many rows that were. Raises NotAllowedError, WrongStateError, StaleError."""
    locked = lock(dossier, revision=revision)
    permit(locked, Action.ACCEPT, actor)
    known = {row.key: row for row in Component.objects.select_for_update(of=("self",)).filter(dossier=locked)}
    changed = [row for row in rows if row.key in known and not row.says_the_same(known[row.key])]
    if not changed:
        return 0
    for said in changed:
        row = known[said.key]
        row.proof, row.note, row.checked_by, row.checked_at = said.proof, said.note, actor, now
        row.originals, row.certified, row.copies = said.counts
    Component.objects.bulk_update([known[one.key] for one in changed], WRITTEN)
    save(locked)
    for said in changed:
        tell_checked(dossier=locked, key=said.key, proof=said.proof, actor=actor, now=now)
    return len(changed)
