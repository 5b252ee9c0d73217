"""Offices that differ: Saturday reception, closures, other hours, and rules that change on a date."""

from dataclasses import replace
from datetime import date, time

import pytest

from portal.calendar import CalendarTooShortError, Limit, LimitUnit, WarningKind, due
from portal.calendar.working import Calendar, Closure, Hours, Rules, Session, Why
from tests.calendar.build import at, calendar

ONE = Limit(1, LimitUnit.WORKING_DAY)
SAME_DAY = Limit(1, LimitUnit.WORKING_DAY, same_day=True)
MORNING = (Session(time(7, 30), time(11, 30)),)
RECEPTION = calendar(hours=(Hours(saturday=MORNING),))
COUNTING = calendar(hours=(Hours(saturday=MORNING, saturday_counts=True),))


@pytest.mark.parametrize(
    ("office", "limit", "accepted", "expected"),
    [
        (RECEPTION, ONE, "2026-11-20T10:00", "2026-11-23T17:00"),  # reception alone does not count
        (COUNTING, ONE, "2026-11-20T10:00", "2026-11-21T11:30"),  # it counts, and closes at noon
        (RECEPTION, SAME_DAY, "2026-11-21T08:00", "2026-11-23T17:00"),  # no working day: the next one
        (COUNTING, SAME_DAY, "2026-11-21T08:00", "2026-11-21T11:30"),
        (COUNTING, SAME_DAY, "2026-11-21T12:00", "2026-11-23T17:00"),  # closed already, though before 15:00
        (COUNTING, Limit(2, LimitUnit.WORKING_HOUR), "2026-11-20T16:00", "2026-11-21T08:30"),
        (RECEPTION, Limit(2, LimitUnit.WORKING_HOUR), "2026-11-20T16:00", "2026-11-23T08:30"),
        (COUNTING, Limit(1, LimitUnit.DAY), "2026-11-20T10:00", "2026-11-21T11:30"),
        (COUNTING, Limit(6, LimitUnit.WORKING_DAY), "2025-12-31T10:00", "2026-01-09T17:00"),  # Sat 3 counts
    ],
)
def test_saturday_mornings(office: Calendar, limit: Limit, accepted: str, expected: str) -> None:
    result = due(accepted_at=at(accepted), limit=limit, calendar=office)
    assert result.moment == at(expected), "\n".join(map(str, result.lines))


def test_a_saturday_that_is_a_holiday_has_no_reception() -> None:
    assert RECEPTION.reception(date(2026, 11, 21)) == MORNING
    assert RECEPTION.reception(date(2027, 2, 6)) == ()  # mùng 1
    assert len(RECEPTION.reception(date(2026, 1, 10))) == 2  # worked in exchange: full weekday sessions


def test_a_closure_is_a_day_off_for_its_unit_only() -> None:
    shut = calendar(closures=(Closure(date(2026, 11, 23), date(2026, 11, 23), "Bão số 12", "QĐ 1/QĐ-UBND"),))
    limit = Limit(3, LimitUnit.WORKING_DAY)
    result = due(accepted_at=at("2026-11-20T10:00"), limit=limit, calendar=shut)
    assert result.moment == at("2026-11-27T17:00")
    assert any("Bão số 12" in line.text for line in result.lines)
    assert shut.day(date(2026, 11, 23)).why is Why.CLOSURE


def test_hours_that_change_on_a_date_count_from_that_date() -> None:
    winter = Hours((Session(time(8), time(12)), Session(time(13), time(16, 30))), first=date(2026, 11, 25))
    office = calendar(hours=(winter, Hours()))
    limit = Limit(2, LimitUnit.WORKING_DAY)
    assert due(accepted_at=at("2026-11-19T10:00"), limit=limit, calendar=office).moment == at("2026-11-23T17:00")
    assert due(accepted_at=at("2026-11-20T10:00"), limit=limit, calendar=office).moment == at("2026-11-25T16:30")


def test_the_cut_off_hour_is_a_dated_setting() -> None:
    rules = (Rules(until=date(2026, 11, 23)), Rules(same_day_cutoff=time(14), first=date(2026, 11, 23)))
    office = replace(calendar(), rules=rules)
    assert due(accepted_at=at("2026-11-20T14:30"), limit=SAME_DAY, calendar=office).moment == at("2026-11-20T17:00")
    assert due(accepted_at=at("2026-11-23T14:30"), limit=SAME_DAY, calendar=office).moment == at("2026-11-25T17:00")


def test_a_last_day_may_stay_on_a_day_off_when_the_setting_says_so() -> None:
    office = replace(calendar(), rules=(Rules(last_day_moves=False),))
    result = due(accepted_at=at("2026-11-20T10:00"), limit=Limit(1, LimitUnit.DAY), calendar=office)
    assert result.moment == at("2026-11-21T17:00")


def test_years_that_are_computed_or_missing_are_warned_of() -> None:
    result = due(accepted_at=at("2026-12-31T10:00"), limit=ONE, calendar=calendar())
    assert [(c.kind, c.year) for c in result.warnings] == [(WarningKind.YEAR_COMPUTED, 2027)]
    result = due(accepted_at=at("2027-12-20T10:00"), limit=Limit(1, LimitUnit.MONTH), calendar=calendar())
    assert [(c.kind, c.year) for c in result.warnings] == [
        (WarningKind.YEAR_COMPUTED, 2027),
        (WarningKind.YEAR_MISSING, 2028),
    ]
    assert not due(accepted_at=at("2026-11-20T10:00"), limit=ONE, calendar=calendar()).warnings


def test_a_count_that_leaves_the_loaded_days_fails_instead_of_guessing() -> None:
    short = replace(calendar(), last=date(2026, 11, 23))
    with pytest.raises(CalendarTooShortError):
        due(accepted_at=at("2026-11-20T10:00"), limit=Limit(3, LimitUnit.WORKING_DAY), calendar=short)


@pytest.mark.parametrize("sessions", [(), (Session(time(8), time(12)), Session(time(11), time(15)))])
def test_sessions_without_sense_are_refused(sessions: tuple[Session, ...]) -> None:
    with pytest.raises(ValueError, match=r"session|Sessions"):
        Hours(sessions)


def test_a_session_closes_after_it_opens() -> None:
    with pytest.raises(ValueError, match="opens before it closes"):
        Session(time(12), time(12))
