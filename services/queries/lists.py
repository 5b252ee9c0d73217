"""The list of dossiers that an officer chooses by state, people, time and unit: one selection, used everywhere."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.utils.timezone import get_current_timezone, localdate

from portal.accounts.models import User
from services.models import Dossier, WorkItem
from services.models.dossiers import DossierQuerySet
from services.queries.dossiers import TEXT_LIMIT, in_part, units_with
from services.states import CLOSED, OPEN, Capability, ItemState, State
from staff.models import Person
from units.queries.nearest import nearest_versions
from units.sorting import search_key

OPEN_ONES, CLOSED_ONES = "open", "closed"
ME, NOBODY = "me", "nobody"
SOON = timedelta(days=2)
MOST_PEOPLE = 300


class Part(StrEnum):
    """What the unit has to do with the dossier."""

    RESPONSIBLE = "responsible"
    RECEIVING = "receiving"
    COMPETENT = "competent"
    RETURNING = "returning"


class Lateness(StrEnum):
    LATE = "late"
    SOON = "soon"
    IN_TIME = "in_time"
    PAUSED = "paused"


class Order(StrEnum):
    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a filter says; empty means all. `holder`: an officer's id, ME or NOBODY. Days include their ends."""

    text: str = ""
    state: str = ""  # a state, OPEN_ONES or CLOSED_ONES
    stage: str = ""
    procedure: str = ""
    holder: str = ""
    step: str = ""  # the role of the open step
    lateness: str = ""
    channel: str = ""
    part: str = ""
    unit: int | None = None
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    order: str = Order.DUE.value


def units_listed(user: User, on: date) -> list[int]:
    """The units whose dossiers this person may list."""
    return units_with(user, Capability.VIEW, on)


def chosen(user: User, choice: Choice, now: datetime) -> DossierQuerySet:
    """In the order that was chosen; always within what the person may see."""
    units = units_listed(user, localdate(now))
    if choice.unit is not None:
        units = [unit for unit in units if unit == choice.unit]
    found = Dossier.objects.filter(**{f"{choice.part}_unit__in": units}) if choice.part else in_part(units)
    for condition in _conditions(user, choice, now):
        found = found.filter(condition)
    if choice.order == Order.DUE:
        return found.by_due_moment()
    return found.order_by("submitted_at" if choice.order == Order.OLDEST else "-submitted_at", "id")


def _conditions(user: User, choice: Choice, now: datetime) -> Iterable[Q]:
    if choice.state:
        yield Q(state__in=_states(choice.state))
    if choice.stage:
        yield Q(stage=choice.stage)
    if choice.procedure:
        yield Q(version__procedure__code=choice.procedure)
    if choice.channel:
        yield Q(channel=choice.channel)
    if choice.holder:
        yield _held(user, choice.holder)
    if choice.step:
        yield Q(Exists(_open_steps().filter(role=choice.step)))
    if choice.lateness:
        yield _lateness(choice.lateness, now)
    yield from _days("submitted_at", choice.received_from, choice.received_to)
    yield from _days("next_due_at", choice.due_from, choice.due_to)
    if choice.text:
        yield _about(choice.text)


def _states(state: str) -> list[str]:
    if state == OPEN_ONES:
        return sorted(str(one) for one in OPEN)
    return sorted(str(one) for one in CLOSED) if state == CLOSED_ONES else [str(State(state))]


def _held(user: User, holder: str) -> Q:
    if holder == NOBODY:
        return Q(holder=None)
    return Q(holder=user.pk if holder == ME else uuid.UUID(holder))


def _open_steps() -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(dossier=OuterRef("pk"), state=ItemState.OPEN.value)


def _lateness(lateness: str, now: datetime) -> Q:
    running = Q(paused_at=None, decided_at=None, next_due_at__isnull=False)
    if lateness == Lateness.PAUSED:
        return Q(paused_at__isnull=False)
    if lateness == Lateness.LATE:
        return running & Q(next_due_at__lt=now)
    if lateness == Lateness.SOON:
        return running & Q(next_due_at__gte=now, next_due_at__lt=now + SOON)
    return running & Q(next_due_at__gte=now)


def _days(field: str, first: date | None, last: date | None) -> Iterable[Q]:
    if first:
        yield Q(**{f"{field}__gte": _midnight(first)})
    if last:
        yield Q(**{f"{field}__lt": _midnight(last + timedelta(days=1))})


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())


def _about(text: str) -> Q:
    """A code or reference from its beginning, or a part of the owner's name without accents."""
    said = text[:TEXT_LIMIT].strip()
    key = search_key("".join(one if one.isprintable() else " " for one in said))
    named = Q(code__startswith=said.upper()) | Q(reference=said.upper())
    return named | Q(owner_key__contains=key) if key else named


# --- What a list shows beside the dossier's own columns --------------------------------------------------------------


def with_steps(found: DossierQuerySet) -> DossierQuerySet:
    """`step_name` and `step_since` of the step that is open."""
    step = _open_steps().order_by("number", "id")
    return with_procedures(found).annotate(
        step_id=Subquery(step.values("pk")[:1], output_field=UUIDField()),
        step_name=Subquery(step.values("name")[:1], output_field=CharField()),
        step_since=Subquery(step.values("opened_at")[:1], output_field=DateTimeField()),
    )


def with_procedures(found: DossierQuerySet) -> DossierQuerySet:
    """`procedure`, its code, and `procedure_name`."""
    return found.annotate(procedure=F("version__procedure__code"), procedure_name=F("version__name_vi"))


def names_of_officers(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    rows = Person.objects.filter(user__in={one for one in ids if one}).only("user_id", "name")
    return {row.user_id: row.name for row in rows if row.user_id}


def names_of_units(ids: Iterable[int], on: date) -> dict[int, str]:
    return {unit: version.full_name for unit, version in nearest_versions(set(ids), on).items()}


def holders_of(user: User, on: date) -> list[tuple[uuid.UUID, str]]:
    """Who holds a dossier of these units now, for the filter; by name."""
    units = units_listed(user, on)
    held = Dossier.objects.held_by(units).exclude(holder=None).order_by("holder").values_list("holder", flat=True)
    names = names_of_officers(held.distinct()[:MOST_PEOPLE])
    return sorted(names.items(), key=lambda one: search_key(one[1]))
