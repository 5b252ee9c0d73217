"""What people are told about a dossier: facts worked off, then what was ordered for them."""

from datetime import datetime

from django.utils import timezone

from portal.events import Delivery
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from portal.notifications.models import Notification
from services.notification_table import told_facts
from tests.services.working import work_off


def rows(**which: object) -> list[Notification]:
    with scope(purpose=Purpose.NOTIFICATION):
        return list(Notification.objects.filter(**which).order_by("event_id", "channel", "kind", "id"))


def tell(now: datetime) -> int:
    """The facts that wait are turned into notifications."""
    return work_off(now, *told_facts())


def send(now: datetime) -> int:
    """What is due now is handed over."""
    with scope(purpose=Purpose.RELAY):
        due = Delivery.objects.open().filter(topic__startswith="notifications.send.", not_before__lte=now)
        waiting = list(due.order_by("created_at", "id").values_list("id", flat=True))
    return sum(deliver(one, clock=lambda: now) for one in waiting)


def at(monkeypatch: object, now: datetime) -> None:
    """The clock of whoever carries out."""
    monkeypatch.setattr(timezone, "now", lambda: now)  # type: ignore[attr-defined]  # pytest's
