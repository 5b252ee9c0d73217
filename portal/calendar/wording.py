"""What the calendar says to people: each sentence of an explanation, in the language active when it is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext, pgettext

from portal.calendar.kinds import LineKind, WarningKind
from portal.calendar.limits import Limit, LimitUnit
from portal.calendar.working import Session, Why

if TYPE_CHECKING:
    from portal.calendar.lines import Caution, Line


def weekday(on: date) -> str:
    names = (
        pgettext("day of the week", "Monday"),
        pgettext("day of the week", "Tuesday"),
        pgettext("day of the week", "Wednesday"),
        pgettext("day of the week", "Thursday"),
        pgettext("day of the week", "Friday"),
        pgettext("day of the week", "Saturday"),
        pgettext("day of the week", "Sunday"),
    )
    return names[on.weekday()]


def day(on: date) -> str:
    return gettext("%(weekday)s, %(date)s") % {"weekday": weekday(on), "date": numbers(on)}


def numbers(on: date) -> str:
    """The date as the country writes it, 20/11/2026; years before 1000 keep four digits."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def clock(moment: datetime | time) -> str:
    return gettext("%(hour)s:%(minute)s") % {"hour": f"{moment.hour:02d}", "minute": f"{moment.minute:02d}"}


def hours(sessions: Iterable[Session]) -> str:
    """07 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ 00."""
    parts = [
        gettext("%(opens)s to %(closes)s") % {"opens": clock(session.opens), "closes": clock(session.closes)}
        for session in sessions
    ]
    return ", ".join(parts)


def moment(at: datetime) -> str:
    return gettext("%(clock)s, %(day)s") % {"clock": clock(at), "day": day(at)}


