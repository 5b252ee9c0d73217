"""How units work together on a dossier, in numbers: dated rows of `services/data/coordination_rules.json`."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.utils.timezone import localdate

from portal.calendar.ledger import Ledger
from portal.calendar.limits import Limit, LimitUnit
from portal.calendar.loading import due_for
from portal.calendar.working import Calendar
from services.kinds import Given
from units.queries.nearest import nearest_version

FILE = Path(__file__).parent / "data" / "coordination_rules.json"


@dataclass(frozen=True, slots=True)
class CoordinationRules:
    """From `valid_from` until before `valid_to` (None: open)."""

    valid_from: date
    valid_to: date | None
    opinion_working_days: int
    most_working_days: int
    remind_before: timedelta  # of working time
    most_asked: int
    paper_other_level_working_days: int

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _all() -> tuple[CoordinationRules, ...]:
    return tuple(
        CoordinationRules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["opinion_working_days"],
            row["most_working_days"],
            timedelta(hours=row["remind_working_hours"]),
            row["most_asked"],
            row["paper_other_level_working_days"],
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def rules_on(on: date) -> CoordinationRules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])


def opinion_times(unit_id: int, working_days: int, now: datetime) -> tuple[datetime, datetime]:
    """When the asked unit is reminded, and when its answer is due, by its own calendar."""
    limit = Limit(working_days, LimitUnit.WORKING_DAY)
    counted, calendar = due_for(accepted_at=now, limit=limit, ledger=Ledger.started(now), unit_id=unit_id)
    return _reminder(calendar, now, counted.moment, rules_on(localdate(now)).remind_before), counted.moment


def _reminder(calendar: Calendar, now: datetime, due_at: datetime, before: timedelta) -> datetime:
    """So much working time before the end; halfway where the whole is shorter than twice that."""
    whole = calendar.working_time_between(calendar.local(now), calendar.local(due_at))
    moment = calendar.after_working_time(calendar.local(now), max(whole - before, whole / 2))
    return min(moment or due_at, due_at)


def handover_due(before: int, after: int, what: Given, now: datetime) -> datetime:
    """Until when the other side has to receive it. NĐ 118/2025 Đ.18.2, 20.1a

    On the day itself, or the next working day when it is given after the cut-off of the calendar; what goes on paper to
    another level, within so many working days.
    """
    far = what is not Given.DOSSIER and _level(before, now) != _level(after, now)
    days = rules_on(localdate(now)).paper_other_level_working_days if far else 1
    limit = Limit(days, LimitUnit.WORKING_DAY, same_day=not far)
    return due_for(accepted_at=now, limit=limit, ledger=Ledger.started(now), unit_id=before)[0].moment


def _level(unit_id: int, now: datetime) -> str:
    version = nearest_version(unit_id, localdate(now))
    return str(version.unit.level) if version else ""
