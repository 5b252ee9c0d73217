"""Ordering signatures: one document, or up to 200 with one confirmation. The worker does them one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from documents.errors import BadBatchError, BusyError, DocumentsError, NotAllowedError, WrongStateError
from documents.events import Fact
from documents.models import Document, SigningBatch, SigningItem
from documents.operations import moving
from documents.operations.items import end_item, enter_item
from documents.states import STEPS, DocumentState, Goal, ItemAction, ItemState, steps_left
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor

MOST = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """A document, and the revision of it that somebody saw."""

    document_id: UUID
    revision: int


@transaction.atomic
def sign(*, document: Document, revision: int, actor: User, now: datetime, activation: str = "") -> SigningItem:
    """Order the signature of one document. The same click twice gives the same item.

    Raises what stands against it now; what comes up later stands in the item. `activation` is what the signer's device
    gave for its PIN.
    """
    return _order_one(document=document, revision=revision, goal=Goal.SIGN, actor=actor, now=now, activation=activation)


@transaction.atomic
def number(*, document: Document, revision: int, actor: User, now: datetime) -> SigningItem:
    """Order number and date for a signed document."""
    return _order_one(document=document, revision=revision, goal=Goal.NUMBER, actor=actor, now=now)


@transaction.atomic
def seal(*, document: Document, revision: int, actor: User, now: datetime, activation: str = "") -> SigningItem:
    """Order the organ's seal on a numbered document."""
    return _order_one(document=document, revision=revision, goal=Goal.SEAL, actor=actor, now=now, activation=activation)


@transaction.atomic
def complete(*, document: Document, revision: int, actor: User, now: datetime, activation: str = "") -> SigningItem:
    """Order number, seal and issue in one; each is recorded as its own step."""
    return _order_one(
        document=document, revision=revision, goal=Goal.COMPLETE, actor=actor, now=now, activation=activation
    )


@transaction.atomic
def confirm_batch(
    *, picks: Iterable[Pick], goal: Goal, actor: User, now: datetime, activation: str = ""
) -> SigningBatch:
    """Order the same for up to 200 documents of one unit. What stands against a document stands in its item.

    The door asks for the second factor. The same confirmation twice gives the same batch.
    """
    asked = {pick.document_id: pick.revision for pick in picks}
    found = _lock(asked)
    if not 0 < len(asked) <= MOST or len(found) != len(asked) or len({row.unit_id for row in found}) != 1:
        raise BadBatchError
    if again := _same_batch(found, goal, actor):
        return again
    batch = _open_batch(found[0].unit_id, goal, actor, now, activation)
    _tell(Fact.BATCH_CONFIRMED, batch, len(found), actor, now)
    for place, document in enumerate(found, start=1):
        refusal = ""
        try:
            _require(document, asked[document.pk], goal, actor, now)
        except DocumentsError as error:
            refusal = str(error)
        enter_item(
            batch=batch,
            place=place,
            document=document,
            revision=asked[document.pk],
            refusal=refusal,
            actor=actor,
            now=now,
        )
    return batch


@transaction.atomic
def cancel_batch(*, batch: SigningBatch, actor: Actor, now: datetime) -> int:
    """Call off what still waits; how many that were. What is signed stays signed."""
    locked = SigningBatch.objects.select_for_update().get(pk=batch.pk)
    if not isinstance(actor, User) or locked.confirmed_by_id != actor.pk:
        raise NotAllowedError
    waiting = SigningItem.objects.select_for_update(of=("self",)).select_related("batch").order_by("place")
    items = list(waiting.filter(batch=locked, state=ItemState.WAITING))
    for item in items:
        end_item(item=item, action=ItemAction.CANCEL, actor=actor, now=now)
    if items:
        locked.cancelled_at = now
        locked.save(update_fields=["cancelled_at"])
        _tell(Fact.BATCH_CANCELLED, locked, len(items), actor, now)
    return len(items)


def _order_one(
    *, document: Document, revision: int, goal: Goal, actor: User, now: datetime, activation: str = ""
) -> SigningItem:
    locked = Document.objects.select_for_update(of=("self",)).select_related("signer").get(pk=document.pk)
    waiting = SigningItem.objects.filter(document=locked, state=ItemState.WAITING, revision=revision)
    if again := waiting.filter(batch__goal=goal, batch__confirmed_by=actor).first():
        return again
    _require(locked, revision, goal, actor, now)
    batch = _open_batch(locked.unit_id, goal, actor, now, activation)
    _tell(Fact.BATCH_CONFIRMED, batch, 1, actor, now)
    return enter_item(batch=batch, place=1, document=locked, revision=revision, actor=actor, now=now)


def _require(document: Document, revision: int, goal: Goal, actor: User, now: datetime) -> None:
    """Every step on the way may be taken by this actor, beginning now."""
    if SigningItem.objects.filter(document=document, state=ItemState.WAITING).exists():
        raise BusyError
    for action in STEPS[goal]:
        moving.require_may(document=document, action=action, actor=actor, now=now)
    moving.require_revision(document=document, revision=revision, actor=actor, now=now)
    if not steps_left(goal, DocumentState(document.state)):
        raise WrongStateError


def _lock(asked: dict[UUID, int]) -> list[Document]:
    rows = Document.objects.select_for_update(of=("self",)).select_related("signer").filter(pk__in=asked)
    return list(rows.order_by("pk")[: MOST + 1])


def _same_batch(documents: list[Document], goal: Goal, actor: User) -> SigningBatch | None:
    """The batch in which exactly these wait already, by the same person."""
    waiting = SigningItem.objects.filter(
        document__in=documents, state=ItemState.WAITING, batch__goal=goal, batch__confirmed_by=actor
    )
    batches = {item.batch_id for item in waiting}
    if len(waiting) != len(documents) or len(batches) != 1:
        return None
    return SigningBatch.objects.get(pk=batches.pop())


def _open_batch(unit_id: int, goal: Goal, actor: User, now: datetime, activation: str) -> SigningBatch:
    batch = SigningBatch(unit_id=unit_id, goal=goal, confirmed_by=actor, confirmed_at=now)
    batch.activation = activation
    batch.save(force_insert=True)
    return batch


def _tell(fact: Fact, batch: SigningBatch, size: int, actor: Actor, now: datetime) -> None:
    facts = {"goal": batch.goal, "size": size}
    record(fact, subject=batch, actor=actor, unit=batch.unit_id, at=now, facts=facts)