def span(first: date, last: date) -> str:
    if first == last:
        return day(first)
    return gettext("from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def duration(length: timedelta) -> str:
    """Hours and minutes, as "2 giờ 10 phút"; seconds only when there is nothing longer."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    if seconds or not parts:
        parts.append(ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds})
    return " ".join(parts)


def limit(value: Limit) -> str:
    if value.same_day:
        return gettext("within the working day")
    n = value.value
    forms = {
        LimitUnit.WORKING_DAY: ngettext("%(n)s working day", "%(n)s working days", n),
        LimitUnit.DAY: ngettext("%(n)s day", "%(n)s days", n),
        LimitUnit.WORKING_HOUR: ngettext("%(n)s working hour", "%(n)s working hours", n),
        LimitUnit.HOUR: ngettext("%(n)s hour", "%(n)s hours", n),
        LimitUnit.MONTH: ngettext("%(n)s month", "%(n)s months", n),
    }
    return forms[value.unit] % {"n": n}


def reason(why: Why | None, name: str = "", source: str = "") -> str:
    """Why a day counts or not, with its name and where that is written."""
    texts = {
        Why.WEEKDAY: gettext("working day"),
        Why.SWAP_WORKED: gettext("worked in exchange for another day"),
        Why.SATURDAY_COUNTS: gettext("Saturday that counts as a working day"),
        Why.WEEKEND: gettext("weekly rest"),
        Why.SATURDAY_RECEPTION: gettext("Saturday with reception only"),
        Why.HOLIDAY: gettext("public holiday"),
        Why.SWAP_OFF: gettext("day off in exchange"),
        Why.CLOSURE: gettext("the office is closed"),
        Why.NO_HOURS: gettext("no office hours are set"),
    }
    text = texts[why] if why else ""
    if name:
        text = gettext("%(reason)s: %(name)s") % {"reason": text, "name": name}
    return f"{text} ({source})" if source else text


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def line(item: Line) -> str:
    return _sentence(_LINES[item.kind](item))


def _ground(text: str, ground: str) -> str:
    return gettext("%(text)s Ground: %(ground)s.") % {"text": text, "ground": ground} if ground else text


def _at(item: Line, text: str) -> str:
    start = moment(item.start) if item.start else ""
    end = moment(item.end) if item.end else ""
    return _ground(text % {"start": start, "end": end}, item.name)


def _start(item: Line) -> str:
    return _at(item, gettext("Accepted at %(start)s."))


def _restart(item: Line) -> str:
    return _at(item, gettext("The file was completed at %(start)s: the whole limit counts again from there."))


def _limit(item: Line) -> str:
    return gettext("Time limit: %(limit)s.") % {"limit": limit(item.limit) if item.limit else ""}


def _pause(item: Line) -> str:
    if item.end is None:
        return _at(item, gettext("The clock has stood still since %(start)s."))
    return _at(item, gettext("The clock stood still from %(start)s to %(end)s."))


def _acceptance_day(item: Line) -> str:
    if item.number:
        return gettext("%(day)s: outside office hours, the count waits for the next session.") % {
            "day": day(item.first)
        }
    return gettext("%(day)s: not counted, counting starts on the following day.") % {"day": day(item.first)}


def _counted(item: Line) -> str:
    facts = {"days": span(item.first, item.last), "number": item.number, "counted": item.counted}
    if item.first != item.last:
        return gettext("%(days)s: %(counted)s days counted, %(number)s in all.") % facts
    if item.why in {Why.SWAP_WORKED, Why.SATURDAY_COUNTS}:
        facts["reason"] = reason(item.why, item.name, item.source)
        return gettext("%(days)s: counted, day %(number)s (%(reason)s).") % facts
    return gettext("%(days)s: counted, day %(number)s.") % facts


def _counted_time(item: Line) -> str:
    if item.start is None or item.end is None:
        return ""
    facts = {
        "counted": duration(timedelta(seconds=item.counted)),
        "number": duration(timedelta(seconds=item.number)),
        "day": day(item.first),
    }
    if item.first == item.last:
        facts |= {"start": clock(item.start), "end": clock(item.end)}
        return gettext("%(day)s, from %(start)s to %(end)s: %(counted)s counted, %(number)s in all.") % facts
    facts |= {"start": moment(item.start), "end": moment(item.end)}
    return gettext("from %(start)s to %(end)s: %(counted)s counted, %(number)s in all.") % facts


def _skipped(item: Line) -> str:
    facts = {"days": span(item.first, item.last), "reason": reason(item.why, item.name, item.source)}
    return gettext("%(days)s: not counted, %(reason)s.") % facts


def _paused(item: Line) -> str:
    return gettext("%(days)s: not counted, the clock stood still.") % {"days": span(item.first, item.last)}


def _cutoff(item: Line) -> str:
    facts = {"cutoff": clock(item.end) if item.end else "", "reason": reason(item.why, item.name)}
    if item.number:
        return gettext("Accepted before %(cutoff)s on a working day: due the same day.") % facts
    if item.why not in {Why.WEEKDAY, Why.SWAP_WORKED, Why.SATURDAY_COUNTS}:
        return gettext("Accepted on a day off (%(reason)s): due the next working day.") % facts
    if item.start and item.end and item.start >= item.end:
        return gettext("Accepted at or after %(cutoff)s: due the next working day.") % facts
    return gettext("Accepted after the office closed: due the next working day.")


def _month_end(item: Line) -> str:
    facts = {"n": item.number, "start": numbers(item.first), "day": day(item.last)}
    text = ngettext("%(n)s month after %(start)s is %(day)s.", "%(n)s months after %(start)s is %(day)s.", item.number)
    return text % facts


def _last_day(item: Line) -> str:
    if item.number:
        return gettext("%(day)s: the next working day, the limit ends here.") % {"day": day(item.first)}
    facts = {"days": span(item.first, item.last), "reason": reason(item.why, item.name)}
    return gettext("%(days)s: the limit cannot end on a day off (%(reason)s), it moves on.") % facts


def _extension(item: Line) -> str:
    text = _at(item, gettext("Apologised and given a new date: %(end)s."))
    if item.end and item.last > item.end.date():
        return gettext("%(text)s A later pause moved it to %(day)s.") % {"text": text, "day": day(item.last)}
    return text


def _stop(item: Line) -> str:
    return _at(item, gettext("The clock was stopped at %(start)s."))


def _due(item: Line) -> str:
    return _at(item, gettext("Result due: %(end)s."))


def _day_changed(item: Line) -> str:
    facts = {"day": day(item.first), "was": reason(item.was), "now": reason(item.why, item.name, item.source)}
    return gettext("%(day)s: was %(was)s, is now %(now)s.") % facts


def _kept(item: Line) -> str:
    return _at(item, gettext("Counted again: %(start)s, earlier than the printed %(end)s. What was printed stays."))


def _moved(item: Line) -> str:
    return _at(item, gettext("The due moment moves from %(start)s to %(end)s."))


_LINES = {
    LineKind.START: _start,
    LineKind.RESTART: _restart,
    LineKind.LIMIT: _limit,
    LineKind.PAUSE: _pause,
    LineKind.ACCEPTANCE_DAY: _acceptance_day,
    LineKind.COUNTED: _counted,
    LineKind.COUNTED_TIME: _counted_time,
    LineKind.SKIPPED: _skipped,
    LineKind.PAUSED: _paused,
    LineKind.CUTOFF: _cutoff,
    LineKind.MONTH_END: _month_end,
    LineKind.LAST_DAY: _last_day,
    LineKind.EXTENSION: _extension,
    LineKind.STOP: _stop,
    LineKind.DUE: _due,
    LineKind.DAY_CHANGED: _day_changed,
    LineKind.KEPT: _kept,
    LineKind.MOVED: _moved,
}


def warning(item: Caution) -> str:
    texts = {
        WarningKind.YEAR_MISSING: gettext("The days off of %(year)s are not known yet: the moment may move later."),
        WarningKind.YEAR_COMPUTED: gettext(
            "The days off of %(year)s are computed, no official notice is out yet: the moment may move later."
        ),
        WarningKind.PAUSED: gettext("The clock stands still; the moment moves on until it resumes."),
        WarningKind.LATE_APOLOGY: gettext("The apology came after the last moment in time, one working day before."),
    }
    return texts[item.kind] % {"year": item.year}
