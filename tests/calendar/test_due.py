"""Due moments counted by hand. November 2026: the 20th is a Friday, the 24th (Tuesday) is a holiday."""

import pytest

from portal.calendar import Limit, LimitUnit, due
from tests.calendar.build import at, calendar

COUNTRY = calendar()
WD, DAY, MONTH, WH, HOUR = "working_day", "day", "month", "working_hour", "hour"

# accepted, value, unit, due, reason
CASES = [
    # working days: day 1 is the next working day, only the date of acceptance matters
    ("2026-11-20T10:00", 3, WD, "2026-11-26T17:00", "Mon 23, Wed 25, Thu 26; the weekend and Tue 24 do not count"),
    ("2026-11-20T00:00", 3, WD, "2026-11-26T17:00", "the hour of acceptance does not matter: midnight"),
    ("2026-11-20T16:59:59", 3, WD, "2026-11-26T17:00", "the hour does not matter: just before closing"),
    ("2026-11-20T20:00", 3, WD, "2026-11-26T17:00", "accepted after closing counts as that date"),
    ("2026-11-21T09:00", 3, WD, "2026-11-26T17:00", "accepted on a Saturday: day 1 is Mon 23"),
    ("2026-11-22T23:59", 3, WD, "2026-11-26T17:00", "accepted late on a Sunday: day 1 is Mon 23"),
    ("2026-11-23T00:00", 3, WD, "2026-11-27T17:00", "accepted on Monday: Wed 25, Thu 26, Fri 27"),
    ("2026-11-23T10:00", 1, WD, "2026-11-25T17:00", "the day after is Ngày Văn hóa Việt Nam"),
    ("2026-11-24T10:00", 1, WD, "2026-11-25T17:00", "accepted on the holiday itself"),
    ("2026-11-20T17:30:00+00:00", 1, WD, "2026-11-23T17:00", "half past midnight of Saturday in Vietnam"),
    ("2026-11-20T16:30:00+00:00", 1, WD, "2026-11-23T17:00", "half past eleven on Friday night in Vietnam"),
    # New Year 2026 with its exchanged Friday, worked on Saturday 10 January
    ("2025-12-31T10:00", 1, WD, "2026-01-05T17:00", "1/1 holiday, 2/1 exchanged, weekend, Mon 5"),
    ("2025-12-31T10:00", 5, WD, "2026-01-09T17:00", "Mon 5 to Fri 9"),
    ("2025-12-31T10:00", 6, WD, "2026-01-10T17:00", "the worked Saturday is day 6, with full weekday hours"),
    ("2025-12-31T10:00", 7, WD, "2026-01-12T17:00", "Sat 10 is day 6, Mon 12 day 7"),
    ("2026-01-10T09:00", 1, WD, "2026-01-12T17:00", "accepted on the worked Saturday, which itself never counts"),
    # Tết
    ("2026-02-13T10:00", 1, WD, "2026-02-23T17:00", "16 to 20 February are Tết"),
    ("2026-02-13T10:00", 3, WD, "2026-02-25T17:00", "Mon 23, Tue 24, Wed 25"),
    ("2026-02-18T10:00", 1, WD, "2026-02-23T17:00", "accepted in the middle of Tết"),
    ("2027-02-04T10:00", 1, WD, "2027-02-12T17:00", "computed Tết 2027: 5 to 11 February"),
    # other exchanges and make-up days
    ("2026-08-20T10:00", 2, WD, "2026-08-22T17:00", "Fri 21 and the worked Saturday 22"),
    ("2026-08-28T10:00", 1, WD, "2026-09-03T17:00", "31/8 exchanged, 1 and 2/9 Quốc khánh"),
    ("2026-04-24T10:00", 1, WD, "2026-04-28T17:00", "Giỗ Tổ fell on Sunday, Mon 27 makes up for it"),
    ("2026-04-24T10:00", 3, WD, "2026-05-04T17:00", "Tue 28, Wed 29; 30/4, 1/5 and the weekend; Mon 4"),
    ("2025-04-25T10:00", 1, WD, "2025-04-26T17:00", "the worked Saturday of 2025"),
    ("2025-04-29T10:00", 1, WD, "2025-05-05T17:00", "30/4, 1/5, the exchanged 2/5 and the weekend"),
    # year end 2026
    ("2026-12-31T10:00", 1, WD, "2027-01-04T17:00", "1/1/2027 is a Friday"),
    ("2026-12-31T10:00", 20, WD, "2027-01-29T17:00", "four whole weeks of January"),
    # calendar days: day 1 is the next date; the last one moves off days off
    ("2026-11-20T10:00", 3, DAY, "2026-11-23T17:00", "21, 22, 23"),
    ("2026-11-20T23:00", 3, DAY, "2026-11-23T17:00", "the hour does not matter"),
    ("2026-11-20T10:00", 4, DAY, "2026-11-25T17:00", "ends on the holiday, moves to Wed 25"),
    ("2026-11-20T10:00", 1, DAY, "2026-11-23T17:00", "ends on Saturday, moves to Monday"),
    ("2026-01-18T10:00", 30, DAY, "2026-02-23T17:00", "ends on mùng 1, moves past Tết"),
    ("2026-01-05T10:00", 5, DAY, "2026-01-10T17:00", "ends on a worked Saturday and stays there"),
    ("2026-12-27T10:00", 5, DAY, "2027-01-04T17:00", "ends on 1/1/2027, moves past the weekend"),
    # months: same number, or the last of the month; then as calendar days
    ("2026-01-31T10:00", 1, MONTH, "2026-03-02T17:00", "no 31 February: Sat 28, moves to Mon 2 March"),
    ("2027-12-31T10:00", 2, MONTH, "2028-02-29T17:00", "the last of February in a leap year, a Tuesday"),
    ("2026-11-30T10:00", 3, MONTH, "2027-03-01T17:00", "Sun 28 February 2027, moves to Monday"),
    ("2026-10-24T10:00", 1, MONTH, "2026-11-25T17:00", "24 November is a holiday"),
    ("2026-12-15T10:00", 1, MONTH, "2027-01-15T17:00", "across the year's end"),
    ("2026-02-28T10:00", 12, MONTH, "2027-03-01T17:00", "28 February 2027 is a Sunday"),
    # working hours: minutes of sessions only
    ("2026-11-20T10:00", 1, WH, "2026-11-20T11:00", "inside the morning"),
    ("2026-11-20T10:00", 2, WH, "2026-11-20T14:00", "an hour and a half before noon, half an hour after"),
    ("2026-11-20T10:00", 8, WH, "2026-11-23T10:30", "five hours on Friday, three on Monday"),
    ("2026-11-20T07:30", 4, WH, "2026-11-20T11:30", "ends when the morning ends, not when the afternoon begins"),
    ("2026-11-20T12:00", 1, WH, "2026-11-20T14:30", "accepted at noon waits for the afternoon"),
    ("2026-11-20T20:00", 8, WH, "2026-11-25T08:00", "all of Monday is 7.5 hours, Tuesday a holiday"),
    ("2026-11-21T08:00", 2, WH, "2026-11-23T09:30", "an ordinary Saturday has no minutes"),
    ("2025-12-31T16:30", 1, WH, "2026-01-05T08:00", "half an hour each side of New Year"),
    ("2026-01-09T16:00", 2, WH, "2026-01-10T08:30", "the worked Saturday has weekday sessions"),
    ("2026-11-20T10:00:30", 1, WH, "2026-11-20T11:00:30", "seconds are kept"),
    # hours around the clock
    ("2026-12-31T23:30", 1, HOUR, "2027-01-01T00:30", "notice of a stay, across midnight and year"),
    ("2026-11-20T10:00", 24, HOUR, "2026-11-21T10:00", "a Saturday counts"),
]
SAME_DAY = [
    ("2026-11-20T10:00", "2026-11-20T17:00", "before the cut-off"),
    ("2026-11-20T00:30", "2026-11-20T17:00", "before opening is before the cut-off"),
    ("2026-11-20T14:59:59.999999", "2026-11-20T17:00", "the last instant before 15:00"),
    ("2026-11-20T15:00", "2026-11-23T17:00", "at 15:00:00 it is the next working day"),
    ("2026-11-20T18:00", "2026-11-23T17:00", "after closing"),
    ("2026-11-22T10:00", "2026-11-23T17:00", "a Sunday is no working day: due on Monday"),
    ("2026-11-23T15:00", "2026-11-25T17:00", "the next day is a holiday"),
    ("2026-11-24T09:00", "2026-11-25T17:00", "on the holiday"),
    ("2026-01-10T14:59:59", "2026-01-10T17:00", "the worked Saturday is a working day"),
    ("2026-01-10T15:00", "2026-01-12T17:00", "after the cut-off of the worked Saturday"),
    ("2026-02-13T15:30", "2026-02-23T17:00", "the last Friday before Tết, too late"),
    ("2025-12-31T16:00", "2026-01-05T17:00", "the last afternoon of the year"),
]


