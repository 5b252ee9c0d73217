"""A proposal how the open steps of one officer go to colleagues, and the batch that it becomes."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from portal.accounts.models import User
from services.balancing import Piece, share
from services.models import DossierBatch, WorkItem
from services.operations.batches import Order, Pick, order_batch
from services.queries.load import held_by, loads
from services.queries.work import colleagues
from services.states import BatchDeed


@dataclass(frozen=True, slots=True)
class Proposal:
    """Each step with the officer it would go to, and what each has before and after."""

    rows: list[tuple[WorkItem, uuid.UUID]]
    names: Mapping[uuid.UUID, str]
    before: Mapping[uuid.UUID, int]

    @property
    def after(self) -> dict[uuid.UUID, int]:
        more = Counter(officer for _step, officer in self.rows)
        return {officer: number + more[officer] for officer, number in self.before.items()}

    @property
    def digest(self) -> str:
        """By what it is known again when it is confirmed."""
        said = [f"{step.pk} {step.dossier.revision} {officer}" for step, officer in self.rows]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def takers_of(unit: int, giver: uuid.UUID | None, now: datetime) -> list[tuple[User, str]]:
    """Who could take them, with name and post."""
    return [pair for pair in colleagues(unit, localdate(now), besides=None) if pair[0].pk != giver]


def propose(*, unit: int, giver: uuid.UUID | None, takers: Iterable[uuid.UUID], now: datetime) -> Proposal:
    """Only among those who may take them; nobody chosen means nothing proposed."""
    wanted = set(takers)
    known = {user.pk: name for user, name in takers_of(unit, giver, now) if user.pk in wanted}
    told = {row.officer: row for row in loads([unit], now) if row.officer in known}
    weights = {key: told[key].weight if key in told else 0 for key in known}
    counts = {key: told[key].open if key in told else 0 for key in known}
    steps = {step.pk: step for step in held_by([unit], giver)} if known else {}
    shared = share([Piece(step.pk, step.due_at) for step in steps.values()], weights, now) if known else []
    return Proposal([(steps[piece.key], officer) for piece, officer in shared], known, counts)


def confirm(*, proposal: Proposal, reason: str, actor: User, now: datetime) -> DossierBatch:
    """One order; each step goes to its own officer. Raises BadBatchError."""
    picks = [Pick(step.dossier_id, step.dossier.revision) for step, _officer in proposal.rows]
    officers = [officer for _step, officer in proposal.rows]
    wanted = Order(BatchDeed.ASSIGN, picks, {"reason": reason}, officers=officers)
    return order_batch(wanted=wanted, actor=actor, now=now)
