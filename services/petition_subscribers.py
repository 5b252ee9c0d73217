"""What petitions do when the calendar changes: the limits that it touches are counted again, piece by piece."""

from datetime import datetime, time
from typing import Any

from django.utils.timezone import get_current_timezone

from portal.calendar.events import Fact
from portal.calendar.models import CalendarChange
from portal.events import Delivery, Event, Topic, order, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import PetitionClock
from services.operations.petition_recounting import recount_clock

FURTHER = "services.petition.recount_further"
AT_ONCE = 200  # in one transaction; the next delivery goes on behind them


def on_change(delivery: Delivery, *, now: datetime) -> None:
    event = Event.objects.filter(pk=delivery.event_id or 0).only("facts").first()
    if event is not None:
        _recount(event.facts["change"], 0, now)


def on_further(delivery: Delivery, *, now: datetime) -> None:
    payload: dict[str, Any] = delivery.payload
    _recount(payload["change"], payload["after"], now)


def _recount(change_id: int, after: int, now: datetime) -> None:
    change = CalendarChange.objects.get(pk=change_id)
    with scope(purpose=Purpose.DEADLINES):
        rows = PetitionClock.objects.filter(ended_at=None, breached_at=None, pk__gt=after).select_related("petition")
        if change.unit_id is not None:
            rows = rows.filter(unit=change.unit_id)
        if change.first_on is not None:
            begins = datetime.combine(change.first_on, time.min, get_current_timezone())
            rows = rows.filter(due_at__gte=begins)
        found = list(rows.order_by("id")[: AT_ONCE + 1])
        for clock in found[:AT_ONCE]:
            recount_clock(clock=clock, change_id=change.pk, actor=System.RELAY, now=now)
        if len(found) > AT_ONCE:
            onward = Topic(name=FURTHER, payload={"change": change.pk, "after": found[AT_ONCE - 1].pk})
            order(onward, actor=System.RELAY, unit=None, at=now)


def subscribe_all() -> None:
    for fact in Fact:
        subscribe(fact, on_change)
    subscribe(FURTHER, on_further)
