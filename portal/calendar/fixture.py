"""The days off that the portal ships with, and the law's default settings: facts with their sources."""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from portal.calendar.working import DayKind

FILE = Path(__file__).parent / "data" / "calendar.csv"
# What the first installation brings counts as known since then: nobody has asked the portal anything before.
KNOWN_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
RECORDED_BY = "system:command"

_DEFAULTS = json.loads((FILE.parent / "defaults.json").read_text(encoding="utf-8"))
DEFAULT_SESSIONS: list[list[str]] = _DEFAULTS["sessions"]
DEFAULT_HOURS_SOURCE: str = _DEFAULTS["hours_source"]
# name -> (value, source)
DEFAULT_SETTINGS: dict[str, tuple[str, str]] = {
    name: (entry["value"], entry["source"]) for name, entry in _DEFAULTS["settings"].items()
}


@dataclass(frozen=True, slots=True)
class FixtureDay:
    date: date
    kind: DayKind
    name: str
    source: str
    verified: bool


def read(path: Path = FILE) -> list[FixtureDay]:
    """The rows of a calendar file. ValueError names the line that cannot be read."""
    days = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                day = FixtureDay(
                    date.fromisoformat(row["date"]),
                    DayKind(row["kind"]),
                    row["name"],
                    row["source"],
                    {"yes": True, "no": False}[row["verified"]],
                )
            except (KeyError, ValueError, TypeError) as problem:
                raise ValueError(f"{path.name}, line {number}: {problem}") from problem
            days.append(day)
    return days
