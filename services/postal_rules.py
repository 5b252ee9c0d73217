"""Who carries results, how their numbers look, why something comes back, how often it is tried: `data/postal.json`."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "postal.json"


@dataclass(frozen=True, slots=True)
class Carrier:
    """`tracking`: the pattern of the numbers by which its items are followed."""

    key: str
    name: str
    tracking: str
    example: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Who pays the carrier: told where the post is chosen. The portal neither reckons nor collects it."""

    text_vi: str
    text_en: str

    def __str__(self) -> str:
        return self.text_en if (get_language() or "").startswith("en") else self.text_vi


@dataclass(frozen=True, slots=True)
class PostalRules:
    """From `valid_from` until before `valid_to` (None: open)."""

    valid_from: date
    valid_to: date | None
    most_attempts: int
    charge: Charge
    carriers: dict[str, Carrier]
    reasons: dict[str, str]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _all() -> tuple[PostalRules, ...]:
    return tuple(
        PostalRules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["most_attempts"],
            Charge(**row["charge"]),
            {one["key"]: Carrier(**one) for one in row["carriers"]},
            {one["key"]: one["text"] for one in row["reasons"]},
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def postal_rules_on(on: date) -> PostalRules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])


def carrier_name(key: str) -> str:
    """Also of a carrier that does not carry any more."""
    return next((row.carriers[key].name for row in reversed(_all()) if key in row.carriers), key)


def reason_in_words(key: str) -> str:
    return next((row.reasons[key] for row in reversed(_all()) if key in row.reasons), key)