@pytest.mark.parametrize(("accepted", "value", "unit", "expected", "reason"), CASES, ids=[c[4] for c in CASES])
def test_a_limit_ends_where_it_was_counted_by_hand(
    accepted: str, value: int, unit: str, expected: str, reason: str
) -> None:
    result = due(accepted_at=at(accepted), limit=Limit(value, LimitUnit(unit)), calendar=COUNTRY)
    assert result.moment == at(expected), "\n".join([reason, *map(str, result.lines)])
    assert result.moment.utcoffset() == at(expected).utcoffset()


@pytest.mark.parametrize(("accepted", "expected", "reason"), SAME_DAY, ids=[c[2] for c in SAME_DAY])
def test_a_same_day_result_keeps_the_cut_off(accepted: str, expected: str, reason: str) -> None:
    limit = Limit(1, LimitUnit.WORKING_DAY, same_day=True)
    result = due(accepted_at=at(accepted), limit=limit, calendar=COUNTRY)
    assert result.moment == at(expected), "\n".join([reason, *map(str, result.lines)])


def test_the_number_of_a_same_day_limit_is_for_display_only() -> None:
    for value, unit in ((1, WD), (3, WD), (8, WH), (2, DAY)):
        limit = Limit(value, LimitUnit(unit), same_day=True)
        assert due(accepted_at=at("2026-11-20T10:00"), limit=limit, calendar=COUNTRY).moment == at("2026-11-20T17:00")
