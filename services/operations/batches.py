"""One confirmation for many dossiers. A worker does them one by one, each in a transaction of its own."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.events import Topic, order, record
from services.errors import BadBatchError, NotAllowedError, ServicesError, TooLateToUndoError, TooManyToPrintError
from services.events import Fact
from services.models import BatchItem, Dossier, DossierBatch
from services.models.batches import MOST, NOTE_LENGTH, most_of
from services.models.lists import QUERY_LENGTH
from services.operations.batch_deeds import perform
from services.states import BatchDeed, BatchItemState

SPREAD, ITEM, BIND = "services.batch.spread", "services.batch.item", "services.batch.bind"
LOOK_AFTER = timedelta(seconds=3)  # whether all papers that go into one file are there
AT_ONCE = 100  # items made in one transaction
SAID: Mapping[BatchDeed, frozenset[str]] = {
    BatchDeed.ASSIGN: frozenset({"reason"}),
    BatchDeed.HAND_OUT: frozenset({"channel", "receiver"}),
    BatchDeed.PRINT: frozenset({"papers"}),
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A dossier, and the revision of it that was chosen."""

    dossier_id: uuid.UUID
    revision: int


@dataclass(frozen=True, slots=True)
class Order:
    """`said`: what the deed needs besides. `officers`: to whom each goes, in the order of the picks."""

    deed: BatchDeed
    picks: Sequence[Pick]
    said: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    officers: Sequence[uuid.UUID] = ()
    undoes: DossierBatch | None = None


@transaction.atomic
def order_batch(*, wanted: Order, actor: User, now: datetime) -> DossierBatch:
    """What is chosen is kept as it is now; whoever may not do it learns so dossier by dossier. Raises BadBatchError and
    TooManyToPrintError.
    """
    picks = wanted.picks
    _check(wanted)
    batch = DossierBatch.objects.create(
        deed=wanted.deed,
        said=dict(wanted.said),
        query=wanted.query[:QUERY_LENGTH],
        chosen=[pick.dossier_id for pick in picks],
        revisions=[pick.revision for pick in picks],
        officers=list(wanted.officers),
        number=len(picks),
        ordered_by=actor,
        ordered_at=now,
        undoes=wanted.undoes,
    )
    facts = {"deed": batch.deed, "size": batch.number, "undoes": str(batch.undoes_id or "")}
    spread = Topic(name=SPREAD, payload={"batch": str(batch.pk)})
    record(Fact.BATCH_ORDERED, subject=batch, actor=actor, unit=None, at=now, facts=facts, deliveries=[spread])
    return batch


def _check(wanted: Order) -> None:
    ids = {pick.dossier_id for pick in wanted.picks}
    needed = set(SAID.get(wanted.deed, ()))
    if wanted.deed is BatchDeed.ASSIGN and not wanted.officers:
        needed.add("officer")
    fits = not wanted.officers or len(wanted.officers) == len(wanted.picks)
    if not 0 < len(ids) == len(wanted.picks) <= MOST or not fits or not all(wanted.said.get(one) for one in needed):
        raise BadBatchError
    if len(ids) > most_of(wanted.deed):
        raise TooManyToPrintError


@transaction.atomic
def spread_batch(*, batch_id: uuid.UUID, actor: User, now: datetime) -> int:
    """The next hundred become items, each with its delivery; how many. May run again after every stop."""
    batch = DossierBatch.objects.select_for_update().get(pk=batch_id)
    if batch.cancelled_at is not None:
        return 0
    places = range(batch.spread, min(batch.spread + AT_ONCE, batch.number))
    for place in places:
        _enter(batch, place, actor, now)
    batch.spread += len(places)
    batch.save(update_fields=["spread"])
    if batch.spread < batch.number:
        order(Topic(name=SPREAD, payload={"batch": str(batch.pk)}), actor=actor, unit=None, at=now)
    elif batch.deed == BatchDeed.PRINT and places:
        look = Topic(name=BIND, payload={"batch": str(batch.pk)}, not_before=now + LOOK_AFTER)
        order(look, actor=actor, unit=None, at=now)
    return len(places)


