"""The due moment: one pure function of the ledger, the limit and the dated calendar, explained line by line."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portal.calendar.counting import Count, count_dates, count_elapsed, count_months, count_sessions, same_day
from portal.calendar.kinds import LineKind, WarningKind
from portal.calendar.ledger import Entry, Ledger, LedgerError, Pause, Run
from portal.calendar.limits import Limit, LimitUnit
from portal.calendar.lines import Caution, Due, Line
from portal.calendar.working import DAY, Calendar, YearStatus


def due(
    *, accepted_at: datetime, limit: Limit, calendar: Calendar, ledger: Ledger | None = None, binding: bool = False
) -> Due:
    """When the result is due. Raises LedgerError, or CalendarTooShortError when the calendar ends before the count.

    `binding`: an extension was promised on a calendar that may have changed since. It stands, also where it would be
    refused today; where the count now ends later, that counts.
    """
    ledger = ledger or Ledger.started(accepted_at)
    if ledger.start != accepted_at:
        raise LedgerError("start", "The ledger starts at another moment than the acceptance.")
    _refuse_too_many_extensions(ledger, calendar)
    run = _closed(ledger.last_run())
    counted = _count(_before_extension(run), limit, calendar)
    lines = [*_opening(ledger, run, limit, calendar), *counted.lines]
    moment, cautions = counted.moment, list[Caution]()
    if run.extension is not None:
        if not binding:
            _check(run.extension, limit, calendar, counted.moment)
        moment, more, cautions = _extended(run, run.extension, limit, calendar, counted.moment)
        lines += more
    if ledger.stopped_at is not None:
        stop = calendar.local(ledger.stopped_at)
        lines.append(Line(LineKind.STOP, stop.date(), stop.date(), start=stop, name=ledger.entries[-1].ground))
    lines.append(Line(LineKind.DUE, moment.date(), moment.date(), end=moment))
    paused_since = ledger.last_run().paused_since
    if paused_since is not None:
        cautions.append(Caution(WarningKind.PAUSED))
    first_year = calendar.local(accepted_at).year
    return Due(
        moment=moment,
        lines=tuple(lines),
        warnings=(*year_cautions(calendar, first_year, moment.year), *cautions),
        paused_since=paused_since,
        stopped_at=ledger.stopped_at,
        limit=limit,
    )


def year_cautions(calendar: Calendar, first: int, last: int) -> tuple[Caution, ...]:
    """One for every year touched whose days off are missing or only computed."""
    found = []
    for year in range(first, last + 1):
        status = calendar.status(year)
        if status is YearStatus.MISSING:
            found.append(Caution(WarningKind.YEAR_MISSING, year))
        elif status is YearStatus.COMPUTED:
            found.append(Caution(WarningKind.YEAR_COMPUTED, year))
    return tuple(found)


def _refuse_too_many_extensions(ledger: Ledger, calendar: Calendar) -> None:
    extensions = ledger.extensions()
    if not extensions:
        return
    allowed = calendar.rules_on(calendar.local(extensions[-1].at).date()).max_extensions
    if len(extensions) > allowed:  # NĐ 118/2025 Đ.19.6
        raise LedgerError("extended", f"A due date is set anew at most {allowed} time(s).")


def _closed(run: Run) -> Run:
    """A pause that is still open counts nothing yet: it is explained, and its length is not known."""
    pauses = tuple(replace(pause, end=pause.start) if pause.end is None else pause for pause in run.pauses)
    return replace(run, pauses=pauses)


def _before_extension(run: Run) -> Run:
    """The run as it stood when it was extended: later pauses move the new moment, not the old one."""
    if run.extension is None:
        return run
    return replace(run, pauses=tuple(pause for pause in run.pauses if pause.start < run.extension.at), extension=None)


def _count(run: Run, limit: Limit, calendar: Calendar) -> Count:
    if limit.same_day:
        return same_day(run, calendar)
    if limit.unit is LimitUnit.WORKING_HOUR:
        return count_sessions(run, timedelta(hours=limit.value), calendar)
    if limit.unit is LimitUnit.HOUR:
        return count_elapsed(run, timedelta(hours=limit.value), calendar)
    if limit.unit is LimitUnit.MONTH:
        return count_months(run, limit.value, calendar)
    return count_dates(run, limit.value, calendar, working=limit.unit is LimitUnit.WORKING_DAY)


def _opening(ledger: Ledger, run: Run, limit: Limit, calendar: Calendar) -> list[Line]:
    accepted, start = calendar.local(ledger.start), calendar.local(run.start)
    lines = [Line(LineKind.START, accepted.date(), accepted.date(), start=accepted, name=ledger.entries[0].ground)]
    if run.restarted:
        lines.append(Line(LineKind.RESTART, accepted.date(), start.date(), start=start, name=run.ground))
    lines.append(Line(LineKind.LIMIT, start.date(), start.date(), limit=limit))
    open_since = ledger.last_run().paused_since
    for pause in run.pauses:
        begin, end = calendar.local(pause.start), calendar.local(pause.end or pause.start)
        shown = None if pause.start == open_since else end
        lines.append(Line(LineKind.PAUSE, begin.date(), end.date(), start=begin, end=shown, name=pause.ground))
    return lines


@dataclass(frozen=True, slots=True)
class _Promise:
    moment: datetime
    moved: bool


def _promised(until: datetime, limit: Limit, calendar: Calendar) -> _Promise:
    """The new moment itself when the office is open then; else the next end of office hours."""
    local = calendar.local(until)
    if limit.unit is LimitUnit.HOUR and not limit.same_day:
        return _Promise(local, moved=False)
    if any(opens <= local <= closes for opens, closes in calendar.spans(local.date())):
        return _Promise(local, moved=False)
    if calendar.day(local.date()).counts and local < calendar.closing(local.date()):
        return _Promise(calendar.closing(local.date()), moved=True)
    return _Promise(calendar.closing(calendar.next_working_day(local.date())), moved=True)


def _check(entry: Entry, limit: Limit, calendar: Calendar, old: datetime) -> None:
    if entry.at >= old:
        raise LedgerError("expired", f"Extended at {entry.at.isoformat()}, but due at {old.isoformat()} already.")
    until = _promised(entry.until or old, limit, calendar).moment
    if until <= old:
        raise LedgerError("earlier", f"The new moment {until.isoformat()} is not after {old.isoformat()}.")


def _extended(
    run: Run, entry: Entry, limit: Limit, calendar: Calendar, old: datetime
) -> tuple[datetime, list[Line], list[Caution]]:
    """The moment that the extension set, moved by the pauses that began after it."""
    promise = _promised(entry.until or old, limit, calendar)
    later = tuple(pause for pause in run.pauses if pause.start >= entry.at)
    moment = max(_shifted(promise.moment, entry.at, later, limit, calendar), old)
    first = old.date() + DAY if moment.date() > old.date() else old.date()
    line = Line(
        LineKind.EXTENSION, first, moment.date(), start=calendar.local(entry.at), end=promise.moment, name=entry.ground
    )
    late = entry.at > last_in_time_apology(old, calendar)
    return moment, [line], [Caution(WarningKind.LATE_APOLOGY)] if late else []


def _shifted(
    promise: datetime, decided: datetime, pauses: tuple[Pause, ...], limit: Limit, calendar: Calendar
) -> datetime:
    if not pauses or pauses[0].start >= promise:
        return promise
    run = Run(start=decided, ground="", restarted=False, pauses=pauses, extension=None, stopped_at=None)
    if limit.unit is LimitUnit.HOUR and not limit.same_day:
        return count_elapsed(run, promise - decided, calendar).moment
    if limit.unit is LimitUnit.WORKING_HOUR and not limit.same_day:
        return count_sessions(run, calendar.working_time_between(decided, promise), calendar).moment
    begin, days, day = calendar.local(decided).date(), 0, promise.date()
    while day > begin:
        days += calendar.day(day).counts
        day -= DAY
    return max(promise, count_dates(run, max(days, 1), calendar, working=True).moment)


def last_in_time_apology(moment: datetime | Due, calendar: Calendar) -> datetime:
    """The last moment of an apology in time: when the working day before the due day ends (NĐ 118/2025 Đ.19.6)."""
    due_at = moment.moment if isinstance(moment, Due) else moment
    return calendar.closing(calendar.previous_working_day(calendar.local(due_at).date()))


def supplement_deadline(*, requested_at: datetime, calendar: Calendar, days: int | None = None) -> Due:
    """Until when a requested supplement is waited for; the dossier closes after it.

    15 calendar days unless the sector says otherwise (NĐ 118/2025 Đ.19.5).
    """
    wait = days or calendar.rules_on(calendar.local(requested_at).date()).supplement_wait_days
    return due(accepted_at=requested_at, limit=Limit(wait, LimitUnit.DAY), calendar=calendar)


@dataclass(frozen=True, slots=True)
class NetTime:
    """What the office itself took: the pauses of the whole life are taken out, restarts do not begin anew."""

    working: timedelta
    elapsed: timedelta

    def in_unit(self, unit: LimitUnit) -> timedelta:
        """Working time for limits in working days and hours, elapsed time for the others."""
        return self.working if unit in {LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR} else self.elapsed


def net_time(*, ledger: Ledger, ended_at: datetime, calendar: Calendar) -> NetTime:
    """End less start less waiting for the citizen, the figure of index 2.1 (QĐ 766/QĐ-TTg)."""
    start = calendar.local(ledger.start)
    end = calendar.local(min(ended_at, ledger.stopped_at) if ledger.stopped_at else ended_at)
    if end < start:
        raise LedgerError("end", "The end lies before the acceptance.")
    working, elapsed = calendar.working_time_between(start, end), end - start
    for pause in ledger.pauses():
        stood_from, stood_to = calendar.local(pause.start), calendar.local(pause.end or end)
        stood_to = min(stood_to, end)
        if stood_to > stood_from:
            working -= calendar.working_time_between(stood_from, stood_to)
            elapsed -= stood_to - stood_from
    return NetTime(working, elapsed)
