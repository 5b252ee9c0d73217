"""Numbers at the desk: drawn once, called in order, never at two counters."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.events import Event
from portal.events.actors import ANONYMOUS, System
from services import deadlines
from services.errors import DeskClosedError, NotAllowedError, WrongTicketError
from services.kiosks import token_of
from services.models import Errand, Ticket
from services.operations.tickets import call_again, call_next, draw_ticket, lapse_ticket, leave_counter
from services.queries.tickets import ahead_of, day_of
from services.tickets import TicketState
from tests.services.build import Office


def draw(office: Office, *, priority: bool = False) -> Ticket:
    return draw_ticket(
        unit_id=office.people.home, errand=Errand.FILE, priority=priority, actor=ANONYMOUS, now=office.tick()
    )


def call(office: Office, counter: str = "1") -> Ticket | None:
    user = office.people.desk_officer.user
    return call_next(unit_id=office.people.home, counter=counter, actor=user, now=office.tick())


def test_numbers_count_up_from_one_each_day(office: Office) -> None:
    assert [draw(office).number for _ in range(3)] == [1, 2, 3]
    office.now += timedelta(days=1)
    assert draw(office).number == 1


def test_no_number_is_drawn_when_the_desk_is_closed(office: Office) -> None:
    office.now += timedelta(hours=9)  # 18:00
    with pytest.raises(DeskClosedError):
        draw(office)
    assert not Ticket.objects.exists()


def test_priority_comes_first_and_then_the_order_of_drawing(office: Office) -> None:
    first, second, urgent = draw(office), draw(office), draw(office, priority=True)
    assert [ahead_of(one) for one in (first, second, urgent)] == [1, 2, 0]
    assert [call(office), call(office), call(office), call(office)] == [urgent, first, second, None]


def test_calling_the_next_one_serves_the_one_before(office: Office) -> None:
    first, second = draw(office), draw(office)
    call(office)
    call(office)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (TicketState.SERVED, TicketState.CALLED)
    names = Event.objects.filter(subject_type="services.ticket", subject_id=str(first.pk)).order_by("id")
    assert [event.name for event in names] == [
        "services.ticket.drawn",
        "services.ticket.called",
        "services.ticket.served",
    ]


def test_two_counters_never_call_the_same_number(office: Office) -> None:
    draw(office)
    draw(office)
    assert call(office, "1") != call(office, "2")


def test_whoever_did_not_come_may_be_called_again(office: Office) -> None:
    user, home = office.people.desk_officer.user, office.people.home
    ticket = draw(office)
    call(office)
    leave_counter(unit_id=home, counter="1", came=False, actor=user, now=office.tick())
    assert day_of(home, ticket.day).missed == [ticket]
    again = call_again(ticket=ticket, counter="2", actor=user, now=office.tick())
    assert (again.state, again.counter, again.calls) == (TicketState.CALLED, "2", 2)


def test_a_served_number_is_not_called_again(office: Office) -> None:
    user = office.people.desk_officer.user
    ticket = draw(office)
    call(office)
    leave_counter(unit_id=office.people.home, counter="1", came=True, actor=user, now=office.tick())
    with pytest.raises(WrongTicketError):
        call_again(ticket=ticket, counter="1", actor=user, now=office.tick())


def test_an_officer_of_the_next_commune_calls_nobody_here(office: Office) -> None:
    draw(office)
    with pytest.raises(NotAllowedError):
        call_next(unit_id=office.people.home, counter="1", actor=office.people.outsider.user, now=office.tick())


def test_numbers_end_with_their_day(office: Office) -> None:
    ticket = draw(office)
    assert lapse_ticket(ticket=ticket, actor=System.SCHEDULE, now=office.tick()) is None
    office.now += timedelta(days=1)
    assert deadlines.end_tickets(now=office.now) == 1
    ticket.refresh_from_db()
    assert ticket.state == TicketState.LAPSED


def test_the_machine_takes_only_an_address_of_today(office: Office) -> None:
    assert Client().get("/lay-so/abc/").status_code == 404
    page = Client().get(f"/lay-so/{token_of(office.people.home)}/")
    assert page.status_code == 200
    assert "Phường An" in page.content.decode()
