"""How much working time is left, in words and in four degrees; the one place that words it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from portal.calendar import wording
from portal.calendar.lines import Due
from portal.calendar.working import DAY, MINUTE, Calendar, dates

SOON_WORKING_DAYS = 2  # warned at T-2 and T-1 working days, facts of NĐ 118/2025 Đ.19.6


class Level(StrEnum):
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Whole working days and the rest of working time; both of the lateness when the level is late."""

    level: Level
    days: int = 0
    rest: timedelta = timedelta()

    @property
    def text(self) -> str:
        """As "Còn 2 giờ 10 phút" or "Trễ 1 ngày"."""
        if self.level is Level.PAUSED:
            return gettext("Clock standing still")
        if self.level is Level.STOPPED:
            return gettext("Clock stopped")
        amount = self._amount()
        if self.level is Level.LATE:
            return gettext("%(amount)s late") % {"amount": amount} if amount else gettext("Overdue")
        return gettext("%(amount)s left") % {"amount": amount} if amount else gettext("Due now")

    def _amount(self) -> str:
        parts = []
        if self.days:
            parts.append(ngettext("%(n)s day", "%(n)s days", self.days) % {"n": self.days})
        rest = timedelta(hours=self.rest // timedelta(hours=1)) if self.days else self.rest // MINUTE * MINUTE
        if rest:
            parts.append(wording.duration(rest))
        return " ".join(parts)

    def __str__(self) -> str:
        return self.text


def remaining(*, now: datetime, due: Due | datetime, calendar: Calendar) -> Remaining:
    """Working time from `now` to the due moment, or since it; elapsed time for limits that run around the clock."""
    moment = due.moment if isinstance(due, Due) else due
    now, moment = calendar.local(now), calendar.local(moment)
    around_the_clock = isinstance(due, Due) and due.unit_is_hour
    if isinstance(due, Due) and due.stopped_at is not None:
        return Remaining(Level.STOPPED)
    if isinstance(due, Due) and due.paused_since is not None:
        return Remaining(Level.PAUSED)
    first, last = min(now, moment), max(now, moment)
    if around_the_clock:
        days, rest = divmod(last - first, DAY)
    else:
        days, rest = _days_and_rest(first, last, calendar)
    return Remaining(_level(now, moment, calendar), days, rest)


def _days_and_rest(first: datetime, last: datetime, calendar: Calendar) -> tuple[int, timedelta]:
    """Whole working days between, and the working time of the first and last day that is less than a whole one."""
    days, rest, length = 0, timedelta(), timedelta()
    for on in dates(first.date(), last.date()):
        spans = calendar.spans(on)
        whole = sum((closes - opens for opens, closes in spans), timedelta())
        if not whole:
            continue
        length = whole
        if first <= spans[0][0] and spans[-1][1] <= last:
            days += 1
            continue
        part = calendar.working_time_between(max(first, spans[0][0]), min(last, spans[-1][1]))
        rest += part
    if length and rest >= length:
        days, rest = days + 1, rest - length
    return days, rest


def _level(now: datetime, moment: datetime, calendar: Calendar) -> Level:
    if now > moment:
        return Level.LATE
    if now.date() == moment.date():
        return Level.TODAY
    ahead = 0
    for on in dates(now.date() + DAY, moment.date()):
        ahead += calendar.day(on).counts
        if ahead > SOON_WORKING_DAYS:
            return Level.LATER
    return Level.SOON
