"""Calendars and ledgers for the tests of the clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.calendar import fixture
from portal.calendar.ledger import Entry, EntryKind, Ledger
from portal.calendar.working import Calendar, Closure, Hours, SpecialDay, YearStatus

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = {day.date: SpecialDay(day.kind, day.name, day.source, day.verified) for day in fixture.read()}
YEARS = {2025: YearStatus.CONFIRMED, 2026: YearStatus.CONFIRMED, 2027: YearStatus.COMPUTED}


def calendar(
    *, hours: tuple[Hours, ...] = (Hours(),), closures: tuple[Closure, ...] = (), days: dict | None = None
) -> Calendar:
    """The country's calendar of 2025 to 2027, and ordinary weeks around it."""
    return Calendar(
        date(2024, 1, 1), date(2035, 12, 31), days={**DAYS, **(days or {})}, hours=hours, closures=closures, years=YEARS
    )


def at(text: str) -> datetime:
    """Vietnamese time unless the text says otherwise."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def ledger(accepted: str, *steps: tuple[str, ...]) -> Ledger:
    """Steps as ("pause", moment), ("extend", moment, until) and so on."""
    entries = [Entry(EntryKind.START, at(accepted))]
    for kind, moment, *until in steps:
        entries.append(Entry(EntryKind(kind), at(moment), until=at(until[0]) if until else None))
    return Ledger(tuple(entries))
