"""The dossiers that an officer may look at, and the queue of the desk."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import Kind, User
from portal.events import Event
from portal.isolation import current, use
from services.models import Dossier, Handover
from services.models.dossiers import DossierQuerySet
from services.states import OPEN, Capability, ConfirmationState, Stage, State
from staff.models import Person
from staff.policies import known_grounds, known_where
from staff.scopes import units_granted
from units.queries import BadText
from units.sorting import search_key

SUBJECT = "services.dossier"
TEXT_LIMIT = 100
MOST_EVENTS = 50
DESK = frozenset({State.SUBMITTED, State.DECIDED})  # what waits for the desk itself


@dataclass(frozen=True, slots=True)
class Wish:
    """`state` empty: what waits for the desk. `text`: a code, a reference, or the owner's name without accents."""

    state: str = ""
    late: bool = False
    procedure: str = ""
    text: str = ""


def units_with(user: User, capability: Capability, on: date) -> list[int]:
    """Where the person's posts bring the capability, with the units below where they reach so far, and those that went
    into one of these.
    """
    is_program = user.kind == Kind.SERVICE
    return sorted(units_granted(user, capability, on) if is_program else known_where(user, capability, on))


def visible_to(user: User, on: date, *, capability: Capability = Capability.VIEW) -> DossierQuerySet:
    """A citizen's own; for officers and programs those in which a unit has a part where they hold the capability."""
    if user.is_citizen:
        return Dossier.objects.of_citizen(user)
    return in_part(units_with(user, capability, on))


def desk_units(user: User, on: date) -> list[int]:
    """Whose queue this is: the units where the person receives, or hands out."""
    wanted = {Capability.RECEIVE.value, Capability.RETURN.value}
    return sorted({ground.unit_id for ground in known_grounds(user, on) if ground.capability in wanted})


def in_part(unit_ids: list[int]) -> DossierQuerySet:
    """Those that these units have or had a part in."""
    held = Q(responsible_unit__in=unit_ids)
    return Dossier.objects.filter(
        held | Q(receiving_unit__in=unit_ids) | Q(competent_unit__in=unit_ids) | Q(returning_unit__in=unit_ids)
    )


def queue(unit_ids: list[int], wish: Wish, now: datetime) -> DossierQuerySet:
    """What these units answer for, the soonest due first. A whole code or reference finds it in every state."""
    if wish.text and not wish.state and (called := _called(unit_ids, wish.text)).exists():
        return called.by_due_moment()
    found = Dossier.objects.held_by(unit_ids).filter(state__in=_states(wish.state))
    if wish.late:
        found = found.filter(next_due_at__lt=now)
    if wish.procedure:
        found = found.filter(version__procedure__code=wish.procedure)
    if wish.text:
        found = found.filter(_about(wish.text[:TEXT_LIMIT]))
    return found.by_due_moment()


def _called(unit_ids: list[int], text: str) -> DossierQuerySet:
    said = text[:TEXT_LIMIT].strip().upper() or "-"
    return in_part(unit_ids).filter(Q(reference=said) | Q(code=said))


def _states(state: str) -> list[str]:
    chosen = [State(state)] if state else sorted(DESK)
    return [str(one) for one in chosen]


def about_owner(text: str) -> Q:
    """By a part of the name, with or without accents. Raises BadText when nothing of it can be searched."""
    key = search_key("".join(one if one.isprintable() else " " for one in text[:TEXT_LIMIT]))
    if not key:
        raise BadText(len(text), TEXT_LIMIT)
    return Q(owner_key__contains=key)


def names_of_actors(events: Iterable[Event]) -> dict[str, str]:
    """Officers by their names, by the id in `Event.actor`."""
    actors = {UUID(event.actor.removeprefix("user:")) for event in events if event.actor.startswith("user:")}
    rows = Person.objects.filter(user__in=actors).only("user_id", "name")
    return {str(one.user_id): one.name for one in rows}


def _about(text: str) -> Q:
    said = text.strip().upper()
    named = Q(code__startswith=said) | Q(reference=said)
    key = search_key("".join(one if one.isprintable() else " " for one in text))
    return named | Q(owner_key__contains=key) if key else named


def counts(unit_ids: list[int]) -> Counter[str]:
    """How many open dossiers of these units stand in each state."""
    rows = Dossier.objects.held_by(unit_ids).open().values("state").annotate(number=Count("id")).order_by("state")
    return Counter({row["state"]: row["number"] for row in rows})


def late_count(unit_ids: list[int], now: datetime) -> int:
    waiting = Dossier.objects.held_by(unit_ids).filter(state__in=_states(""), next_due_at__lt=now)
    return int(waiting.count())


def procedures_of(unit_ids: list[int]) -> list[tuple[str, str]]:
    """Codes and names of what is open there, for the filter."""
    rows = Dossier.objects.held_by(unit_ids).filter(state__in=[str(state) for state in OPEN])
    named = rows.order_by("version__name_vi").values_list("version__procedure__code", "version__name_vi").distinct()
    return list(dict(named[:100]).items())


def following(unit_ids: list[int], done: Dossier) -> Dossier | None:
    """What the desk takes up next: the soonest due of those that wait for its answer."""
    waiting = Dossier.objects.held_by(unit_ids).filter(state=State.SUBMITTED).exclude(pk=done.pk)
    return waiting.by_due_moment().first()


def happened(dossier: Dossier, names: Iterable[str] = ()) -> QuerySet[Event]:
    """Newest first, without who looked; only events of these names, when some are given."""
    rows = Event.objects.about(SUBJECT, dossier.pk)
    found = rows.filter(name__in=[str(name) for name in names]) if names else rows.exclude(name=f"{SUBJECT}.viewed")
    return found.order_by("-id")[:MOST_EVENTS]


def left_by(dossier: Dossier) -> set[int]:
    """Units that had a part in it and have none now, by an act or by hand; those that the reader belongs to aside."""
    there = [*dossier.unit_ids(), *current().units]
    return set(
        Handover.objects.filter(dossier=dossier).exclude(from_unit__in=there).values_list("from_unit", flat=True)
    )


@contextmanager
def seen_from(units: Iterable[int]) -> Iterator[None]:
    """The trail of a dossier with what was written at units that it has left: who may see it sees all of it."""
    here = current()
    with use(replace(here, units=(*here.units, *units))):
        yield


def not_alerted() -> Iterable[Dossier]:
    """Those of which the desk was not told yet."""
    return Dossier.objects.filter(state=State.SUBMITTED, alerted_at=None).order_by("submitted_at", "id")


def expired(now: datetime) -> Iterable[Dossier]:
    """Those that wait for a supplement whose days are over."""
    waiting = Dossier.objects.filter(
        state=State.SUPPLEMENT, supplements__state="open", supplements__deadline_at__lt=now
    )
    return waiting.order_by("supplements__deadline_at", "id")


def unanswered_drafts(now: datetime) -> Iterable[Dossier]:
    """Those whose citizen has not answered the draft in time."""
    waiting = Dossier.objects.filter(
        stage=Stage.AWAITING_CITIZEN,
        confirmations__state=ConfirmationState.OPEN.value,
        confirmations__deadline_at__lt=now,
    )
    return waiting.order_by("confirmations__deadline_at", "id")
