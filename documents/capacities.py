"""In which capacity each post signs, and which lines stand above the name: rows of `documents/data/capacities.csv`.

The post `*` is any post that somebody's right to sign is lent to; its lines name the holder's own title.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from documents.kinds import Capacity

FILE = Path(__file__).parent / "data" / "capacities.csv"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Row:
    """From `valid_from` until before `valid_to` (None: open)."""

    post: str
    capacity: Capacity
    lines: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    source: str

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _rows() -> tuple[Row, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(
                row["post"],
                Capacity(row["capacity"]),
                tuple(row["lines"].split("|")),
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                row["source"],
            )
            for row in csv.DictReader(file)
        )


def own_capacities(post: str, on: date) -> tuple[Capacity, ...]:
    """What the post brings by itself."""
    return tuple(row.capacity for row in _rows() if row.post == post and row.holds(on))


def posts_that_sign(on: date) -> set[str]:
    """Codes of the posts that bring a capacity by themselves."""
    return {row.post for row in _rows() if row.post != ANY and row.holds(on)}


def lines(post: str, title: str, capacity: Capacity, on: date) -> list[str]:
    """What is printed above the signature; empty when this post never signs so."""
    found = [row for row in _rows() if row.post in {post, ANY} and row.capacity == capacity and row.holds(on)]
    return [line.format(title=title) for line in found[0].lines] if found else []
