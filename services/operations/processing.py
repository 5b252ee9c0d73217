"""The work on a dossier between acceptance and result: one officer at a time, each hand-over with its receipt."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import Event, record
from services.errors import (
    DeskStepError,
    HeldByOtherError,
    NoReasonError,
    NotAllowedError,
    ResultOnItsWayError,
    WrongStateError,
)
from services.events import Fact
from services.kinds import Given, StepRole
from services.models import Dossier, WorkItem
from services.operations import steps
from services.operations.handing import receive_along
from services.operations.moving import hold, lock_step, people, require_processing, save, step
from services.policies import RESULT_ON_ITS_WAY, Capability, is_of_desk, may_at
from services.queries.officers import name_of
from services.queries.staffing import anybody_may
from services.states import Action, ItemState, State
from services.unit_errors import NobodyWorksError


@transaction.atomic
def take_step(*, item: WorkItem, actor: User, now: datetime) -> WorkItem:
    """This officer works on it now. Whoever comes second learns who was first. Taking one's own again changes nothing.

    Raises NotAllowedError, WrongStateError, DeskStepError, HeldByOtherError.
    """
    dossier, locked = lock_step(item)
    if not may_at(actor, Capability.PROCESS, locked.unit_id):
        raise NotAllowedError
    _require_free(locked)
    if locked.officer_id == actor.pk:
        return locked
    if locked.officer_id is not None:
        raise HeldByOtherError
    locked.officer, locked.taken_at = actor, now
    locked.save(update_fields=["officer", "taken_at"])
    receive_along(dossier=dossier, unit_id=locked.unit_id, what=Given.DOSSIER, actor=actor, now=now)
    dossier.holder = actor
    _tell(Fact.STEP_TAKEN, locked, actor, now, {"officer": str(actor.pk)})
    if State(dossier.state) is State.ACCEPTED:
        step(dossier, Action.START, actor=actor, now=now, changed=["holder"])
    else:
        save(dossier, "holder")
    return locked


@transaction.atomic
def assign_step(*, item: WorkItem, officer: User, reason: str, actor: User, now: datetime) -> WorkItem:
    """A head gives the step to somebody, or its holder hands it over.

    Raises NotAllowedError, NobodyWorksError, WrongStateError, DeskStepError.
    """
    dossier, locked = lock_step(item)
    own = locked.officer_id == actor.pk and may_at(actor, Capability.PROCESS, locked.unit_id)
    if not own and not may_at(actor, Capability.ASSIGN, locked.unit_id):
        raise NotAllowedError
    _require_free(locked)
    if not may_at(officer, Capability.PROCESS, locked.unit_id):
        somebody = anybody_may(Capability.PROCESS, locked.unit_id, localdate(now))
        raise NotAllowedError if somebody else NobodyWorksError
    before = locked.officer_id
    locked.officer, locked.taken_at = officer, now
    locked.save(update_fields=["officer", "taken_at"])
    dossier.holder = officer
    save(dossier, "holder")
    facts: dict[str, object] = {"from": str(before or ""), "to": str(officer.pk)}
    event = _tell(Fact.STEP_HANDED_OVER, locked, actor, now, facts)
    row = steps.give(dossier, locked.unit_id, locked.unit_id, actor=actor, ground=reason[:300], event=event, now=now)
    row.to_officer, row.received_at, row.taker = officer, now, name_of(officer)
    row.save(update_fields=["to_officer", "received_at", "taker"])
    if State(dossier.state) is State.ACCEPTED:
        step(dossier, Action.START, actor=actor, now=now)
    return locked


@transaction.atomic
def finish_step(*, item: WorkItem, note: str, actor: User, now: datetime) -> WorkItem | None:
    """Done, and on to the next; the answer is the step that opened.

    Raises NotTakenError, HeldByOtherError, WrongStateError.
    """
    dossier, locked = hold(item, actor)
    _require_work(dossier)
    steps.finish(locked, actor=actor, now=now, note=note)
    following = steps.open_next(dossier, actor=actor, now=now)
    save(dossier)
    return following


@transaction.atomic
def return_step(*, item: WorkItem, to: str, note: str, actor: User, now: datetime) -> WorkItem:
    """Back to an earlier step, with the reason; whoever did it finds it open again."""
    dossier, locked = hold(item, actor)
    _require_work(dossier)
    if not note.strip():
        raise NoReasonError
    earlier = WorkItem.objects.of(dossier).filter(step=to, number__lt=locked.number, state=ItemState.DONE).first()
    if earlier is None or earlier.role == StepRole.RECEPTION:
        raise WrongStateError
    steps.send_back(locked, earlier, actor=actor, now=now, note=note)
    dossier.responsible_unit_id, dossier.holder_id = earlier.unit_id, earlier.officer_id
    save(dossier, "responsible_unit", "holder")
    return earlier


def _require_free(item: WorkItem) -> None:
    """That an officer can hold it at all."""
    if item.state != ItemState.OPEN:
        raise WrongStateError
    if is_of_desk(item):
        raise DeskStepError


def _require_work(dossier: Dossier) -> None:
    """Steps move on by hand until a result is proposed; from then on the document carries them."""
    require_processing(dossier)
    if dossier.stage in RESULT_ON_ITS_WAY:
        raise ResultOnItsWayError


def _tell(fact: Fact, item: WorkItem, actor: User, now: datetime, facts: dict[str, object]) -> Event:
    return record(
        fact,
        subject=item,
        actor=actor,
        unit=item.unit_id,
        at=now,
        facts={"dossier": str(item.dossier_id), "step": item.step, **facts},
        concerns=people(item.dossier),
    )
