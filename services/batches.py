"""The worker's side of batches: items are made in portions, then each is done with the rights of whoever confirmed."""

import uuid
from datetime import datetime

from portal.accounts.models import User
from portal.events import Delivery, subscribe
from services.models import BatchItem, DossierBatch
from services.operations.batches import ITEM, SPREAD, run_item, spread_batch
from staff.policies import remember

QUEUE = "batches"


def on_spread(delivery: Delivery, *, now: datetime) -> None:
    key = uuid.UUID(str(delivery.payload["batch"]))
    batch = DossierBatch.objects.select_related("ordered_by").get(pk=key)
    spread_batch(batch_id=key, actor=batch.ordered_by, now=now)


def on_item(delivery: Delivery, *, now: datetime) -> None:
    key = uuid.UUID(str(delivery.payload["item"]))
    actor: User = BatchItem.objects.select_related("batch__ordered_by").get(pk=key).batch.ordered_by
    remember(actor)
    run_item(item_id=key, actor=actor, now=now)


def subscribe_all() -> None:
    subscribe(SPREAD, on_spread, queue=QUEUE)
    subscribe(ITEM, on_item, queue=QUEUE)
