"""Numbers at the desk: drawn, called, served. Nobody waits twice, and no number is called at two counters."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.calendar.working import Calendar
from portal.events import record
from portal.events.actors import Actor, System
from services.errors import DeskClosedError, NotAllowedError, NumbersUsedUpError, WrongTicketError
from services.models import Errand, Ticket, TicketCounter
from services.policies import Capability, may_at
from services.tickets import TICKET_STEPS, TicketAction, TicketState
from units.queries.tree import version_at

MOST = 999  # numbers of a day; they have three digits on the board
EARLY = timedelta(hours=1)  # how long before the desk opens the first number may be drawn


@transaction.atomic
def draw_ticket(*, unit_id: int, errand: Errand, priority: bool, actor: Actor, now: datetime) -> Ticket:
    """The next number of the day. Raises DeskClosedError outside the hours of reception, NumbersUsedUpError."""
    day = localdate(now)
    _require_open(unit_id, now)
    TicketCounter.objects.get_or_create(unit_id=unit_id, day=day)
    counter = TicketCounter.objects.select_for_update().get(unit_id=unit_id, day=day)
    if counter.last >= MOST:
        raise NumbersUsedUpError
    counter.last += 1
    counter.save(update_fields=["last"])
    ticket = Ticket(unit_id=unit_id, day=day, number=counter.last, errand=errand, priority=priority, drawn_at=now)
    _move(ticket, TicketAction.DRAW, actor=actor, now=now)
    return ticket


@transaction.atomic
def call_next(*, unit_id: int, counter: str, actor: User, now: datetime) -> Ticket | None:
    """Whoever stood at this counter is served, and the next one is called: one key for the officer.

    None: nobody waits; the one before counts as served all the same. Raises NotAllowedError.
    """
    _permit(actor, unit_id)
    leave_counter(unit_id=unit_id, counter=counter, came=True, actor=actor, now=now)
    today = Ticket.objects.of_day(unit_id, localdate(now))
    following = today.waiting().select_for_update(of=("self",), skip_locked=True).first()
    return _call(following, counter, actor, now) if following else None


@transaction.atomic
def call_again(*, ticket: Ticket, counter: str, actor: User, now: datetime) -> Ticket:
    """The same number once more, or one that was missed. Raises NotAllowedError, WrongTicketError."""
    _permit(actor, ticket.unit_id)
    locked = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    if locked.day != localdate(now) or locked.state not in TICKET_STEPS[TicketAction.CALL].sources:
        raise WrongTicketError
    if locked.state == TicketState.CALLED and locked.counter != counter:
        raise WrongTicketError
    if locked.state != TicketState.CALLED:
        leave_counter(unit_id=locked.unit_id, counter=counter, came=True, actor=actor, now=now)
    return _call(locked, counter, actor, now)


@transaction.atomic
def leave_counter(*, unit_id: int, counter: str, came: bool, actor: User, now: datetime) -> Ticket | None:
    """Whoever was called there was served, or did not come. None: nobody was."""
    _permit(actor, unit_id)
    today = Ticket.objects.of_day(unit_id, localdate(now)).filter(state=TicketState.CALLED.value, counter=counter)
    ticket = today.select_for_update(of=("self",)).order_by("number", "id").first()
    if ticket is None:
        return None
    ticket.ended_at = now
    _move(ticket, TicketAction.FINISH if came else TicketAction.MISS, "ended_at", actor=actor, now=now)
    return ticket


@transaction.atomic
def lapse_ticket(*, ticket: Ticket, actor: System, now: datetime) -> Ticket | None:
    """The day of the ticket is over. None: it ended otherwise meanwhile."""
    locked = Ticket.objects.undone().select_for_update(of=("self",)).filter(pk=ticket.pk).first()
    if locked is None or locked.day >= localdate(now):
        return None
    locked.ended_at = now
    _move(locked, TicketAction.LAPSE, "ended_at", actor=actor, now=now)
    return locked


def _permit(actor: Actor, unit_id: int) -> None:
    if not may_at(actor, Capability.RECEIVE, unit_id):
        raise NotAllowedError


def _require_open(unit_id: int, now: datetime) -> None:
    """From an hour before the first session of reception to the end of the last one, while the unit lives."""
    day = localdate(now)
    if version_at(unit_id, day) is None:
        raise DeskClosedError
    calendar = Calendar.load(unit_id, first=day, last=day)
    sessions = calendar.reception(day)
    if not sessions:
        raise DeskClosedError
    opens, closes = calendar.at(day, sessions[0].opens), calendar.at(day, sessions[-1].closes)
    if not opens - EARLY <= calendar.local(now) < closes:
        raise DeskClosedError


def _call(ticket: Ticket, counter: str, actor: User, now: datetime) -> Ticket:
    ticket.counter, ticket.officer, ticket.called_at, ticket.ended_at = counter, actor, now, None
    ticket.first_called_at = ticket.first_called_at or now
    ticket.calls += 1
    changed = ("counter", "officer", "called_at", "first_called_at", "ended_at", "calls")
    _move(ticket, TicketAction.CALL, *changed, actor=actor, now=now, facts={"counter": counter, "calls": ticket.calls})
    return ticket


def _move(
    ticket: Ticket,
    action: TicketAction,
    *changed: str,
    actor: Actor,
    now: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    taken = TICKET_STEPS[action]
    before, ticket.state = ticket.state, taken.target.value
    if taken.sources:
        ticket.save(update_fields=["state", *changed])
    else:
        ticket.save(force_insert=True)
    same = before == ticket.state
    record(
        taken.fact,
        subject=ticket,
        actor=actor,
        unit=ticket.unit_id,
        at=now,
        before="" if same else before,
        after="" if same else ticket.state,
        facts={"number": ticket.number, "errand": ticket.errand, **(facts or {})},
    )
