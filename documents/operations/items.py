"""The life of one ordered signature: entered, ended once, or put off with a word why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from documents.errors import NothingToDoError
from documents.events import Fact
from documents.models import Document, SigningBatch, SigningItem
from documents.states import ITEM_TRANSITIONS, ItemAction, ItemState
from portal.events import Topic, record
from portal.events.actors import Actor

TOPIC = "documents.signing"
NOTE_LIMIT = 500


def enter_item(
    *,
    batch: SigningBatch,
    place: int,
    document: Document,
    revision: int,
    refusal: str = "",
    actor: Actor,
    now: datetime,
) -> SigningItem:
    """Born waiting with its delivery ordered, or born failed when it is refused at once."""
    item = SigningItem(batch=batch, place=place, document=document, revision=revision)
    item.state = ItemState.FAILED if refusal else ItemState.WAITING
    item.note, item.ended_at = refusal[:NOTE_LIMIT], now if refusal else None
    item.save(force_insert=True)
    record(
        Fact.ITEM_FAILED if refusal else Fact.ITEM_ORDERED,
        subject=item,
        actor=actor,
        unit=batch.unit_id,
        at=now,
        after=item.state,
        facts={"document": str(document.pk), "goal": batch.goal, "revision": revision},
        deliveries=[] if refusal else [Topic(name=TOPIC, payload={"item": str(item.pk)})],
    )
    return item


def end_item(*, item: SigningItem, action: ItemAction, note: str = "", actor: Actor, now: datetime) -> SigningItem:
    """The caller holds the item's lock."""
    sources, target, fact = ITEM_TRANSITIONS[action]
    before = ItemState(item.state)
    if before not in sources:
        raise NothingToDoError
    item.state, item.note, item.ended_at = target, note[:NOTE_LIMIT], now
    item.save(update_fields=["state", "note", "ended_at"])
    record(
        fact,
        subject=item,
        actor=actor,
        unit=item.batch.unit_id,
        at=now,
        before=before,
        after=target,
        facts={"document": str(item.document_id)},
    )
    _forget_activation(item)
    return item


def _forget_activation(item: SigningItem) -> None:
    """With the last item ended, nothing is left to unlock a key for."""
    waiting = SigningItem.objects.filter(batch_id=item.batch_id, state=ItemState.WAITING)
    if item.batch.activation_sealed and not waiting.exists():
        SigningBatch.objects.filter(pk=item.batch_id).update(activation_sealed=None)


@transaction.atomic
def fail_item(*, item_id: UUID, reason: str, actor: Actor, now: datetime) -> SigningItem:
    """For good; the document stays as it is and its step may be ordered again."""
    item = SigningItem.objects.select_for_update(of=("self",)).select_related("batch").get(pk=item_id)
    if item.state != ItemState.WAITING:
        return item
    return end_item(item=item, action=ItemAction.FAIL, note=reason, actor=actor, now=now)


@transaction.atomic
def put_off_item(*, item_id: UUID, reason: str, actor: Actor, now: datetime) -> SigningItem:
    """It is tried again by itself; meanwhile its page says why it still waits."""
    item = SigningItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.state == ItemState.WAITING:
        item.note = reason[:NOTE_LIMIT]
        item.save(update_fields=["note"])
    return item
