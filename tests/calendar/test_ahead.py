"""What comes: holidays, exchanges and closures, days in a row told once."""

from datetime import date

from portal.calendar.ahead import Stretch, unusual_days
from portal.calendar.working import Calendar, Closure, DayKind, SpecialDay, Why

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TET = {
    date(2026, 2, 16): SpecialDay(DayKind.HOLIDAY, "Tết Nguyên đán (ngày liền trước mùng 1)"),
    date(2026, 2, 17): SpecialDay(DayKind.HOLIDAY, "Tết Nguyên đán (mùng 1)"),
    date(2026, 2, 18): SpecialDay(DayKind.HOLIDAY, "Tết Nguyên đán (mùng 2)"),
}


def test_days_in_a_row_are_one_stretch() -> None:
    found = list(unusual_days(Calendar(FIRST, LAST, days=TET), date(2026, 2, 1)))
    assert found == [Stretch(date(2026, 2, 16), date(2026, 2, 18), Why.HOLIDAY, "Tết Nguyên đán")]


def test_the_day_itself_is_not_ahead() -> None:
    found = list(unusual_days(Calendar(FIRST, LAST, days=TET), date(2026, 2, 16)))
    assert [stretch.first for stretch in found] == [date(2026, 2, 17)]


def test_exchanges_and_closures_are_told_apart_from_holidays() -> None:
    days = {**TET, date(2026, 2, 19): SpecialDay(DayKind.SWAP_OFF, "Đổi ngày")}
    closed = (Closure(date(2026, 2, 20), date(2026, 2, 20), "Bão số 1"),)
    found = unusual_days(Calendar(FIRST, LAST, days=days, closures=closed), date(2026, 2, 17))
    assert [(stretch.why, stretch.name) for stretch in found] == [
        (Why.HOLIDAY, "Tết Nguyên đán"),
        (Why.SWAP_OFF, "Đổi ngày"),
        (Why.CLOSURE, "Bão số 1"),
    ]


def test_a_stretch_that_reaches_the_end_of_the_calendar_is_told() -> None:
    calendar = Calendar(FIRST, LAST, days={LAST: SpecialDay(DayKind.HOLIDAY, "Tết")})
    assert [stretch.first for stretch in unusual_days(calendar, date(2026, 12, 1))] == [LAST]


def test_weekends_are_nothing_unusual() -> None:
    assert not list(unusual_days(Calendar(FIRST, LAST), date(2026, 6, 1)))
