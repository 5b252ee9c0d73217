"""The worker's side of signing: claim, work without any transaction, store. It may die at every point and go on.

A time-stamp server that is away leaves the document as it is; the item says so, and the delivery tries again.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from documents.errors import DocumentsError
from documents.jobs import Made, Refused, Work
from documents.making import make
from documents.models import SigningItem
from documents.operations.items import TOPIC, fail_item, put_off_item
from documents.operations.signing import claim, finish
from documents.registers.errors import RegisterError
from documents.signing.errors import SigningError
from portal.accounts.models import User
from portal.events import Delivery, Remote, subscribe
from portal.isolation import Scope, use

QUEUE = "signing"
REFUSALS = (DocumentsError, RegisterError, SigningError)  # each says in words what to do


def prepare(delivery: Delivery) -> Work | Refused | None:
    """What stands against it is carried on as an answer: an error here would only be tried again."""
    item_id = _item(delivery)
    try:
        return claim(item_id=item_id, actor=_actor(item_id), now=timezone.now())
    except REFUSALS as error:
        if getattr(error, "retry", False):
            raise
        return Refused(reason=str(error))


def call(delivery: Delivery, prepared: Work | Refused | None) -> Made | Refused | None:
    if not isinstance(prepared, Work):
        return prepared
    try:
        return make(prepared, at=timezone.now())
    except SigningError as error:
        with transaction.atomic(), use(Scope.from_json(delivery.scope)):
            item_id = _item(delivery)
            put_off_item(item_id=item_id, reason=str(error), actor=_actor(item_id), now=timezone.now())
        raise


def store(delivery: Delivery, reply: Made | Refused | None, *, now: datetime) -> None:
    item_id = _item(delivery)
    actor = _actor(item_id)
    if isinstance(reply, Made):
        try:
            finish(item_id=item_id, made=reply, actor=actor, now=now)
        except REFUSALS as error:
            fail_item(item_id=item_id, reason=str(error), actor=actor, now=now)
    elif isinstance(reply, Refused):
        fail_item(item_id=item_id, reason=reply.reason, actor=actor, now=now)


def _item(delivery: Delivery) -> UUID:
    return UUID(str(delivery.payload["item"]))


def _actor(item_id: UUID) -> User:
    """Whoever confirmed: their rights are asked for again, on the day on which it is done."""
    return SigningItem.objects.select_related("batch__confirmed_by").get(pk=item_id).batch.confirmed_by


SIGNING = Remote(name="documents.signing", partner="trust", prepare=prepare, call=call, store=store)


def subscribe_all() -> None:
    subscribe(TOPIC, SIGNING, queue=QUEUE)
