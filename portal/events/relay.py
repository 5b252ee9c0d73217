"""The relay: hands the ids of due deliveries to the workers. It is the only code that puts anything on a queue."""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway

from portal.events.delivering import deliver
from portal.events.housekeeping import RELAY
from portal.events.models import Delivery, Heartbeat
from portal.events.subscriptions import queues
from portal.isolation import Purpose, scope

log = logging.getLogger(__name__)

BATCH = 200
PAUSE = 0.5  # seconds between looks at an empty outbox
TICK_EVERY = timedelta(seconds=15)
DELIVER = "portal.events.tasks.deliver"
TICK = "portal.events.tasks.tick"
Claim = tuple[uuid.UUID, str]


def claim(*, now: datetime) -> list[Claim]:
    """Mark up to 200 due deliveries as sent and count the try; id and queue of each. Two relays never claim the same
    row.
    """
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        due = list(
            Delivery.objects.due(now, settings.DELIVERY_RESEND_AFTER)
            .select_for_update(skip_locked=True)
            .only("id", "queue", "tries")[:BATCH]
        )
        for delivery in due:
            delivery.sent_at, delivery.tries = now, delivery.tries + 1
        Delivery.objects.bulk_update(due, ["sent_at", "tries"])
    return [(delivery.pk, delivery.queue) for delivery in due]


def publish(claims: list[Claim]) -> None:
    """After the claim's commit. What the broker does not take is due again after DELIVERY_RESEND_AFTER."""
    task = current_app.tasks[DELIVER]
    for delivery_id, queue in claims:
        task.apply_async(args=[str(delivery_id)], queue=queue, retry=False)


def carry_out(claims: list[Claim]) -> None:
    """Without a broker: the relay does the work itself."""
    for delivery_id, _ in claims:
        deliver(delivery_id, clock=timezone.now)


def tick(*, now: datetime) -> None:
    """Send a mark through every queue whose last one is a while ago. Only a mark that comes out again proves progress."""
    for queue in queues():
        if _mark(queue, now=now):
            current_app.tasks[TICK].apply_async(args=[queue], queue=queue, retry=False, expires=60)


def _mark(queue: str, *, now: datetime) -> bool:
    """Note that a mark is sent, unless one was a moment ago."""
    with transaction.atomic():
        Heartbeat.objects.get_or_create(queue=queue)
        recent = models.Q(sent_at__gt=now - TICK_EVERY, sent_at__lte=now)
        return bool(
            Heartbeat.objects.filter(~recent | models.Q(sent_at__isnull=True), queue=queue).update(
                sent_at=now, waiting_since=Coalesce("waiting_since", models.Value(now))
            )
        )


def note_progress(*, now: datetime) -> None:
    """The relay's own mark, at every tick."""
    if _mark(RELAY, now=now):
        Heartbeat.objects.filter(queue=RELAY).update(last_tick=now, waiting_since=None)


def run(*, inline: bool, once: bool, stopped: Callable[[], bool] = lambda: False) -> None:
    """Until `stopped()`; with `once` until the outbox has nothing due. A broker or database that is away is waited for."""
    hand_over = carry_out if inline else publish
    while not stopped():
        claims: list[Claim] = []
        try:
            note_progress(now=timezone.now())
            if not inline:
                tick(now=timezone.now())
            claims = claim(now=timezone.now())
            hand_over(claims)
        except (OperationalError, InterfaceError, BrokerAway, ConnectionError) as error:
            log.warning("The relay waits: %s", error)
            if once:
                raise
            close_old_connections()
            claims = []
        if not claims:
            if once:
                return
            time.sleep(PAUSE)
