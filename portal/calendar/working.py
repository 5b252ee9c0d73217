"""Working time of one office: which days and minutes count. A value without database, clock or settings behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
FRIDAY, SATURDAY = 4, 5


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    SWAP_OFF = "swap_off"
    SWAP_WORKED = "swap_worked"


class Why(StrEnum):
    """Why a day counts or does not."""

    WEEKDAY = "weekday"
    SWAP_WORKED = "swap_worked"
    SATURDAY_COUNTS = "saturday_counts"
    WEEKEND = "weekend"
    SATURDAY_RECEPTION = "saturday_reception"
    HOLIDAY = "holiday"
    SWAP_OFF = "swap_off"
    CLOSURE = "closure"
    NO_HOURS = "no_hours"


class YearStatus(StrEnum):
    """How sure the calendar of a year is."""

    CONFIRMED = "confirmed"
    COMPUTED = "computed"
    MISSING = "missing"


class CalendarTooShortError(LookupError):
    """The count walked out of the days that were loaded; load more and count again."""

    def __init__(self, day: date) -> None:
        super().__init__(f"The calendar was not loaded for {day.isoformat()}.")
        self.day = day


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """Office hours without a break, `opens` before `closes`, wall time of the calendar's zone."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"A session opens before it closes, not {self.opens} to {self.closes}.")


DEFAULT_SESSIONS = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 0)))


