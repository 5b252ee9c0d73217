"""Progress and hygiene of the outbox."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from portal.events.lateness import Lateness, note_start, sealed_until
from portal.events.models import Delivery, Heartbeat
from portal.events.subscriptions import queues
from portal.isolation import Purpose, scope

RELAY = "relay"
PURGE_BATCH = 5000
BEAT_PATIENCE = timedelta(minutes=3)  # two seals missed


def note_tick(queue: str, *, now: datetime) -> None:
    """A mark came out of the queue: its worker makes progress."""
    Heartbeat.objects.update_or_create(queue=queue, defaults={"last_tick": now, "waiting_since": None})


def purge(*, now: datetime) -> int:
    """Remove deliveries done long ago, in batches of their own; how many."""
    count = 0
    while True:
        with transaction.atomic(), scope(purpose=Purpose.RETENTION):
            old = Delivery.objects.filter(done_at__lt=now - settings.DELIVERY_KEPT).order_by("done_at", "id")
            removed, _ = Delivery.objects.filter(pk__in=old.values("pk")[:PURGE_BATCH]).delete()
        count += removed
        if removed < PURGE_BATCH:
            return count


@dataclass(frozen=True)
class Health:
    """`stalled` names what a supervisor should start again: "worker:<queue>", "relay", "beat"."""

    stalled: tuple[str, ...]
    waiting: int
    dead: int
    oldest_seconds: float
    seal: Lateness

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def health(*, now: datetime) -> Health:
    """Age of the oldest undone delivery, and who makes no progress. Counts stop at 1,000."""
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        due = Delivery.objects.open().filter(not_before__lte=now)
        oldest = due.order_by("not_before", "id").values_list("not_before", flat=True).first()
        waiting, dead = due[:1000].count(), Delivery.objects.filter(dead_at__isnull=False)[:1000].count()
    until = sealed_until()
    return Health(
        stalled=_stalled(now=now, waiting=waiting, sealed_until=until),
        waiting=waiting,
        dead=dead,
        oldest_seconds=(now - oldest).total_seconds() if oldest else 0.0,
        seal=note_start(now=now),
    )


def stuck_queues(*, now: datetime) -> list[str]:
    """Queues whose mark has not come out for too long."""
    waiting = Heartbeat.objects.filter(queue__in=queues(), waiting_since__lt=now - settings.WATCHDOG_PATIENCE)
    return list(waiting.order_by("queue").values_list("queue", flat=True))


def _stalled(*, now: datetime, waiting: int, sealed_until: datetime | None) -> tuple[str, ...]:
    """One cause at a time: without the relay no worker gets a mark, and without a worker the schedule's seals don't
    happen.
    """
    patience = settings.WATCHDOG_PATIENCE
    relay = Heartbeat.objects.filter(queue=RELAY).first()
    if (relay is None and waiting) or (relay and relay.last_tick and now - relay.last_tick > patience):
        return (RELAY,)
    if stuck := stuck_queues(now=now):
        return tuple(f"worker:{queue}" for queue in stuck)
    return ("beat",) if sealed_until and now - sealed_until > BEAT_PATIENCE else ()
