"""What was handed over earlier than it was clicked: what can be claimed, and what waits for somebody's word."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from portal.accounts.models import User
from services.models import Dossier, RealMoment, WorkItem
from services.policies import Capability, may_at
from services.rules import rules_on
from services.states import ClaimState, ItemState, State

MOST = 50


def moments_of(dossier: Dossier) -> list[RealMoment]:
    """Newest first."""
    rows = RealMoment.objects.filter(dossier=dossier).select_related("step", "file")
    return list(rows.order_by("-claimed_at", "id")[:MOST])


def claimable(
    user: User,
    dossier: Dossier,
    moments: Iterable[RealMoment] | None = None,
    steps: Iterable[WorkItem] | None = None,
) -> list[tuple[WorkItem | None, datetime]]:
    """Steps that this officer finished and, as None, the hand-out; with the moment of the click.

    `moments` and `steps` are those of the dossier, where they are known already.
    """
    entered = moments_of(dossier) if moments is None else moments
    known = {(row.step_id, row.clicked_at) for row in entered if row.state != ClaimState.REFUSED}
    found: list[tuple[WorkItem | None, datetime]] = []
    if State(dossier.state) is State.RETURNED and dossier.closed_at and may_claim(user, dossier, None):
        found.append((None, dossier.closed_at))
    for item in WorkItem.objects.of(dossier) if steps is None else steps:
        mine = item.state == ItemState.DONE and item.officer_id == user.pk and item.opened_at is not None
        if mine and item.done_at and may_claim(user, dossier, item):
            found.append((item, item.done_at))
    return [(item, at) for item, at in found if (item.pk if item else None, at) not in known]


def waiting_moments(unit_ids: list[int]) -> list[RealMoment]:
    """For somebody else to confirm, the oldest first."""
    here = Q(step__unit__in=unit_ids) | Q(step=None, dossier__competent_unit__in=unit_ids)
    rows = RealMoment.objects.filter(here, state=ClaimState.CLAIMED.value)
    return list(rows.select_related("dossier__version", "step").order_by("claimed_at", "id")[:MOST])


def moment_of(pk: UUID) -> RealMoment | None:
    rows = RealMoment.objects.select_related("dossier__version", "step", "file")
    return rows.filter(pk=pk).first()


def may_claim(actor: User, dossier: Dossier, step: WorkItem | None) -> bool:
    """Whoever hands results out, and whoever finished the step."""
    if step is None:
        return may_at(actor, Capability.RETURN, dossier.returning_unit_id)
    return step.officer_id == actor.pk and may_at(actor, Capability.PROCESS, step.unit_id)


def may_decide(actor: User, row: RealMoment, now: datetime) -> bool:
    """With the capability of the data, where it was handed over; never one's own claim."""
    needed = rules_on(localdate(now)).real_moment_confirmed_by
    return bool(needed) and may_at(actor, Capability(needed), unit_of(row)) and row.claimed_by_id != actor.pk


def unit_of(row: RealMoment) -> int:
    return row.step.unit_id if row.step else row.dossier.competent_unit_id
