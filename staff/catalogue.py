"""The catalogue of posts and what each brings with it, as dated rows of `staff/data`; a change is a new row."""

import csv
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "data"


class Reach(StrEnum):
    OWN = "own"  # the post's unit
    BELOW = "below"  # the post's unit and everything below it


@dataclass(frozen=True, slots=True)
class PostKind:
    code: str
    level: str
    name_vi: str
    name_en: str
    is_leader: bool

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi


@dataclass(frozen=True, slots=True)
class Grant:
    """From `valid_from` until before `valid_to` (None: open) the post brings the capability."""

    post: str
    capability: str
    reach: Reach
    valid_from: date
    valid_to: date | None
    source: str

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def kinds() -> dict[str, PostKind]:
    return {
        row["code"]: PostKind(row["code"], row["level"], row["name_vi"], row["name_en"], row["is_leader"] == "1")
        for row in _rows("posts.csv")
    }


@cache
def grants() -> tuple[Grant, ...]:
    return tuple(
        Grant(
            row["post"],
            row["capability"],
            Reach(row["reach"]),
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["source"],
        )
        for row in _rows("post_capabilities.csv")
    )


@cache
def granted_to(post: str) -> tuple[Grant, ...]:
    return tuple(grant for grant in grants() if grant.post == post)


def grants_of(post: str, on: date) -> list[Grant]:
    return [grant for grant in granted_to(post) if grant.holds(on)]


def posts_with(capability: str, on: date) -> dict[str, Reach]:
    """Which posts bring the capability on the day, and how far."""
    return {grant.post: grant.reach for grant in grants() if grant.capability == capability and grant.holds(on)}
