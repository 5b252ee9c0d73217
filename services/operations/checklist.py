"""The list of papers, checked in one go. NĐ 118/2025 Đ.17.1"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from services.models import Component, Dossier, Proof
from services.operations.moving import lock, permit
from services.operations.reception import check_component
from services.states import Action


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
    known = {row.key: row for row in Component.objects.filter(dossier=locked)}
    changed = [row for row in rows if row.key in known and not row.says_the_same(known[row.key])]
    for row in changed:
        check_component(
            dossier=locked,
            key=row.key,
            proof=row.proof,
            counts=row.counts,
            note=row.note,
            actor=actor,
            now=now,
        )
    return len(changed)
