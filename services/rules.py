"""What the law tells the desk in numbers, as dated rows of `services/data/desk_rules.json`; a change is a new row."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from portal.calendar.limits import Limit, LimitUnit

FILE = Path(__file__).parent / "data" / "desk_rules.json"


@dataclass(frozen=True, slots=True)
class DeskRules:
    """From `valid_from` until before `valid_to` (None: open)."""

    valid_from: date
    valid_to: date | None
    alert_within: Limit
    answer_within: Limit
    draft_kept: timedelta
    files_per_dossier: int
    confirmation_days: int
    code_digits: int
    mandate_months: int
    correction_within: Limit
    warning_days: tuple[int, ...]  # working days before the due moment, the earliest first
    supplement_reminder: timedelta  # before the end of a supplement's days its people are reminded; zero: never
    extension_proposed_days: int  # working days after the old due day that a draft proposes
    extension_longest: timedelta
    real_moment_confirmed_by: str  # a capability, held by somebody else than whoever enters it; empty: nobody
    real_moment_back: timedelta  # how long after the click a real moment can still be entered

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _all() -> tuple[DeskRules, ...]:
    return tuple(
        DeskRules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            Limit(row["alert_hours"], LimitUnit.HOUR),
            Limit(row["answer_working_hours"], LimitUnit.WORKING_HOUR),
            timedelta(days=row["draft_days"]),
            row["files_per_dossier"],
            row["confirmation_days"],
            row["code_digits"],
            row["mandate_months"],
            Limit(row["correction_working_days"], LimitUnit.WORKING_DAY),
            tuple(row["warning_working_days"]),
            timedelta(days=row["supplement_reminder_days"]),
            row["extension_proposed_working_days"],
            timedelta(days=row["extension_longest_days"]),
            row["real_moment_confirmed_by"],
            timedelta(days=row["real_moment_back_days"]),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def rules_on(on: date) -> DeskRules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])
