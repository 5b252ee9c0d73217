"""The calendar changes while limits of a petition run: they follow, and never to an earlier moment."""

from datetime import date, timedelta

import pytest

from portal.calendar.events import Fact as CalendarFact
from portal.calendar.models import CalendarDay
from portal.calendar.operations import add_holiday, close_unit, retire_day
from portal.events import Event
from portal.events.actors import System
from services import petition_subscribers
from services.petition_subscribers import FURTHER
from tests.cast import Cast
from tests.services.conftest import MONDAY
from tests.services.petitioning import Box
from tests.services.working import work_off

TUESDAY = date(2026, 11, 17)


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def holiday(box: Box) -> None:
    add_holiday(on=TUESDAY, name="Ngày nghỉ", source="TB 1", actor=System.COMMAND, now=box.tick())
    work_off(box.tick(), CalendarFact.HOLIDAY_ADDED, FURTHER)


def test_a_new_holiday_moves_the_limits(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(petition_subscribers, "AT_ONCE", 3)
    petition = box.filed()
    was = {row.kind: row.due_at for row in petition.clocks.all()}
    holiday(box)
    work_off(box.tick(), FURTHER)
    now = {row.kind: row.due_at for row in petition.clocks.all()}
    assert all(now[kind] - was[kind] >= timedelta(days=1) for kind in was)
    assert box.again(petition).next_due_at == now["refuse"]
    assert Event.objects.filter(name="services.petition.due_moved").count() == len(was)


def test_taken_back_it_stays_as_it_was_told(box: Box) -> None:
    petition = box.filed()
    holiday(box)
    told = box.again(petition).next_due_at
    day = CalendarDay.objects.get(date=TUESDAY, retired_at=None)
    retire_day(day=day, reason="Nhầm", actor=System.COMMAND, now=box.tick())
    work_off(box.tick(), CalendarFact.DAY_RETIRED, FURTHER)
    assert box.again(petition).next_due_at == told


def test_a_closed_office_moves_its_own_alone(box: Box) -> None:
    home, other = box.filed(), box.filed(unit_id=box.people.neighbour)
    close_unit(
        unit_id=box.people.home,
        first_on=TUESDAY,
        last_on=TUESDAY,
        reason="Bão",
        source="Quyết định 12/QĐ-UBND",
        actor=System.COMMAND,
        now=box.tick(),
    )
    work_off(box.tick(), CalendarFact.UNIT_CLOSED, FURTHER)
    assert box.again(home).next_due_at != home.next_due_at
    assert box.again(other).next_due_at == other.next_due_at
