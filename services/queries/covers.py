"""Who acts for whom, what goes over and what comes back."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from portal.accounts.models import User
from services.models import CoveredStep, LeaveCover, WorkItem
from services.queries.dossiers import units_with
from services.states import Capability, ItemState
from staff.models import Assignment
from units.queries import successors_of_many

MOST_POSTS = 200


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, for whom, until when, by which decision."""

    cover: str
    absent: str
    until: date
    decision: str


def covers_seen(user: User, on: date) -> QuerySet[LeaveCover]:
    """Those of the units where one works on steps or hands them out; the newest first."""
    units = {*units_with(user, Capability.PROCESS, on), *units_with(user, Capability.ASSIGN, on)}
    rows = LeaveCover.objects.filter(unit__in=units)
    return rows.select_related("absent__person", "absent__post", "cover__person", "cover__post")


def posts_at(units: Iterable[int], on: date) -> list[Assignment]:
    """Whose work can be taken over, or who can take it: everybody with an account at these units."""
    rows = Assignment.objects.on(on).filter(unit__in=list(units), user__isnull=False)
    return list(rows.select_related("person", "post", "user").order_by("person__name", "id")[:MOST_POSTS])


def acting_for(item: WorkItem) -> Acting | None:
    """Why this officer holds the step, when they act for another."""
    row = _acting(Q(step=item)).first()
    return _said(row) if row and item.officer_id == row.to_officer_id else None


def acting_on(items: Iterable[WorkItem]) -> dict[uuid.UUID, Acting]:
    """The same for the steps of a page, by their ids."""
    held = {item.pk: item.officer_id for item in items}
    rows = _acting(Q(step__in=list(held)))
    return {row.step_id: _said(row) for row in rows if held[row.step_id] == row.to_officer_id}


def _acting(condition: Q) -> QuerySet[CoveredStep]:
    rows = CoveredStep.objects.filter(condition, back_at=None)
    return rows.select_related("leave__absent__person", "leave__cover__person").order_by("id")


def _said(row: CoveredStep) -> Acting:
    leave = row.leave
    return Acting(leave.cover.person.name, leave.absent.person.name, leave.last_day, leave.decision_no)


def to_cover(now: datetime) -> Iterable[tuple[WorkItem, LeaveCover]]:
    """Steps that somebody holds who is away today, at the unit or at what it has become since the leave was entered."""
    on = localdate(now)
    leaves = list(LeaveCover.objects.on(on).select_related("absent__user", "cover__user").order_by("id"))
    became = successors_of_many({leave.unit_id for leave in leaves}, on) if leaves else {}
    for leave in leaves:
        units = [each.unit_id for each in became[leave.unit_id]]
        rows = WorkItem.objects.filter(officer=leave.absent.user_id, unit__in=units, state=ItemState.OPEN.value)
        for step in rows.select_related("dossier").order_by("due_at", "id"):
            yield step, leave


def to_give_back(now: datetime) -> Iterable[CoveredStep]:
    """Steps of leaves that are over."""
    on = localdate(now)
    over = Q(leave__valid__endswith__lte=on) | Q(leave__ended_at__isnull=False)
    return CoveredStep.objects.filter(over, back_at=None).select_related("step__dossier", "from_officer").order_by("id")
