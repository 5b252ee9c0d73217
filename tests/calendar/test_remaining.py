"""What is left, in working time and in words."""

from datetime import timedelta

import pytest
from django.utils import translation

from portal.calendar import Level, Limit, LimitUnit, due, recompute, remaining
from portal.calendar.clock import last_in_time_apology
from portal.calendar.kinds import LineKind
from portal.calendar.working import DayKind, SpecialDay
from tests.calendar.build import at, calendar, ledger

COUNTRY = calendar()
THURSDAY = "2026-11-26T17:00"


@pytest.mark.parametrize(
    ("now", "level", "days", "hours"),
    [
        ("2026-11-20T10:00", Level.LATER, 3, 5.0),  # five hours of Friday; Mon, Wed, Thu
        ("2026-11-20T14:00", Level.LATER, 3, 3.0),
        ("2026-11-21T09:00", Level.LATER, 3, 0),  # a Saturday has no time
        ("2026-11-23T16:00", Level.SOON, 2, 1.0),  # two working days ahead: the 24th is a holiday
        ("2026-11-25T18:00", Level.SOON, 1, 0),
        ("2026-11-26T07:00", Level.TODAY, 1, 0),
        ("2026-11-26T14:50", Level.TODAY, 0, 2 + 10 / 60),
        ("2026-11-26T17:00", Level.TODAY, 0, 0),
        ("2026-11-26T17:01", Level.LATE, 0, 0),
        ("2026-11-27T09:30", Level.LATE, 0, 2.0),
        ("2026-11-27T17:00", Level.LATE, 1, 0),
        ("2026-11-30T08:30", Level.LATE, 1, 1.0),
    ],
)
def test_what_is_left_is_counted_in_working_time(now: str, level: Level, days: int, hours: float) -> None:
    left = remaining(now=at(now), due=at(THURSDAY), calendar=COUNTRY)
    assert (left.level, left.days, left.rest) == (level, days, timedelta(minutes=round(hours * 60)))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-26T14:50", "2 hours 10 minutes left"),
        ("2026-11-20T14:00", "3 days 3 hours left"),
        ("2026-11-25T18:00", "1 day left"),
        ("2026-11-26T17:00", "Due now"),
        ("2026-11-26T18:00", "Overdue"),
        ("2026-11-27T17:00", "1 day late"),
    ],
)
def test_what_is_left_has_words(now: str, words: str) -> None:
    with translation.override("en"):
        assert remaining(now=at(now), due=at(THURSDAY), calendar=COUNTRY).text == words


def test_hours_around_the_clock_are_left_around_the_clock() -> None:
    night = due(accepted_at=at("2026-11-20T20:00"), limit=Limit(3, LimitUnit.HOUR), calendar=COUNTRY)
    assert remaining(now=at("2026-11-20T21:00"), due=night, calendar=COUNTRY).rest == timedelta(hours=2)


@pytest.mark.parametrize(("step", "level"), [("pause", Level.PAUSED), ("stop", Level.STOPPED)])
def test_a_clock_that_stands_still_is_never_late(step: str, level: Level) -> None:
    book = ledger("2026-11-20T10:00", (step, "2026-11-23T10:00"))
    moment = due(accepted_at=book.start, limit=Limit(1, LimitUnit.WORKING_DAY), calendar=COUNTRY, ledger=book)
    assert remaining(now=at("2026-12-20T10:00"), due=moment, calendar=COUNTRY).level is level


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-26T17:00", "2026-11-25T17:00"),
        ("2026-11-25T17:00", "2026-11-23T17:00"),  # the holiday lies between
        ("2026-02-23T17:00", "2026-02-13T17:00"),  # Tết lies between
    ],
)
def test_the_last_apology_in_time_ends_the_working_day_before(moment: str, expected: str) -> None:
    assert last_in_time_apology(at(moment), COUNTRY) == at(expected)


def test_a_late_swap_moves_open_dossiers_and_tells_why() -> None:
    accepted, limit = at("2026-11-19T10:00"), Limit(2, LimitUnit.WORKING_DAY)
    printed = due(accepted_at=accepted, limit=limit, calendar=COUNTRY).moment
    assert printed == at("2026-11-23T17:00")
    swapped = calendar(days={at("2026-11-23T00:00").date(): SpecialDay(DayKind.SWAP_OFF, "Hoán đổi", "TB 1")})
    again = recompute(printed=printed, accepted_at=accepted, limit=limit, calendar=swapped, before=COUNTRY)
    assert again.moment == at("2026-11-25T17:00")
    assert [line.kind for line in again.why] == [LineKind.DAY_CHANGED, LineKind.MOVED]
    assert "TB 1" in again.why[0].text


def test_a_saturday_worked_late_never_takes_time_from_the_citizen() -> None:
    accepted, limit = at("2026-11-26T10:00"), Limit(2, LimitUnit.WORKING_DAY)
    printed = due(accepted_at=accepted, limit=limit, calendar=COUNTRY).moment
    worked = calendar(days={at("2026-11-28T00:00").date(): SpecialDay(DayKind.SWAP_WORKED, "Làm bù", "TB 1")})
    again = recompute(printed=printed, accepted_at=accepted, limit=limit, calendar=worked, before=COUNTRY)
    assert again.computed.moment == at("2026-11-28T17:00")
    assert (again.moment, again.moved) == (at("2026-11-30T17:00"), False)
    assert again.why[-1].kind is LineKind.KEPT
