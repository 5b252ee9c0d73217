"""Counting a limit out, one way per unit. Each walks the calendar once and keeps what it saw as lines.

The rule of pauses: a day counts only when the clock ran through all of its time that counts, the office sessions for
working days, the whole date for calendar days. A pause wholly outside office hours therefore holds up no working day.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.calendar.kinds import LineKind
from portal.calendar.ledger import Pause, Run
from portal.calendar.lines import Line
from portal.calendar.working import DAY, Calendar, WorkingDay, overlap

SECOND = timedelta(seconds=1)
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Count:
    moment: datetime
    lines: tuple[Line, ...]


class Story:
    """Collects lines; consecutive dates of the same kind and reason become one."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def add(self, line: Line, *, join: bool = False) -> None:
        last = self.lines[-1] if self.lines else None
        if join and last is not None and _same_reason(last, line) and line.first - last.last <= DAY:
            self.lines[-1] = Line(
                last.kind, last.first, line.last, last.counted + line.counted, line.number,
                last.why, last.was, last.name, last.source, last.start, last.end, last.limit,
            )  # fmt: skip
        else:
            self.lines.append(line)

    def skip(self, day: WorkingDay) -> None:
        line = Line(LineKind.SKIPPED, day.date, day.date, why=day.why, name=day.name, source=day.source)
        self.add(line, join=True)


def _same_reason(a: Line, b: Line) -> bool:
    return (a.kind, a.why, a.name, a.source, a.start) == (b.kind, b.why, b.name, b.source, b.start)


def touched_working_day(on: date, pauses: tuple[Pause, ...], calendar: Calendar) -> bool:
    """Whether a pause takes any part of the day's sessions."""
    return any(
        overlap(opens, closes, pause.start, pause.end or pause.start) > NOTHING
        for opens, closes in calendar.spans(on)
        for pause in pauses
    )


def touched_date(on: date, pauses: tuple[Pause, ...], calendar: Calendar) -> bool:
    """Whether a pause takes any part of the date."""
    opens, closes = calendar.at(on, time.min), calendar.at(on + DAY, time.min)
    return any(overlap(opens, closes, pause.start, pause.end or pause.start) > NOTHING for pause in pauses)


def same_day(run: Run, calendar: Calendar) -> Count:
    """Due the same working day when accepted before the cut-off, else the next one (Luật Hộ tịch 60/2014 Đ.5.3)."""
    start = calendar.local(run.start)
    today, cutoff = calendar.day(start.date()), calendar.rules_on(start.date()).same_day_cutoff
    story = Story()
    in_time = today.counts and start.time() < cutoff and start < calendar.closing(today.date)
    story.add(
        Line(LineKind.CUTOFF, today.date, today.date, number=int(in_time), why=today.why, name=today.name,
             start=start, end=calendar.at(today.date, cutoff), source=today.source)
    )  # fmt: skip
    on = start.date() if in_time else start.date() + DAY
    while True:
        day = calendar.day(on)
        if not day.counts:
            story.skip(day)
        elif touched_working_day(on, run.pauses, calendar):
            story.add(Line(LineKind.PAUSED, on, on), join=True)
        else:
            story.add(Line(LineKind.COUNTED, on, on, 1, 1, day.why, name=day.name, source=day.source))
            return Count(calendar.closing(on), tuple(story.lines))
        on += DAY


def count_dates(run: Run, days: int, calendar: Calendar, *, working: bool) -> Count:
    """Day 1 is the next (working) day after the start; due when office hours of the last one end."""
    start = calendar.local(run.start).date()
    story = Story()
    story.add(Line(LineKind.ACCEPTANCE_DAY, start, start))
    on, done = start, 0
    while done < days:
        on += DAY
        day = calendar.day(on)
        touched = touched_working_day if working else touched_date
        if working and not day.counts:
            story.skip(day)
        elif touched(on, run.pauses, calendar):
            story.add(Line(LineKind.PAUSED, on, on), join=True)
        else:
            done += 1
            line = Line(LineKind.COUNTED, on, on, 1, done, day.why if working else None)
            if working:
                line = Line(LineKind.COUNTED, on, on, 1, done, day.why, name=day.name, source=day.source)
            story.add(line, join=not working)
    return _on_a_working_day(on, story, run, calendar)


