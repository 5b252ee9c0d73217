"""Invented people, villages and subjects, as data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data" / "replay.json"


@cache
def invented() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def village(number: int) -> str:
    return str(invented()["village"]).format(number=number)
