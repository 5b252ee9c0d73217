"""Which procedures are joined on one filing: dated rows of `services/data/interlinked.json`. NĐ 118/2025 Đ.28.2a

A row names the joined procedure and its parts. A part gets the answers that its own form knows, those named in
`answers` (its key: the key of the joined form), texts with answers filled in, and fixed values: nothing is asked twice.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from services.declarations.definition import read
from services.models import Answers, Dossier, ProcedureVersion
from services.queries.drafts import competent_unit, province_of
from services.queries.places import UnitsOn

FILE = Path(__file__).parent / "data" / "interlinked.json"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
COMPETENT, PROVINCE = "competent", "province"


@dataclass(frozen=True, slots=True)
class JoinedPart:
    """`unit`: "competent", "province", or an answer of the joined form in whose commune the competent unit lies."""

    key: str
    procedure: str
    unit: str
    answers: Mapping[str, str]
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    papers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """From `valid_from` until before `valid_to` (None: open)."""

    procedure: str
    valid_from: date
    valid_to: date | None
    parts: tuple[JoinedPart, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def _all() -> tuple[Joined, ...]:
    return tuple(
        Joined(
            row["procedure"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            tuple(
                JoinedPart(
                    key=part["key"],
                    procedure=part["procedure"],
                    unit=part["unit"],
                    **{name: part.get(name, {}) for name in ("answers", "texts", "values", "papers")},
                )
                for part in row["parts"]
            ),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def joined_on(code: str, on: date) -> Joined | None:
    """Nothing for a procedure that stands alone."""
    return next((row for row in _all() if row.procedure == code and row.holds(on)), None)


def unit_of(part: JoinedPart, dossier: Dossier, on: date) -> int:
    """Who decides on the part; the competent unit of the whole where the answers leave it open."""
    if part.unit == PROVINCE:
        return province_of(dossier.competent_unit_id, on) or dossier.competent_unit_id
    if part.unit != COMPETENT:
        found = competent_unit(dossier.answers, (part.unit,), on=on)
        if found is not None and found.unit_id is not None:
            return found.unit_id
    return dossier.competent_unit_id


def answers_of(part: JoinedPart, version: ProcedureVersion, dossier: Dossier, on: date) -> Answers:
    """What the part has to know of what was said once."""
    said = dossier.answers
    known = set(read(version.form.definition).plain) if version.form.definition else set()
    own = {key: value for key, value in said.items() if key in known}
    mapped = {key: said[source] for key, source in part.answers.items() if source in said}
    words = _Words({key: _in_words(value, on) for key, value in said.items()})
    texts = {key: text.format_map(words) for key, text in part.texts.items()}
    return own | dict(part.values) | mapped | texts


class _Words(dict[str, str]):
    """Nothing stands for an answer that was not given."""

    def __missing__(self, _key: str) -> str:
        return ""


def _in_words(value: Any, on: date) -> str:
    if isinstance(value, Mapping) and isinstance(value.get("unit"), int):
        return ", ".join(filter(None, [str(value.get("detail") or ""), UnitsOn(on).name(value["unit"]) or ""]))
    if isinstance(value, str) and DAY.fullmatch(value):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return value if isinstance(value, str) else ""


def organ_of_code(dossier: Dossier, on: date) -> int:
    """By whose identifier its code begins: the organ that decides, and for joined procedures the desk that receives.

    NĐ 118/2025 Đ.28, 28.2a
    """
    is_joined = joined_on(dossier.version.code, on) is not None
    return dossier.receiving_unit_id if is_joined else dossier.competent_unit_id
