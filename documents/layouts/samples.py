"""Invented data for every layout: nobody and nothing in there exists. Files data/samples/<code>.json."""

import datetime
import json
from functools import cache
from typing import Any

from documents.layouts.catalogue import DATA

ON = datetime.date(2026, 11, 20)  # the day of all samples


@cache
def _text(code: str) -> str:
    return (DATA / "samples" / f"{code}.json").read_text(encoding="utf-8")


def sample(code: str) -> dict[str, Any]:
    """Data that fill every field of the layout; a new copy each time."""
    found: dict[str, Any] = json.loads(_text(code))
    return found
