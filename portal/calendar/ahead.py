"""What comes: the next days that are not what their weekday says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.calendar.working import DAY, Calendar, Why, dates

UNUSUAL = frozenset({Why.HOLIDAY, Why.SWAP_OFF, Why.SWAP_WORKED, Why.CLOSURE})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row for one reason, `first` to `last`, both included; `name` without what stands in brackets."""

    first: date
    last: date
    why: Why
    name: str


def unusual_days(calendar: Calendar, after: date) -> Iterator[Stretch]:
    """From the day after `after` to the last day of the calendar, soonest first."""
    current: Stretch | None = None
    for on in dates(after + DAY, calendar.last):
        day = calendar.day(on)
        name = day.name.split(" (")[0]  # "Tết Nguyên đán (mùng 1)", "(mùng 2)" are one stretch
        if current and (day.why, name) == (current.why, current.name):
            current = replace(current, last=on)
            continue
        if current:
            yield current
        current = Stretch(on, on, day.why, name) if day.why in UNUSUAL else None
    if current:
        yield current
