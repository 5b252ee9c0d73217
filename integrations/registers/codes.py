"""Code lists of the registers (`data/codes.json`). Which codes they use is UNVERIFIED: a table, not constants."""

import json
from pathlib import Path

_LISTS: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "data" / "codes.json").read_text("utf-8"))
SEXES = _LISTS["sexes"]  # their code -> ours
MARITAL_STATUSES = _LISTS["marital_statuses"]  # their code -> ours
ETHNICITIES = _LISTS["ethnicities"]  # code -> name
NATIONALITIES = _LISTS["nationalities"]  # ISO 3166-1 alpha-3 -> name


def sex(code: str) -> str:
    return SEXES.get(code, "")


def marital_status(code: str) -> str:
    return MARITAL_STATUSES.get(code, "")


def ethnicity(code: str) -> dict[str, str]:
    """Code and name; nothing for a code that the list does not know."""
    return {"code": code, "name": ETHNICITIES[code]} if code in ETHNICITIES else {}


def nationality(code: str) -> dict[str, str]:
    """A country that the list lacks keeps its code as its name."""
    return {"code": code, "name": NATIONALITIES.get(code, code)} if code else {}
