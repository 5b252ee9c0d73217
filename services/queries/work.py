"""Open steps that wait for an officer or for their unit, and everything that the work on one step needs to see."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from portal.accounts.models import User
from portal.events import Event
from services.kinds import StepRole
from services.models import Dossier, WorkItem
from services.policies import RESULT_ON_ITS_WAY
from services.queries.dossiers import SUBJECT
from services.states import Capability, ItemState
from staff.models import Assignment
from staff.policies import known_grounds

AT_DESK = (StepRole.RECEPTION.value, StepRole.RETURNS.value)
MOST_COLLEAGUES = 100


def units_of_work(user: User, on: date) -> list[int]:
    """Where the person's posts let them work on steps."""
    return sorted({ground.unit_id for ground in known_grounds(user, on) if ground.capability == Capability.PROCESS})


def open_steps(user: User, unit_ids: list[int], *, mine: bool) -> QuerySet[WorkItem]:
    """Of these units, soonest due first; without those of the desk, which has its own queue."""
    rows = WorkItem.objects.open().filter(unit__in=unit_ids).exclude(role__in=AT_DESK)
    if mine:
        rows = rows.filter(officer=user)
    return rows.select_related("dossier__version").order_by(F("due_at").asc(nulls_last=True), "id")


def steps_to_take(user: User, unit_ids: list[int]) -> QuerySet[WorkItem]:
    """Those that nobody has taken. Signing and numbering is done at the document, which has its own list."""
    free = open_steps(user, unit_ids, mine=False).filter(officer=None)
    return free.exclude(dossier__stage__in=[stage.value for stage in RESULT_ON_ITS_WAY])


def visible_step(unit_ids: list[int]) -> QuerySet[WorkItem]:
    """Steps of dossiers that one of these units decides or works on."""
    rows = WorkItem.objects.filter(Q(unit__in=unit_ids) | Q(dossier__competent_unit__in=unit_ids))
    return rows.select_related("dossier__version__form", "officer")


def earlier_steps(item: WorkItem) -> list[WorkItem]:
    """To which this one can be returned."""
    return earlier_of(list(WorkItem.objects.of(item.dossier)), item)


def earlier_of(steps: list[WorkItem], item: WorkItem) -> list[WorkItem]:
    """The same among all steps of the dossier."""
    done = [step for step in steps if step.number < item.number and step.state == ItemState.DONE]
    return [step for step in done if step.role != StepRole.RECEPTION]


def colleagues(unit_id: int, on: date, *, besides: User | None) -> list[tuple[User, str]]:
    """Who may work on steps of the unit, with name and post."""
    rows = (
        Assignment.objects.at_unit(unit_id).on(on).filter(user__isnull=False).select_related("user", "person", "post")
    )
    found: dict[object, tuple[User, str]] = {}
    for row in rows.order_by("person__name", "id")[:MOST_COLLEAGUES]:
        user = row.user
        if user and user != besides and user.has_perm(Capability.PROCESS.value, unit_id):
            found.setdefault(user.pk, (user, f"{row.person.name} ({row.post.name})"))
    return list(found.values())


def looks_at(dossier: Dossier, *, since: datetime, besides: User) -> QuerySet[Event]:
    """That others opened the dossier lately, the last one first."""
    seen = Event.objects.about(SUBJECT, dossier.pk).filter(name=f"{SUBJECT}.viewed", at__gte=since)
    return seen.exclude(actor=besides.event_actor).order_by("-id")[:MOST_COLLEAGUES]


def lookers(looks: Iterable[Event]) -> list[object]:
    """The officers among them, each once."""
    found = [UUID(look.actor.removeprefix("user:")) for look in looks if look.actor.startswith("user:")]
    return list(dict.fromkeys(found))


def names_of(user_ids: set[object], unit_id: int) -> dict[object, str]:
    """Officers by their names, as their unit knows them."""
    rows = Assignment.objects.filter(user__in=[one for one in user_ids if one]).select_related("person").order_by("id")
    return {row.user_id: row.person.name for row in rows[:MOST_COLLEAGUES]}
