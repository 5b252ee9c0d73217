"""What a batch does with one dossier: always the deed that the pages do, on the version that was chosen."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from portal.accounts.models import User
from services.errors import CannotWorkError, WrongStateError
from services.kinds import Channel
from services.models import BatchItem, Dossier, WorkItem
from services.operations.batch_prints import collect
from services.operations.moving import lock
from services.operations.processing import assign_step, finish_step, take_step
from services.operations.reception import accept
from services.operations.releasing import release_step
from services.operations.results import hand_out
from services.policies import Capability, may_at
from services.states import BatchDeed, BatchItemState
from staff.policies import remember

Act = Callable[[BatchItem, User, datetime], User | None]


def perform(*, item: BatchItem, actor: User, now: datetime) -> User | None:
    """Who held the step before, where that can be taken back. Raises what the deed raises, StaleError, and
    Dossier.DoesNotExist where the actor may not see it.
    """
    if item.batch.deed == BatchDeed.PRINT:  # which changes nothing
        item.dossier = Dossier.objects.select_related("version").get(pk=item.dossier_id)
    else:
        item.dossier = lock(Dossier(pk=item.dossier_id), revision=item.revision)
    return ACTS[BatchDeed(item.batch.deed)](item, actor, now)


def _step(dossier: Dossier) -> WorkItem:
    found = WorkItem.objects.of(dossier).open().first()
    if found is None:
        raise WrongStateError
    found.dossier = dossier
    return found


def _assign(item: BatchItem, actor: User, now: datetime) -> User | None:
    step, batch = _step(item.dossier), item.batch
    key = batch.officers[item.place - 1] if batch.officers else uuid.UUID(batch.said["officer"])
    return _give(step, User.objects.get(pk=key), batch.said["reason"], actor, now)


def _give(step: WorkItem, officer: User, reason: str, actor: User, now: datetime) -> User | None:
    remember(officer)  # the deed asks for their rights again
    if not may_at(officer, Capability.PROCESS, step.unit_id):
        raise CannotWorkError
    was = step.officer
    assign_step(item=step, officer=officer, reason=reason, actor=actor, now=now)
    return was


def _take(item: BatchItem, actor: User, now: datetime) -> None:
    take_step(item=_step(item.dossier), actor=actor, now=now)


def _accept(item: BatchItem, actor: User, now: datetime) -> None:
    accept(dossier=item.dossier, actor=actor, now=now)


def _finish(item: BatchItem, actor: User, now: datetime) -> None:
    finish_step(item=_step(item.dossier), note=item.batch.said.get("note", ""), actor=actor, now=now)


def _hand_out(item: BatchItem, actor: User, now: datetime) -> None:
    said = item.batch.said
    hand_out(dossier=item.dossier, channel=Channel(said["channel"]), receiver=said["receiver"], actor=actor, now=now)


def _print(item: BatchItem, actor: User, now: datetime) -> None:
    item.sheets = collect(dossier=item.dossier, papers=item.batch.said["papers"], actor=actor, now=now)


def _undo(item: BatchItem, actor: User, now: datetime) -> None:
    """Back to whoever held it before, as long as it is still with whoever got it. Nobody else's work is taken away."""
    done = BatchItem.objects.select_related("was", "batch").get(
        batch=item.batch.undoes_id, dossier=item.dossier, state=BatchItemState.DONE
    )
    step, given = _step(item.dossier), done.batch
    got = given.officers[done.place - 1] if given.officers else uuid.UUID(given.said["officer"])
    if step.officer_id != got:
        raise WrongStateError
    if done.was is None:
        release_step(item=step, actor=actor, now=now)
    else:
        _give(step, done.was, item.batch.said.get("reason", ""), actor, now)


ACTS: Mapping[BatchDeed, Act] = {
    BatchDeed.ASSIGN: _assign,
    BatchDeed.TAKE: _take,
    BatchDeed.ACCEPT: _accept,
    BatchDeed.FINISH: _finish,
    BatchDeed.HAND_OUT: _hand_out,
    BatchDeed.PRINT: _print,
    BatchDeed.UNDO: _undo,
}
