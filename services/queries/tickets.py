"""What the board shows, and what an officer at a counter needs to know."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Q

from services.models import Ticket
from services.tickets import TicketState

ON_THE_BOARD = 8
MISSED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Day:
    """`called`: newest call first. `wait`: the median of those called today, None before the first call."""

    called: list[Ticket]
    missed: list[Ticket]
    waiting: int
    served: int
    wait: timedelta | None


def day_of(unit_id: int, day: date) -> Day:
    rows = Ticket.objects.of_day(unit_id, day)
    called = rows.filter(state=TicketState.CALLED.value).order_by("-called_at", "id")[:ON_THE_BOARD]
    missed = rows.filter(state=TicketState.MISSED.value).order_by("number", "id")[:MISSED_SHOWN]
    counted = rows.aggregate(
        waiting=Count("id", filter=Q(state=TicketState.WAITING.value)),
        served=Count("id", filter=Q(state=TicketState.SERVED.value)),
    )
    waits = [
        (first - drawn).total_seconds()
        for first, drawn in rows.exclude(first_called_at=None).values_list("first_called_at", "drawn_at")
        if first
    ]
    typical = timedelta(seconds=median(waits)) if waits else None
    return Day(list(called), list(missed), counted["waiting"], counted["served"], typical)


def ahead_of(ticket: Ticket) -> int:
    """How many are called before this one. 0 once it was called."""
    if ticket.state != TicketState.WAITING:
        return 0
    before = Q(number__lt=ticket.number, priority=ticket.priority)
    if not ticket.priority:
        before |= Q(priority=True)
    return Ticket.objects.of_day(ticket.unit_id, ticket.day).waiting().filter(before).count()


def at_counter(unit_id: int, day: date, counter: str) -> Ticket | None:
    called = Ticket.objects.of_day(unit_id, day).filter(state=TicketState.CALLED.value, counter=counter)
    return called.order_by("number", "id").first()


def left_over(today: date) -> list[Ticket]:
    """Of days that are over."""
    return list(Ticket.objects.undone().filter(day__lt=today).order_by("day", "unit", "number", "id")[:500])
