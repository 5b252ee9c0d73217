"""What is set by law or by us for the figures, as dated rows of `data/rules.json`; a change is a new row."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "rules.json"


@dataclass(frozen=True, slots=True)
class Rules:
    """From `valid_from` until before `valid_to` (None: open).

    `smallest_shown`: a smaller number of dossiers is not published. `disliked_up_to`: a rating so low is a dislike.
    `published_before_effect`, `posted_within`: working days of indicators 1.1 and 1.2. `mandatory_parts`: keys of the
    parts that NĐ 63/2010 Đ.8.2 wants of each procedure. `online_ways`: how a payment comes that counts as online (3.6).
    `unsorted_petitions`: types that sort nothing (5.1). `certified_copies`: codes of the procedures whose result is an
    electronic certified copy (4.CT).
    """

    valid_from: date
    valid_to: date | None
    smallest_shown: int
    on_time_target: int
    disliked_up_to: int
    due_soon_hours: int
    published_before_effect: int
    posted_within: int
    mandatory_parts: tuple[str, ...]
    online_ways: tuple[str, ...]
    unsorted_petitions: tuple[str, ...]
    certified_copies: tuple[str, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _all() -> tuple[Rules, ...]:
    return tuple(
        Rules(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            smallest_shown=row["smallest_shown"],
            on_time_target=row["on_time_target"],
            disliked_up_to=row["disliked_up_to"],
            due_soon_hours=row["due_soon_hours"],
            published_before_effect=row["published_before_effect"],
            posted_within=row["posted_within"],
            mandatory_parts=tuple(row["mandatory_parts"]),
            online_ways=tuple(row["online_ways"]),
            unsorted_petitions=tuple(row["unsorted_petitions"]),
            certified_copies=tuple(row["certified_copies"]),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def rules_on(on: date) -> Rules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])
