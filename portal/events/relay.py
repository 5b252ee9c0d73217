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

from portal.events.delivering import deliver, given_up
from portal.events.housekeeping import RELAY, stuck_queues
from portal.events.models import Delivery, Heartbeat
from portal.events.subscriptions import queues
from portal.isolation import Purpose, scope

log = logging.getLogger(__name__)

BATCH = 200
IN_FLIGHT = 500
PAUSE = 0.5  # seconds between looks at an empty outbox
TICK_EVERY = timedelta(seconds=15)
DELIVER = "portal.events.tasks.deliver"
TICK = "portal.events.tasks.tick"
Claim = tuple[uuid.UUID, str]


def claim(*, now: datetime, inline: bool = False) -> list[Claim]:
    """Mark up to 200 due deliveries as sent and count the try; id and queue of each. Two relays never share a row.

    At most 500 are under way, and none goes to a queue whose worker stands still: nobody fills what nobody empties.
    """
    resend = settings.DELIVERY_RESEND_AFTER
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        under_way = Delivery.objects.open().filter(sent_at__gte=now - resend)[:IN_FLIGHT].count()
        due = (
            Delivery.objects.due(now, resend)
            .exclude(queue__in=[] if inline else stuck_queues(now=now))
            .select_for_update(skip_locked=True)[: min(BATCH, IN_FLIGHT - under_way)]
        )
        alive = [delivery for delivery in due if not given_up(delivery, now=now)]
        for delivery in alive:
            delivery.sent_at, delivery.tries = now, delivery.tries + 1
        Delivery.objects.bulk_update(alive, ["sent_at", "tries"])
    return [(delivery.pk, delivery.queue) for delivery in alive]


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
    """Send a mark through every queue whose last one is a while ago. Only one that comes out proves progress."""
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
    """Until `stopped()`; with `once` until the outbox has nothing due. A broker or database that is away is awaited."""
    hand_over = carry_out if inline else publish
    while not stopped():
        claims: list[Claim] = []
        try:
            note_progress(now=timezone.now())
            if not inline:
                tick(now=timezone.now())
            claims = claim(now=timezone.now(), inline=inline)
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
