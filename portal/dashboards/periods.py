"""Months, quarters and years, for which QĐ 766/QĐ-TTg reports; in addresses `2026-11`, `2026-q4`, `2026`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

SHAPE = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2])|-q([1-4]))?", re.ASCII)
FIRST_YEAR = 2025  # NĐ 118/2025 holds from 01/07/2025


class NoPeriod(ValueError):
    """The text names no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """`first` and `last` are months, each by its first day; both belong to it."""

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> "Period":
        """Raises NoPeriod."""
        match = SHAPE.fullmatch(text)
        if match is None or int(match[1]) < FIRST_YEAR:
            raise NoPeriod(text[:20])
        year = int(match[1])
        if match[2]:
            month = date(year, int(match[2]), 1)
            return cls(month, month)
        if match[3]:
            begin = 3 * int(match[3]) - 2
            return cls(date(year, begin, 1), date(year, begin + 2, 1))
        return cls(date(year, 1, 1), date(year, 12, 1))

    @classmethod
    def around(cls, day: date) -> "Period":
        """The month of the day."""
        return cls(day.replace(day=1), day.replace(day=1))

    @property
    def code(self) -> str:
        if self.first == self.last:
            return f"{self.first:%Y-%m}"
        if self.last.month - self.first.month == 2:
            return f"{self.first.year}-q{self.last.month // 3}"
        return str(self.first.year)

    @property
    def is_year(self) -> bool:
        return self.first.month == 1 and self.last.month == 12 and self.first.year == self.last.year

    @property
    def name(self) -> str:
        year = self.first.year
        if self.first == self.last:
            return _("Month %(month)s/%(year)s") % {"month": self.first.month, "year": year}
        if self.last.month - self.first.month == 2:
            return _("Quarter %(quarter)s/%(year)s") % {"quarter": self.last.month // 3, "year": year}
        return _("Year %(year)s") % {"year": year}

    @property
    def last_day(self) -> date:
        return next_month(self.last) - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return _midnight(next_month(self.last))

    def is_over(self, on: date) -> bool:
        return on > self.last_day

    def months(self) -> Iterator[date]:
        month = self.first
        while month <= self.last:
            yield month
            month = next_month(month)

    def before(self) -> "Period":
        """The period of the same length that ended when this began."""
        length = len(list(self.months()))
        first = self.first
        for _number in range(length):
            first = (first - timedelta(days=1)).replace(day=1)
        return Period(first, (self.first - timedelta(days=1)).replace(day=1))


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())


def choices(on: date, *, months: int = 13) -> list[tuple[str, str]]:
    """Codes and names for a select: the last months, the quarters and years among them; newest first."""
    found: list[Period] = []
    month = on.replace(day=1)
    for _number in range(months):
        if month < date(FIRST_YEAR, 7, 1):
            break
        found.append(Period.around(month))
        month = (month - timedelta(days=1)).replace(day=1)
    quarters = dict.fromkeys(Period.of(f"{one.first.year}-q{(one.first.month + 2) // 3}") for one in found)
    years = dict.fromkeys(Period.of(str(one.first.year)) for one in found)
    return [(one.code, one.name) for one in (*found, *quarters, *years)]