def _enter(batch: DossierBatch, place: int, actor: User, now: datetime) -> None:
    item = BatchItem(
        batch=batch,
        place=place + 1,
        dossier_id=batch.chosen[place],
        revision=batch.revisions[place],
        state=BatchItemState.WAITING,
    )
    item.save(force_insert=True)
    _moved(item, "", actor, now, [Topic(name=ITEM, payload={"item": str(item.pk)})])


@transaction.atomic
def run_item(*, item_id: uuid.UUID, actor: User, now: datetime) -> BatchItem:
    """The deed on one dossier, or the reason why not. Once only, however often it is tried."""
    item = BatchItem.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item_id)
    if item.state != BatchItemState.WAITING:
        return item
    if item.batch.cancelled_at is not None:
        return _end(item, BatchItemState.CANCELLED, "", actor, now)
    try:
        with transaction.atomic():
            item.was = perform(item=item, actor=actor, now=now)
    except Dossier.DoesNotExist:
        return _end(item, BatchItemState.FAILED, str(NotAllowedError()), actor, now)
    except ServicesError as refusal:
        item.was, item.sheets = None, []
        return _end(item, BatchItemState.FAILED, str(refusal), actor, now)
    return _end(item, BatchItemState.DONE, "", actor, now)


def _end(item: BatchItem, state: BatchItemState, note: str, actor: User, now: datetime) -> BatchItem:
    item.state, item.note, item.ended_at = state, note[:NOTE_LENGTH], now
    item.save(update_fields=["state", "note", "ended_at", "was", "sheets"])
    _moved(item, BatchItemState.WAITING, actor, now, [])
    return item


@transaction.atomic
def cancel_batch(*, batch: DossierBatch, actor: User, now: datetime) -> DossierBatch:
    """What still waits is left alone; what is done stays done. Again changes nothing. Raises NotAllowedError."""
    locked = DossierBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.ordered_by_id != actor.pk:
        raise NotAllowedError
    waiting = locked.number - BatchItem.objects.filter(batch=locked).exclude(state=BatchItemState.WAITING).count()
    if locked.cancelled_at is None and waiting:
        locked.cancelled_at = now
        locked.save(update_fields=["cancelled_at"])
        facts = {"deed": locked.deed, "waiting": waiting}
        record(Fact.BATCH_CANCELLED, subject=locked, actor=actor, unit=None, at=now, facts=facts)
    return locked


@transaction.atomic
def undo_batch(*, batch: DossierBatch, reason: str, actor: User, now: datetime) -> DossierBatch:
    """What was handed over goes back where it is still held by whoever got it: a batch of its own, ordered once.

    Raises NotAllowedError, TooLateToUndoError.
    """
    locked = DossierBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.ordered_by_id != actor.pk:
        raise NotAllowedError
    if again := DossierBatch.objects.filter(undoes=locked).first():
        return again
    done = BatchItem.objects.filter(batch=locked, state=BatchItemState.DONE).order_by("place", "id")
    picks = [Pick(row.dossier_id, row.dossier.revision) for row in done.select_related("dossier")]
    if not locked.is_undoable(now) or not picks:
        raise TooLateToUndoError
    wanted = Order(BatchDeed.UNDO, picks, {"reason": reason}, locked.query, undoes=locked)
    return order_batch(wanted=wanted, actor=actor, now=now)


def _moved(item: BatchItem, before: str, actor: User, now: datetime, deliveries: Sequence[Topic]) -> None:
    record(
        Fact.BATCH_ITEM_MOVED, subject=item, actor=actor, unit=None, at=now, before=before, after=item.state,
        facts={"batch": str(item.batch_id), "dossier": str(item.dossier_id)}, deliveries=deliveries,
    )  # fmt: skip
