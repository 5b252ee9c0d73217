"""Who acts while somebody is away: entered with its decision, and what is held goes there and comes back by itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from services.errors import (
    AlreadyCoveredError,
    BadCoverDaysError,
    CannotWorkError,
    NotAllowedError,
    WrongStateError,
)
from services.events import Fact
from services.models import CoveredStep, LeaveCover, WorkItem
from services.operations.moving import lock_step, people, save
from services.operations.steps import give
from services.policies import Capability, may_at
from services.queries.officers import name_of
from services.states import ItemState
from staff.models import Assignment

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Leave:
    """From `first_day` to `last_day`, both included, by which decision."""

    first_day: date
    last_day: date
    decision_no: str
    decision_on: date


@transaction.atomic
def enter_cover(*, absent: Assignment, cover: Assignment, leave: Leave, actor: User, now: datetime) -> LeaveCover:
    """By a head, at one unit. What `absent` holds goes to `cover` on the first day, and back after the last.

    Raises NotAllowedError, CannotWorkError, BadCoverDaysError, AlreadyCoveredError.
    """
    if not may_at(actor, Capability.ASSIGN, absent.unit_id):
        raise NotAllowedError
    if cover.unit_id != absent.unit_id or cover.user_id == absent.user_id or not _may_work(cover.user, cover.unit_id):
        raise CannotWorkError
    days = DateRange(leave.first_day, leave.last_day + timedelta(days=1))
    _check_days(leave, (absent, cover), localdate(now))
    row = LeaveCover(
        unit_id=absent.unit_id,
        absent=absent,
        cover=cover,
        valid=days,
        decision_no=leave.decision_no.strip(),
        decision_on=leave.decision_on,
        entered_by=actor,
        entered_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyCoveredError from error
    facts = {
        "absent": absent.pk, "cover": cover.pk, "first_day": leave.first_day, "last_day": leave.last_day,
        "decision": row.decision_no,
    }  # fmt: skip
    _tell(Fact.COVER_ENTERED, row, facts, actor, now)
    return row


def _may_work(user: User | None, unit_id: int) -> bool:
    return user is not None and may_at(user, Capability.PROCESS, unit_id)


def _check_days(leave: Leave, posts: tuple[Assignment, Assignment], today: date) -> None:
    first, last = leave.first_day, leave.last_day
    held = all(first in post.valid and last in post.valid for post in posts)
    if not first <= last or last < today or last - first > LONGEST or not held:
        raise BadCoverDaysError


@transaction.atomic
def end_cover(*, leave: LeaveCover, actor: User, now: datetime) -> LeaveCover:
    """Before its last day: what is still open goes back. Again changes nothing. Raises NotAllowedError."""
    locked = LeaveCover.objects.select_for_update(of=("self",)).get(pk=leave.pk)
    if not may_at(actor, Capability.ASSIGN, locked.unit_id):
        raise NotAllowedError
    if locked.ended_at is None:
        locked.ended_at, locked.revision = now, locked.revision + 1
        locked.save(update_fields=["ended_at", "revision"])
        _tell(Fact.COVER_ENDED, locked, {"until": localdate(now)}, actor, now)
    return locked


@transaction.atomic
def cover_step(*, step: WorkItem, leave: LeaveCover, actor: Actor, now: datetime) -> CoveredStep:
    """One step goes to whoever acts. Raises WrongStateError when it moved meanwhile, CannotWorkError."""
    dossier, locked = lock_step(step)
    absent, acting = leave.absent.user, leave.cover.user
    held = absent is not None and locked.officer_id == absent.pk and locked.state == ItemState.OPEN
    if absent is None or acting is None or not held:
        raise WrongStateError
    if not _may_work(acting, locked.unit_id):
        raise CannotWorkError
    CoveredStep.objects.filter(step=locked, back_at=None).update(back_at=now)
    row = CoveredStep.objects.create(leave=leave, step=locked, from_officer=absent, to_officer=acting, given_at=now)
    dossier.holder = acting
    _hand(row, locked, acting, fact=Fact.STEP_COVERED, actor=actor, now=now)
    save(dossier, "holder")
    return row


@transaction.atomic
def give_back_step(*, covered: CoveredStep, actor: Actor, now: datetime) -> CoveredStep:
    """The leave is over: what is still open and still there goes back; the rest only ends its row. Once only."""
    dossier, step = lock_step(covered.step)
    row = CoveredStep.objects.select_for_update(of=("self",)).select_related("leave").get(pk=covered.pk)
    if row.back_at is not None:
        return row
    row.back_at = now
    row.save(update_fields=["back_at"])
    owner = row.from_officer
    there = step.state == ItemState.OPEN and step.officer_id == row.to_officer_id
    if there and _may_work(owner, step.unit_id):
        dossier.holder = owner
        _hand(row, step, owner, fact=Fact.STEP_GIVEN_BACK, actor=actor, now=now)
        save(dossier, "holder")
    return row


def _hand(row: CoveredStep, step: WorkItem, officer: User, *, fact: Fact, actor: Actor, now: datetime) -> None:
    """The step with its row of Form 06; the ground is the decision of the leave."""
    before, step.officer, step.taken_at = step.officer_id, officer, now
    step.save(update_fields=["officer", "taken_at"])
    facts = {
        "dossier": str(step.dossier_id), "step": step.step, "from": str(before or ""), "to": str(officer.pk),
        "cover": str(row.leave_id),
    }  # fmt: skip
    event = record(
        fact, subject=step, actor=actor, unit=step.unit_id, at=now, facts=facts, concerns=people(step.dossier)
    )
    ground, unit = row.leave.decision_no, step.unit_id
    paper = give(step.dossier, unit, unit, actor=actor, ground=ground, event=event, now=now)
    paper.to_officer, paper.received_at, paper.taker = officer, now, name_of(officer)
    paper.save(update_fields=["to_officer", "received_at", "taker"])


def _tell(fact: Fact, row: LeaveCover, facts: dict[str, object], actor: User, now: datetime) -> None:
    record(fact, subject=row, actor=actor, unit=row.unit_id, at=now, facts=facts)