@dataclass(frozen=True, slots=True)
class Hours:
    """Sessions of Monday to Friday, valid from `first` until before `until` (None: without end).

    `saturday` are sessions of reception on ordinary Saturdays; they count as working time only with `saturday_counts`.
    """

    sessions: tuple[Session, ...] = DEFAULT_SESSIONS
    saturday: tuple[Session, ...] = ()
    saturday_counts: bool = False
    first: date = date.min
    until: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        for sessions in (self.sessions, self.saturday):
            if any(later.opens < earlier.closes for earlier, later in pairwise(sessions)):
                raise ValueError("Sessions follow each other without overlap.")
        if not self.sessions:
            raise ValueError("A working day has at least one session.")

    def valid_on(self, on: date) -> bool:
        return self.first <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    kind: DayKind
    name: str = ""
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Closure:
    """The unit is shut from `first` to `last`, both included."""

    first: date
    last: date
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings of the count, valid from `first` until before `until`.

    `last_day_moves`: a period in calendar days that ends on a day off ends on the next working day
    (BLDS 2015 Đ.148.5; the rounding is UNVERIFIED for administrative procedures, hence a setting).
    """

    same_day_cutoff: time = time(15, 0)  # Luật Hộ tịch 60/2014 Đ.5.3; NĐ 23/2015 Đ.7
    supplement_wait_days: int = 15  # NĐ 118/2025 Đ.19.5
    max_extensions: int = 1  # NĐ 118/2025 Đ.19.6
    last_day_moves: bool = True
    first: date = date.min
    until: date | None = None

    def valid_on(self, on: date) -> bool:
        return self.first <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """One date: the sessions that count on it (empty when it does not count), and why."""

    date: date
    why: Why
    sessions: tuple[Session, ...] = ()
    name: str = ""
    source: str = ""
    verified: bool = True

    @property
    def counts(self) -> bool:
        return bool(self.sessions)


@dataclass(frozen=True)
class Calendar:
    """The working time of one unit from `first` to `last`, both included.

    `hours` and `rules` stand nearest first: the first one valid on a date is used, so a unit's own stand before the
    national ones.
    """

    first: date
    last: date
    days: Mapping[date, SpecialDay] = field(default_factory=dict)
    hours: tuple[Hours, ...] = (Hours(),)
    closures: tuple[Closure, ...] = ()
    rules: tuple[Rules, ...] = (Rules(),)
    years: Mapping[int, YearStatus] = field(default_factory=dict)
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Ho_Chi_Minh"))

    @classmethod
    def load(
        cls,
        unit_id: int | None = None,
        *,
        first: date,
        last: date,
        above: Sequence[int] = (),
        believed_at: datetime | None = None,
    ) -> "Calendar":
        """The calendar of a unit (None: the country) from the dated rows, in one query; see `loading.load`."""
        from portal.calendar.loading import load  # here, so that the core can be used without a database

        return load(unit_id, first=first, last=last, above=above, believed_at=believed_at)

    def local(self, moment: datetime) -> datetime:
        if moment.utcoffset() is None:
            raise ValueError(f"The moment {moment.isoformat()} has no time zone.")
        return moment.astimezone(self.zone)

    def at(self, on: date, clock: time) -> datetime:
        return datetime.combine(on, clock, self.zone)

    def rules_on(self, on: date) -> Rules:
        return next((rules for rules in self.rules if rules.valid_on(on)), Rules())

    def hours_on(self, on: date) -> Hours | None:
        return next((hours for hours in self.hours if hours.valid_on(on)), None)

    def status(self, year: int) -> YearStatus:
        return self.years.get(year, YearStatus.MISSING)

    def day(self, on: date) -> WorkingDay:
        if not self.first <= on <= self.last:
            raise CalendarTooShortError(on)
        for closure in self.closures:
            if closure.first <= on <= closure.last:
                return WorkingDay(on, Why.CLOSURE, (), closure.reason, closure.source)
        hours = self.hours_on(on)
        special = self.days.get(on)
        if special is not None:
            worked = special.kind is DayKind.SWAP_WORKED and hours is not None
            sessions = hours.sessions if worked and hours is not None else ()
            return WorkingDay(on, Why(special.kind), sessions, special.name, special.source, special.verified)
        return self._ordinary(on, hours)

    def _ordinary(self, on: date, hours: Hours | None) -> WorkingDay:
        if hours is None:
            return WorkingDay(on, Why.NO_HOURS)
        if on.weekday() <= FRIDAY:
            return WorkingDay(on, Why.WEEKDAY, hours.sessions)
        if on.weekday() == SATURDAY and hours.saturday:
            if hours.saturday_counts:
                return WorkingDay(on, Why.SATURDAY_COUNTS, hours.saturday)
            return WorkingDay(on, Why.SATURDAY_RECEPTION)
        return WorkingDay(on, Why.WEEKEND)

    def reception(self, on: date) -> tuple[Session, ...]:
        """When people can come: the working sessions, or those of a Saturday that does not count."""
        day, hours = self.day(on), self.hours_on(on)
        return hours.saturday if hours and day.why is Why.SATURDAY_RECEPTION else day.sessions

    def spans(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """The counted sessions of a day as aware moments. A list of dossiers asks for the same days again and again."""
        if on not in self._spans:
            self._spans[on] = tuple((self.at(on, s.opens), self.at(on, s.closes)) for s in self.day(on).sessions)
        return self._spans[on]

    @cached_property
    def _spans(self) -> dict[date, tuple[tuple[datetime, datetime], ...]]:
        return {}

    def closing(self, on: date) -> datetime:
        """End of office hours of a working day."""
        return self.at(on, self.day(on).sessions[-1].closes)

    def next_working_day(self, after: date) -> date:
        on = after + DAY
        while not self.day(on).counts:
            on += DAY
        return on

    def previous_working_day(self, before: date) -> date:
        on = before - DAY
        while not self.day(on).counts:
            on -= DAY
        return on

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Counted session time from `start` to `end`; nothing when `end` is not later."""
        total = timedelta()
        start, end = self.local(start), self.local(end)
        for on in dates(start.date(), end.date()):
            for opens, closes in self.spans(on):
                total += overlap(opens, closes, start, end)
        return total

    def after_working_time(self, start: datetime, amount: timedelta) -> datetime | None:
        """When `amount` of working time has passed since `start`; None when the calendar ends before."""
        left, on = amount, start.date()
        while on <= self.last:
            for opens, closes in self.spans(on):
                begin = max(opens, start)
                if begin < closes:
                    if left <= closes - begin:
                        return begin + left
                    left -= closes - begin
            on += DAY
        return None

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        return self.working_time_between(start, end) // MINUTE


def dates(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def overlap(opens: datetime, closes: datetime, start: datetime, end: datetime) -> timedelta:
    """Time that two spans share."""
    return max(min(closes, end) - max(opens, start), timedelta())
