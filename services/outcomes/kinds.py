"""What a result is made of, and the dated rows of `services/data/outcomes.json` that say which layout it takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from documents.kinds import Capacity
from services.declarations import Definition, World
from services.declarations.reviewing import in_words
from services.models import Dossier

FILE = Path(__file__).parents[1] / "data" / "outcomes.json"
WORDS = FILE.with_name("outcome_words.json")


@dataclass(frozen=True, slots=True)
class Rule:
    """`procedure` is empty in the row of all others. From `valid_from` until before `valid_to` (None: open)."""

    procedure: str
    layout: str
    type_code: str
    valid_from: date
    valid_to: date | None
    valid_months: int | None = None
    series: str = ""  # of the civil-status register in which it is entered before it is signed
    notation: str = ""  # behind its number there; tells the registers of one organ apart
    asks_number: bool = False  # the population database issues a personal number first
    confirmed_online: bool = False  # who filed online reads the draft first. NĐ 87/2020/NĐ-CP

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose assignment shall sign, and as what."""

    assignment_id: int
    capacity: Capacity
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """In the civil-status register."""

    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Everything that a result may say. `text` is the officer's own, `place` the competent unit in words."""

    dossier: Dossier
    definition: Definition
    answers: Mapping[str, Any] = field(repr=False)
    world: World
    place: str
    text: str = ""
    entry: Entry | None = None

    def words(self, key: str) -> str:
        """The answer as people read it; empty when there is none."""
        question = next((one for _page, one in self.definition.everything() if one.key == key), None)
        return in_words(question, self.answers.get(key), self.world) if question else ""

    def of_row(self, row: Mapping[str, Any]) -> "Given":
        """The same for one row of a repeated page."""
        return replace(self, answers=row)

    def said(self, key: str) -> str:
        """The answer as it is kept."""
        return str(self.answers.get(key) or "")


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = json.loads(WORDS.read_text(encoding="utf-8"))
    return found


def printed(key: str, **values: str) -> str:
    """A phrase of `services/data/outcome_words.json`, as results print it: in Vietnamese for every reader."""
    return _words()[key].format(**values)


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["procedure"],
            row["layout"],
            row["type"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row.get("valid_months"),
            row.get("series", ""),
            row.get("notation", ""),
            row.get("asks_number", False),
            row.get("confirmed_online", False),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )
