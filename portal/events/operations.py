"""Deeds at the desk of dead letters."""

import uuid
from datetime import datetime

from django.db import transaction

from portal.events.actors import Actor
from portal.events.models import Delivery
from portal.events.recording import record
from portal.isolation import Purpose, scope

AT_ONCE = 500


class NotDeadError(LookupError):
    """The letter is not on the desk: it was sent again already, or never died."""


def replay(*, delivery_id: uuid.UUID, actor: Actor, now: datetime) -> Delivery:
    """Send one dead letter again, with all its tries before it."""
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        delivery = Delivery.objects.dead().select_for_update().filter(pk=delivery_id).first()
        if delivery is None:
            raise NotDeadError("This delivery is not among the dead letters any more. Nothing was changed.")
        _revive(delivery, actor=actor, now=now)
    return delivery


def replay_all(*, actor: Actor, now: datetime) -> int:
    """Send the dead letters again, newest first, at most 500 at once; how many."""
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        dead = list(Delivery.objects.dead().select_for_update(skip_locked=True)[:AT_ONCE])
        for delivery in dead:
            _revive(delivery, actor=actor, now=now)
    return len(dead)


def _revive(delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    delivery.dead_at, delivery.sent_at, delivery.tries, delivery.not_before = None, None, 0, now
    delivery.save(update_fields=["dead_at", "sent_at", "tries", "not_before"])
    record(
        "events.delivery.replayed",
        subject=delivery,
        actor=actor,
        unit=delivery.shard,
        at=now,
        facts={"topic": delivery.topic, "event": delivery.event_id},
    )
