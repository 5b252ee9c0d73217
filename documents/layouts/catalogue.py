"""Which layouts there are, from when to when, and by which text of the law. The rows are data/catalogue.json."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from documents.layouts.errors import UnknownLayoutError

DATA = Path(__file__).parent / "data"
STYLES = Path(__file__).parent / "styles"


class Paper(StrEnum):
    A4 = "a4"
    A4_LANDSCAPE = "a4-landscape"
    A5 = "a5"
    A5_LANDSCAPE = "a5-landscape"


class Family(StrEnum):
    """Decides the measures: administrative documents by NĐ 30/2020 PL I, forms by the rules of the one-stop desk."""

    DECREE = "decree"
    FORM = "form"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Layout:
    """One version. `places` are names of signatures, `fields` of what the register fills in after signing.

    `verified`: whether the text of `source` itself was read; if not, the layout is the one that is used in practice.
    """

    code: str
    version: int
    title: str
    source: str
    verified: bool
    valid_from: datetime.date
    valid_to: datetime.date | None
    family: Family
    paper: Paper
    template: str
    schema: str
    places: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    seal_mm: float = field(default=36.0)  # across, its real size (NĐ 30/2020 PL I)

    @property
    def template_name(self) -> str:
        return f"documents/layouts/{self.template}.html"

    @property
    def styles(self) -> tuple[Path, ...]:
        return tuple(STYLES / f"{name}.css" for name in ("base", self.paper, self.family))

    def holds_on(self, on: datetime.date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def layouts() -> tuple[Layout, ...]:
    """Every version of every layout, in the order of the catalogue."""
    rows = json.loads((DATA / "catalogue.json").read_text(encoding="utf-8"))
    return tuple(_layouts(rows))


def _layouts(rows: list[dict[str, Any]]) -> Iterator[Layout]:
    for row in rows:
        days = {name: datetime.date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
        lists = {name: tuple(row.get(name, ())) for name in ("places", "fields")}
        kinds = {"family": Family(row["family"]), "paper": Paper(row["paper"])}
        yield Layout(**{**row, **days, **lists, **kinds})


DAYS = ("valid_from", "valid_to")


def layout(code: str, on: datetime.date) -> Layout:
    """The version in force on that day."""
    found = next((one for one in layouts() if one.code == code and one.holds_on(on)), None)
    if found is None:
        raise UnknownLayoutError(code, on)
    return found
