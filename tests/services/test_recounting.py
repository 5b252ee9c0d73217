"""The calendar changes while the clock runs: due moments follow, never before what was printed, and say why."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.calendar.events import Fact as CalendarFact
from portal.calendar.ledger import LedgerError
from portal.calendar.models import CalendarDay
from portal.calendar.operations import add_holiday, close_unit, retire_day
from portal.events import Event
from portal.events.actors import System
from services import calendar_subscribers
from services.events import Fact
from services.models import Dossier
from services.operations.recounting import FURTHER
from services.queries.clock import explained
from tests.services.build import Office
from tests.services.test_extend import approved, asked
from tests.services.test_supplements import ask
from tests.services.working import work_off

WEDNESDAY = date(2026, 11, 18)  # the office of these tests works from Monday; the limit is three working days
STORM = "Quyết định 12/QĐ-UBND"


def holiday(office: Office) -> None:
    add_holiday(on=WEDNESDAY, name="Ngày nghỉ", source="TB 1", actor=System.COMMAND, now=office.tick())
    work_off(office.tick(), CalendarFact.HOLIDAY_ADDED, FURTHER)


def retired(office: Office) -> None:
    day = CalendarDay.objects.get(date=WEDNESDAY, retired_at=None)
    retire_day(day=day, reason="Nhầm", actor=System.COMMAND, now=office.tick())
    work_off(office.tick(), CalendarFact.DAY_RETIRED, FURTHER)


def moves(dossier: Dossier) -> list[Event]:
    return list(Event.objects.filter(name=Fact.DUE_MOVED, subject_id=str(dossier.pk)).order_by("id"))


def test_a_new_holiday_moves_the_due_moment_and_says_why(office: Office) -> None:
    dossier = office.processing()
    was = dossier.due_at
    holiday(office)
    now = office.again(dossier)
    assert was
    assert now.due_at == now.next_due_at == was + timedelta(days=1)
    assert now.printed_due_at == was
    (told,) = moves(dossier)
    assert any("18/11/2026" in line for line in told.facts["why"])
    found = explained(now)
    assert found
    assert found[0].moment == now.due_at


def test_taken_back_it_moves_back_but_not_before_what_was_printed(office: Office) -> None:
    early = office.accepted()
    holiday(office)
    late = office.accepted()
    retired(office)
    assert office.again(early).due_at == early.printed_due_at
    now = office.again(late)
    assert now.due_at == now.printed_due_at == late.printed_due_at
    found = explained(now)
    assert found
    assert found[0].moment == now.due_at
    assert "Giữ thời điểm đã in" in found[0].lines[-1].text
    assert (len(moves(early)), len(moves(late))) == (2, 0)


def test_a_promise_that_a_new_holiday_caught_up_with_stands_and_the_clock_goes_on(office: Office) -> None:
    dossier, row = asked(office, new_due_on=date(2026, 11, 20))  # a Friday, a day after the old moment
    promised = approved(office, row).new_due_at
    holiday(office)  # Thursday's moment is Friday's now
    dossier = office.again(dossier)
    found = explained(dossier)
    assert found
    assert dossier.due_at == found[0].moment == promised
    paused = ask(office, dossier, actor=office.people.specialist.user)  # another entry is written into the same ledger
    assert office.again(paused.dossier).paused_at is not None


def test_a_storm_next_door_moves_nothing(office: Office) -> None:
    dossier = office.accepted()
    for unit, expected in ((office.people.neighbour, 0), (office.people.home, 1)):
        close_unit(
            unit_id=unit, first_on=WEDNESDAY, last_on=WEDNESDAY, reason="Bão", source=STORM, actor=System.COMMAND,
            now=office.tick(),
        )  # fmt: skip
        work_off(office.tick(), CalendarFact.UNIT_CLOSED)
        assert len(moves(dossier)) == expected


def test_what_ended_or_was_due_before_stays(office: Office) -> None:
    dossier = office.accepted()
    late = date(2026, 12, 31)
    add_holiday(on=late, name="Ngày nghỉ", source="TB 1", actor=System.COMMAND, now=office.tick())
    work_off(office.tick(), CalendarFact.HOLIDAY_ADDED)
    assert moves(dossier) == []
    (told,) = Event.objects.filter(name=Fact.CLOCKS_RECOUNTED)
    assert (told.facts["counted"], told.facts["moved"]) == (0, 0)


def test_many_go_on_piece_by_piece(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_subscribers, "AT_ONCE", 1)
    found = [office.accepted() for _one in range(3)]
    holiday(office)
    while work_off(office.tick(), FURTHER):
        pass
    assert [len(moves(one)) for one in found] == [1, 1, 1]
    assert Event.objects.filter(name=Fact.CLOCKS_RECOUNTED).count() == 3


def test_one_that_cannot_be_counted_does_not_keep_the_others_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, well = office.accepted(), office.accepted()
    count = calendar_subscribers.recount

    def sometimes(*, dossier: Dossier, **more: Any) -> bool:
        if dossier.pk == stuck.pk:
            raise LedgerError("twice", "two beginnings")
        return count(dossier=dossier, **more)

    monkeypatch.setattr(calendar_subscribers, "recount", sometimes)
    holiday(office)
    assert (len(moves(stuck)), len(moves(well))) == (0, 1)


def test_the_answer_of_the_desk_is_due_later_and_never_before_what_was_told(office: Office) -> None:
    office.now += timedelta(days=1)  # Tuesday: the eight working hours reach into Wednesday
    early, told = office.submitted(), Event.objects.filter(name=Fact.ANSWER_DUE_MOVED)
    was = early.answer_due_at
    holiday(office)
    late = office.submitted()
    now = office.again(early)
    assert now.answer_due_at == now.next_due_at == was + timedelta(days=1)
    assert datetime.fromisoformat(told.get().facts["to"]) == now.answer_due_at
    assert office.again(late).answer_due_at == late.answer_due_at
    retired(office)
    assert office.again(early).answer_due_at == was
    assert office.again(late).answer_due_at == late.answer_due_at  # what was told binds
    assert told.count() == 2


def test_what_was_answered_or_lies_at_another_desk_stays(office: Office) -> None:
    office.now += timedelta(days=1)
    accepted, waiting = office.accepted(), office.submitted()
    was = waiting.answer_due_at
    close_unit(
        unit_id=office.people.neighbour, first_on=WEDNESDAY, last_on=WEDNESDAY, reason="Bão", source=STORM,
        actor=System.COMMAND, now=office.tick(),
    )  # fmt: skip
    work_off(office.tick(), CalendarFact.UNIT_CLOSED)
    assert office.again(waiting).answer_due_at == was
    holiday(office)
    assert office.again(accepted).answer_due_at == accepted.answer_due_at


def test_the_open_step_follows_with_a_trace_and_keeps_its_place_while_the_clock_stands(office: Office) -> None:
    dossier = office.processing()
    was = office.open_step(dossier).due_at
    assert was
    holiday(office)
    step = office.open_step(dossier)
    assert step.due_at
    assert step.due_at > was
    assert step.due_at <= office.again(dossier).due_at
    (told,) = Event.objects.filter(name=Fact.STEP_DUE_MOVED, subject_id=str(step.pk))
    assert [datetime.fromisoformat(told.facts[name]) for name in ("from", "to")] == [was, step.due_at]
    retired(office)
    assert office.open_step(dossier).due_at == was
