"""The files of `services/data` as descriptions and rows of the catalogue. Reads only; `services.operations` writes."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.catalogue.parts import DATA
from services.declarations.definition import embed
from services.declarations.papers import with_papers

GENERIC = "generic"


class BadFixture(ValueError):
    """The files contradict each other, or themselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure known in name only."""

    code: str
    name_vi: str
    field: str
    levels: tuple[str, ...]
    decision: str
    processing_system: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What people say for it, and the events of life that lead to it."""

    words: str = ""
    life_events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`forms`: definitions by the code of the procedure, or "generic"."""

    full: Mapping[str, dict[str, Any]]
    in_name: tuple[Row, ...]
    forms: Mapping[str, dict[str, Any]]
    types: Mapping[str, Any]
    hints: Mapping[str, Hints] = field(default_factory=dict)

    def form_of(self, description: Mapping[str, Any]) -> dict[str, Any]:
        """Its own, or the generic one with its papers. Raises BadFixture."""
        name = description.get("form", "")
        if name not in self.forms:
            raise BadFixture(f"{description.get('code')}: there is no form {name}.")
        if name != GENERIC:
            return self.forms[name]
        return with_papers(self.forms[name], description["parts"], self.types)

    def hints_of(self, code: str, name_of_field: str) -> Hints:
        """Those of the procedure and those of its field."""
        own, shared = self.hints.get(code, Hints()), self.hints.get(name_of_field, Hints())
        events = tuple(dict.fromkeys([*own.life_events, *shared.life_events]))
        return Hints(" ".join(filter(None, [own.words, shared.words])), events)


def read(folder: Path = DATA) -> Catalogue:
    """Raises BadFixture."""
    full = {path.stem: _object(path) for path in sorted((folder / "procedures").glob("*.json"))}
    for name, description in full.items():
        if description.get("code") != name:
            raise BadFixture(f"procedures/{name}.json describes {description.get('code')}.")
    types = _object(folder / "form_types.json")
    forms = {path.stem: embed(_object(path), types) for path in sorted((folder / "forms").glob("*.json"))}
    rows = tuple(_rows(folder / "catalogue.csv"))
    if len({row.code for row in rows}) != len(rows):
        raise BadFixture("catalogue.csv names a code twice.")
    in_name = tuple(row for row in rows if row.code not in full)
    return Catalogue(full, in_name, forms, types, _hints(folder / "hints.csv"))


def digest(value: Any) -> str:
    """Of JSON, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadFixture(f"{path.name} is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadFixture(f"{path.name} holds no object.")
    return value


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(path: Path) -> list[Row]:
    return [
        Row(
            code=row["code"],
            name_vi=row["name_vi"],
            field=row["field"],
            levels=tuple(row["levels"].split()),
            decision=row["decision"],
            processing_system=row["processing_system"],
        )
        for row in _table(path)
    ]


def _hints(path: Path) -> dict[str, Hints]:
    words: dict[str, list[str]] = defaultdict(list)
    events: dict[str, list[str]] = defaultdict(list)
    for row in _table(path):
        words[row["about"]].append(row["words"])
        events[row["about"]] += row["life_events"].split()
    return {about: Hints(" ".join(words[about]), tuple(events[about])) for about in words}
