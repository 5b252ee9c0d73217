"""What workers do with what deeds have ordered."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from portal.events import Delivery
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from services.operations.forms import MAKE
from tests.services.walk.deed import deed
from tests.services.walk.world import World

# Printing a form and telling people have walks of their own, and move nothing here.
LEFT_ALONE = Q(topic=MAKE) | Q(handler__contains="notif") | Q(topic__startswith="notifications.")
AT_ONCE = 6


def waiting(now: datetime, which: Q, most: int) -> list[UUID]:
    with scope(purpose=Purpose.RELAY):
        rows = Delivery.objects.open().filter(which, not_before__lte=now).exclude(LEFT_ALONE)
        return list(rows.order_by("created_at", "id").values_list("id", flat=True)[:most])


def work_off(now: datetime, which: Q, most: int = 50) -> int:
    """How many ended. What they order in turn waits for its own turn."""
    return sum(deliver(key, clock=lambda: now) for key in waiting(now, which, most))


@deed(lambda _world: [None], lambda world, _nothing: waiting(world.now, Q(), 1), by_itself=True)
def work(world: World, _nothing: None, _actor: object, pick: int) -> int:
    """Some of what waits, the oldest first."""
    return work_off(world.tick(seconds=20), Q(), 1 + pick % AT_ONCE)
