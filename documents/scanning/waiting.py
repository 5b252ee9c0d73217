"""Files whose scan was given up: the scanner was away for longer than a delivery is tried."""

from datetime import datetime, timedelta

from django.db import transaction

from documents.models import StoredFile
from documents.scanning import TOPIC, is_configured
from portal.events.actors import System
from portal.events.models import Delivery
from portal.events.recording import order
from portal.events.subscriptions import Topic
from portal.isolation import Purpose, scope

GIVEN_UP = timedelta(hours=20)  # more than the 16 hours for which one delivery is tried
AT_ONCE = 500


def order_again(*, now: datetime) -> int:
    """A new delivery for each file that has waited that long and has none open; how many."""
    if not is_configured():
        return 0
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        under_way = set(Delivery.objects.open().filter(topic=TOPIC).values_list("payload__file", flat=True))
        waiting = StoredFile.objects.waiting(now - GIVEN_UP).values_list("pk", "unit_id")[: AT_ONCE + len(under_way)]
        found = [(pk, unit) for pk, unit in waiting if str(pk) not in under_way][:AT_ONCE]
        for pk, unit in found:
            order(Topic(name=TOPIC, payload={"file": str(pk)}), actor=System.SCHEDULE, unit=unit, at=now)
    return len(found)
