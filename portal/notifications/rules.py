"""When and how people are told, as dated rows of `data/rules.json`; a change is a new row."""

import json
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path

from portal.notifications.kinds import Channel

FILE = Path(__file__).parent / "data" / "rules.json"


@dataclass(frozen=True, slots=True)
class Rules:
    """From `valid_from` until before `valid_to` (None: open).

    `default_channels` hold for who has chosen none; of `fallback_channels` the first is taken that reaches somebody
    whom the law orders to tell and none of whose channels does.
    """

    valid_from: date
    valid_to: date | None
    default_channels: tuple[Channel, ...]
    fallback_channels: tuple[Channel, ...]
    quiet_from: time
    quiet_until: time
    sms_accents: bool
    sms_parts: int
    kept: timedelta
    code_lasts: timedelta
    code_tries: int
    code_again_after: timedelta
    code_most_a_day: int

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _all() -> tuple[Rules, ...]:
    return tuple(
        Rules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            tuple(Channel(name) for name in row["default_channels"]),
            tuple(Channel(name) for name in row["fallback_channels"]),
            time.fromisoformat(row["quiet_from"]),
            time.fromisoformat(row["quiet_until"]),
            row["sms_accents"],
            row["sms_parts"],
            timedelta(days=row["kept_days"]),
            timedelta(minutes=row["code_minutes"]),
            row["code_tries"],
            timedelta(seconds=row["code_again_seconds"]),
            row["code_most_a_day"],
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def rules_on(on: date) -> Rules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])
