"""What the law tells about petitions and ratings, as dated rows of `services/data`; a change is a new row."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from portal.calendar.limits import Limit, LimitUnit
from services.petition_states import ClockKind

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PetitionRules:
    """From `valid_from` until before `valid_to` (None: open)."""

    valid_from: date
    valid_to: date | None
    limits: dict[ClockKind, Limit]
    supplement_days: int
    answer_restarts: bool  # when what was asked for has come
    forwarding_restarts: bool  # for the unit that it went to
    files_per_petition: int
    low_score: int
    reply_within: Limit
    reply_reminder: timedelta  # before its end the head is reminded
    smallest_group: int

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Named:
    """A row of a list of data, with its name in both languages."""

    key: str
    name_vi: str
    name_en: str

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi


@dataclass(frozen=True, slots=True)
class PetitionType(Named):
    is_about_people: bool  # whoever worked on the dossier in question does not handle it


@dataclass(frozen=True, slots=True)
class RatingItem(Named):
    moments: tuple[str, ...]


@cache
def _all() -> tuple[PetitionRules, ...]:
    rows = json.loads((DATA / "petition_rules.json").read_text(encoding="utf-8"))
    return tuple(
        PetitionRules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            {kind: Limit(row[f"{kind}_working_days"], LimitUnit.WORKING_DAY) for kind in ClockKind},
            row["supplement_days"],
            row["answer_restarts_after_supplement"],
            row["clocks_restart_after_forwarding"],
            row["files_per_petition"],
            row["low_score"],
            Limit(row["reply_working_days"], LimitUnit.WORKING_DAY),
            timedelta(days=row["reply_reminder_days"]),
            row["smallest_group"],
        )
        for row in rows
    )


def petition_rules_on(on: date) -> PetitionRules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])


@cache
def petition_types() -> dict[str, PetitionType]:
    """In the order in which they are offered."""
    rows = json.loads((DATA / "petition_types.json").read_text(encoding="utf-8"))
    return {row["key"]: PetitionType(**row) for row in rows}


@cache
def rating_items() -> dict[str, RatingItem]:
    """NĐ 118/2025 Đ.31, 33."""
    rows = json.loads((DATA / "rating_items.json").read_text(encoding="utf-8"))
    return {row["key"]: RatingItem(**{**row, "moments": tuple(row["moments"])}) for row in rows}


def items_of(moment: str) -> list[RatingItem]:
    return [item for item in rating_items().values() if moment in item.moments]
