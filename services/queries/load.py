"""What waits with whom and since when, for heads; and how it could be shared out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from portal.accounts.models import User
from services.balancing import PRESSING, SOON, USUAL
from services.models import WorkItem
from services.queries.dossiers import units_with
from services.queries.lists import names_of_officers
from services.states import Capability, ItemState
from units.sorting import search_key

MOST_SHARED = 200  # steps of one redistribution


@dataclass(frozen=True, slots=True)
class Load:
    """`officer` None: steps that nobody has taken. `since`: the first of them is with them, or waits for anybody."""

    officer: uuid.UUID | None
    name: str
    open: int
    late: int
    since: datetime | None
    weight: int


def units_headed(user: User, on: date) -> list[int]:
    return units_with(user, Capability.ASSIGN, on)


def waiting_steps(units: Iterable[int]) -> QuerySet[WorkItem]:
    """Every open step of these units, whoever holds it."""
    rows = WorkItem.objects.filter(unit__in=list(units), state=ItemState.OPEN.value)
    return rows.select_related("dossier")


def in_due_order(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")


def loads(units: Iterable[int], now: datetime) -> list[Load]:
    """By holder: nobody first, then by name. Two statements."""
    pressing = When(due_at__lt=now + SOON, then=Value(PRESSING))
    rows = waiting_steps(units).order_by("officer").values("officer").annotate(
        number=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=now, dossier__paused_at=None)),
        since=Min(Coalesce("taken_at", "opened_at")),
        weight=Sum(Case(pressing, default=Value(USUAL), output_field=IntegerField())),
    )  # fmt: skip
    found = list(rows)
    names = names_of_officers(row["officer"] for row in found)
    told = [
        Load(row["officer"], names.get(row["officer"], ""), row["number"], row["late"], row["since"], row["weight"])
        for row in found
    ]
    return sorted(told, key=lambda one: (one.officer is not None, search_key(one.name) if one.name else ""))


def held_by(units: Iterable[int], officer: uuid.UUID | None) -> list[WorkItem]:
    """What would be shared out, the soonest due first."""
    return list(in_due_order(waiting_steps(units).filter(officer=officer))[:MOST_SHARED])
