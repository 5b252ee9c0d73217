"""From dated rows to the `Calendar` value, in one query."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from portal.calendar.clock import due
from portal.calendar.ledger import Ledger
from portal.calendar.limits import Limit, LimitUnit
from portal.calendar.lines import Due
from portal.calendar.rules import rules_of
from portal.calendar.working import (
    Calendar,
    CalendarTooShortError,
    Closure,
    DayKind,
    Hours,
    Session,
    SpecialDay,
    YearStatus,
)

Row = dict[str, Any]

# Each part as one JSON array, so that one round trip brings them all; rows of the years touched are few.
QUERY = """
with scope as (select %(units)s::bigint[] as units, %(believed_at)s::timestamptz as at)
select 'day', jsonb_agg(to_jsonb(d)) from calendar_day d, scope
 where d.date between %(first)s and %(last)s and (d.unit_id is null or d.unit_id = any (scope.units))
   and case when scope.at is null then d.retired_at is null
            else d.recorded_at <= scope.at and (d.retired_at is null or d.retired_at > scope.at) end
union all
select 'hours', jsonb_agg(to_jsonb(h) || jsonb_build_object('first', lower(h.valid), 'until', upper(h.valid)))
  from calendar_office_hours h, scope
 where (h.unit_id is null or h.unit_id = any (scope.units))
   and case when scope.at is null then h.retired_at is null
            else h.recorded_at <= scope.at and (h.retired_at is null or h.retired_at > scope.at) end
union all
select 'closure', jsonb_agg(to_jsonb(c)) from calendar_unit_closure c, scope
 where c.first_on <= %(last)s and c.last_on >= %(first)s and c.unit_id = any (scope.units[1:1])
   and case when scope.at is null then c.retired_at is null
            else c.recorded_at <= scope.at and (c.retired_at is null or c.retired_at > scope.at) end
union all
select 'setting', jsonb_agg(to_jsonb(s) || jsonb_build_object('first', lower(s.valid), 'until', upper(s.valid)))
  from calendar_setting s, scope
 where (s.unit_id is null or s.unit_id = any (scope.units))
   and case when scope.at is null then s.retired_at is null
            else s.recorded_at <= scope.at and (s.retired_at is null or s.retired_at > scope.at) end
"""


def load(
    unit_id: int | None = None,
    *,
    first: date,
    last: date,
    above: Sequence[int] = (),
    believed_at: datetime | None = None,
) -> Calendar:
    """The working time of a unit from `first` to `last`, as it is known now or was believed at a moment.

    What the unit has not set itself comes from the units `above`, nearest first, and then from the country.
    """
    units = [unit_id, *above] if unit_id is not None else list(above)
    facts = {
        "units": units,
        "believed_at": believed_at,
        "first": date(first.year, 1, 1),  # whole years, because a year without any entry is a year not known yet
        "last": date(last.year, 12, 31),
    }
    with connection.cursor() as cursor:
        cursor.execute(QUERY, facts)
        parts: dict[str, list[Row]] = {part: json.loads(rows or "[]") for part, rows in cursor.fetchall()}
    for rows in parts.values():
        rows.sort(key=lambda row: (_rank(row["unit_id"], units), row["id"]))
    rules, zone = rules_of(parts["setting"], [*units, None])
    return Calendar(
        first=first,
        last=last,
        days=_days(parts["day"]),
        hours=tuple(_hours(row) for row in parts["hours"]),
        closures=tuple(_closure(row) for row in parts["closure"]),
        rules=rules,
        years=_years(parts["day"]),
        zone=ZoneInfo(zone),
    )


def _rank(unit_id: int | None, units: Sequence[int]) -> int:
    return units.index(unit_id) if unit_id is not None else len(units)


def _days(rows: Iterable[Row]) -> dict[date, SpecialDay]:
    days: dict[date, SpecialDay] = {}
    for row in rows:
        special = SpecialDay(DayKind(row["kind"]), row["name"], row["source"], row["verified"])
        days.setdefault(date.fromisoformat(row["date"]), special)
    return days


def _years(rows: Iterable[Row]) -> dict[int, YearStatus]:
    """A year is as sure as its least sure national entry."""
    years: dict[int, YearStatus] = {}
    for row in rows:
        if row["unit_id"] is None and row["kind"] == DayKind.HOLIDAY:
            year = int(row["date"][:4])
            sure = row["verified"] and years.get(year) is not YearStatus.COMPUTED
            years[year] = YearStatus.CONFIRMED if sure else YearStatus.COMPUTED
    return years


def sessions_of(pairs: Iterable[Sequence[str]]) -> tuple[Session, ...]:
    return tuple(Session(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in pairs)


def _hours(row: Row) -> Hours:
    return Hours(
        sessions=sessions_of(row["sessions"]),
        saturday=sessions_of(row["saturday"]),
        saturday_counts=row["saturday_counts"],
        first=date.fromisoformat(row["first"]) if row["first"] else date.min,
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        source=row["source"],
    )


def _closure(row: Row) -> Closure:
    first, last = date.fromisoformat(row["first_on"]), date.fromisoformat(row["last_on"])
    return Closure(first, last, row["reason"], row["source"])


# Days that a limit of one unit reaches at most on an ordinary calendar; closures and pauses come on top.
REACH = {
    LimitUnit.WORKING_DAY: 2.0,
    LimitUnit.DAY: 1.0,
    LimitUnit.WORKING_HOUR: 0.5,
    LimitUnit.HOUR: 0.05,
    LimitUnit.MONTH: 31.0,
}
MARGIN = timedelta(days=60)  # the longest run of days off, and the working day before the first


def due_for(
    *,
    accepted_at: datetime,
    limit: Limit,
    ledger: Ledger | None = None,
    unit_id: int | None = None,
    above: Sequence[int] = (),
    binding: bool = False,
) -> tuple[Due, Calendar]:
    """The due moment on the calendar as it is now known, loaded as far as the count reaches. `binding`: see `due`."""
    entries = (ledger or Ledger.started(accepted_at)).entries
    moments = [moment for entry in entries for moment in (entry.at, entry.until) if moment is not None]
    first = min(moments).date() - MARGIN
    reach = timedelta(days=int(limit.value * REACH[limit.unit]))
    for factor in (1, 4, 16):
        calendar = load(unit_id, first=first, last=max(moments).date() + factor * (reach + MARGIN), above=above)
        try:
            found = due(accepted_at=accepted_at, limit=limit, calendar=calendar, ledger=ledger, binding=binding)
        except CalendarTooShortError as problem:
            short = problem
        else:
            return found, calendar
    raise short