def count_months(run: Run, value: int, calendar: Calendar) -> Count:
    """The same day number `value` months later, or the last of that month; from there as calendar days."""
    start = calendar.local(run.start).date()
    end = add_months(start, value)
    count = count_dates(run, (end - start).days, calendar, working=False)
    month_end = Line(LineKind.MONTH_END, start, end, number=value)
    return Count(count.moment, (count.lines[0], month_end, *count.lines[1:]))


def add_months(start: date, value: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + value, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _on_a_working_day(on: date, story: Story, run: Run, calendar: Calendar) -> Count:
    """A last day that is a day off moves to the next working day (BLDS 2015 Đ.148.5)."""
    moves = calendar.rules_on(calendar.local(run.start).date()).last_day_moves
    if not calendar.day(on).counts and not moves:
        hours = calendar.hours_on(on)
        closes = hours.sessions[-1].closes if hours else time.max
        return Count(calendar.at(on, closes), tuple(story.lines))
    while not calendar.day(on).counts or touched_working_day(on, run.pauses, calendar):
        day = calendar.day(on)
        if not day.counts:
            story.add(Line(LineKind.LAST_DAY, on, on, why=day.why, name=day.name, source=day.source), join=True)
        else:
            story.add(Line(LineKind.PAUSED, on, on), join=True)
        on += DAY
    if story.lines[-1].kind is not LineKind.COUNTED:
        story.add(Line(LineKind.LAST_DAY, on, on, number=1, why=calendar.day(on).why))
    return Count(calendar.closing(on), tuple(story.lines))


def count_sessions(run: Run, wanted: timedelta, calendar: Calendar) -> Count:
    """Session time only: outside office hours the count waits for the next session."""
    start = calendar.local(run.start)
    story, left, done, on = Story(), wanted, NOTHING, start.date()
    while True:
        day = calendar.day(on)
        if not day.counts:
            story.skip(day)
        for opens, closes in calendar.spans(on):
            for begin, end in running(max(opens, start), closes, run.pauses):
                taken = min(end - begin, left)
                left -= taken
                done += taken
                story.add(
                    Line(LineKind.COUNTED_TIME, on, on, taken // SECOND, done // SECOND, day.why,
                         start=begin, end=begin + taken)
                )  # fmt: skip
                if left <= NOTHING:
                    return Count(begin + taken, tuple(story.lines))
        if day.counts and (not story.lines or story.lines[-1].last < on):
            kind = LineKind.PAUSED if touched_working_day(on, run.pauses, calendar) else LineKind.ACCEPTANCE_DAY
            story.add(Line(kind, on, on, number=1), join=kind is LineKind.PAUSED)
        on += DAY


def count_elapsed(run: Run, wanted: timedelta, calendar: Calendar) -> Count:
    """Hours around the clock, less the pauses."""
    story, left, done, begin = Story(), wanted, NOTHING, calendar.local(run.start)
    for pause in run.pauses:
        stop, resume = calendar.local(pause.start), calendar.local(pause.end or pause.start)
        if stop - begin >= left:
            break
        done, left = done + (stop - begin), left - (stop - begin)
        story.add(_elapsed(begin, stop, done))
        begin = resume
    end = begin + left
    story.add(_elapsed(begin, end, done + left))
    return Count(end, tuple(story.lines))


def _elapsed(begin: datetime, end: datetime, done: timedelta) -> Line:
    return Line(
        LineKind.COUNTED_TIME, begin.date(), end.date(), (end - begin) // SECOND, done // SECOND, start=begin, end=end
    )


def running(begin: datetime, end: datetime, pauses: tuple[Pause, ...]) -> list[tuple[datetime, datetime]]:
    """The parts of a span in which no pause lies."""
    parts = [(begin, end)] if begin < end else []
    for pause in pauses:
        stop, resume = pause.start, pause.end or pause.start
        if stop >= resume:
            continue
        cut = []
        for opens, closes in parts:
            if resume <= opens or closes <= stop:
                cut.append((opens, closes))
                continue
            if opens < stop:
                cut.append((opens, stop.astimezone(opens.tzinfo)))
            if resume < closes:
                cut.append((resume.astimezone(opens.tzinfo), closes))
        parts = cut
    return parts
