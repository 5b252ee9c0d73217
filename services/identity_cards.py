"""What a scanner that types reads off an identity card: one line, parsed here and never in the browser.

The order of its fields is data (`services/data/identity_card.json`), because no published text vouches for it.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "identity_card.json"
MOST = 500  # characters of one scan
DIGITS = 12


class NotACardError(ValueError):
    """Neither twelve digits nor a card that we can read."""


@dataclass(frozen=True, slots=True)
class Card:
    """`name` empty and `birth_on` None when only the number was typed."""

    number: str
    name: str = ""
    birth_on: date | None = None


@cache
def _layout() -> dict[str, Any]:
    layout: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return layout


def read_card(text: str) -> Card:
    """A scan, or a number typed with spaces or dots. Raises NotACardError."""
    layout, line = _layout(), text.strip()
    if layout["separator"] not in line:
        return Card(_number("".join(line.split()).replace(".", "").replace("-", "")))
    if len(line) > MOST:
        raise NotACardError
    said = dict(zip(layout["fields"], (part.strip() for part in line.split(layout["separator"])), strict=False))
    name = " ".join(said.get("name", "").split())
    if not name or any(not (one.isalpha() or one in " .'-") for one in name):
        raise NotACardError
    return Card(_number(said.get("number", "")), name, _day(said.get("birth_on", ""), layout["day"]))


def _number(text: str) -> str:
    if len(text) != DIGITS or not (text.isascii() and text.isdigit()):
        raise NotACardError
    return text


def _day(text: str, shape: str) -> date | None:
    try:
        return datetime.strptime(text, shape).date() if text else None  # noqa: DTZ007  a day, not a moment
    except ValueError:
        raise NotACardError from None
