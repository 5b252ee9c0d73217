"""Types of documents, abbreviations and series as dated rows of `documents/data`; a change of the law is a new row."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "data"


class UnknownTypeError(LookupError):
    """No document type of this code holds on the day."""


@dataclass(frozen=True, slots=True)
class Dated:
    """From `valid_from` until before `valid_to` (None: open)."""

    code: str
    name_vi: str
    name_en: str
    valid_from: date
    valid_to: date | None
    source: str

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi


@dataclass(frozen=True, slots=True)
class DocumentType(Dated):
    """`abbreviation` is empty for letters. `organ` and `with_year` only for types with a law of their own."""

    abbreviation: str
    organ: str = ""
    with_year: bool = False
    series: str = ""

    @property
    def heading(self) -> str:
        """What stands in print: "(individual)" belongs to the legal name only. NĐ 30/2020 PL III"""
        return self.name_vi.split(" (")[0].upper()


@dataclass(frozen=True, slots=True)
class Abbreviation(Dated):
    """What is usual until the head of the organ decides. `code` is the division, empty for the organ itself."""

    abbreviation: str


@dataclass(frozen=True, slots=True)
class Series(Dated):
    """One running number within a kind of book. `refused`: the law knows it, and it must not run here."""

    book: str
    refused: bool


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _dates(row: dict[str, str]) -> tuple[date, date | None]:
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None


def _type(row: dict[str, str]) -> DocumentType:
    return DocumentType(
        row["code"],
        row["name_vi"],
        row["name_en"],
        *_dates(row),
        row["source"],
        row["abbreviation"],
        row.get("organ", ""),
        bool(row.get("with_year")),
        row.get("series", ""),
    )


@cache
def _types() -> tuple[DocumentType, ...]:
    return tuple(_type(row) for row in _rows("document_types.csv"))


@cache
def _special() -> tuple[DocumentType, ...]:
    return tuple(_type(row) for row in _rows("special_types.csv"))


@cache
def _abbreviations() -> tuple[Abbreviation, ...]:
    return tuple(
        Abbreviation(row["division"], row["name_vi"], row["name_en"], *_dates(row), row["source"], row["abbreviation"])
        for row in _rows("abbreviations.csv")
    )


@cache
def _series() -> tuple[Series, ...]:
    return tuple(
        Series(
            row["code"],
            row["name_vi"],
            row["name_en"],
            *_dates(row),
            row["source"],
            row["book"],
            bool(row["refused"]),
        )
        for row in _rows("series.csv")
    )


def document_types(on: date) -> list[DocumentType]:
    """The administrative types in the order of NĐ 30/2020 Đ.7."""
    return [kind for kind in _types() if kind.holds(on)]


def document_type(code: str, on: date) -> DocumentType:
    """One of them, or a copy or legal normative document. Raises UnknownTypeError."""
    for kind in (*_types(), *_special()):
        if kind.code == code and kind.holds(on):
            return kind
    raise UnknownTypeError(code)


def usual_abbreviations(on: date) -> list[Abbreviation]:
    return [row for row in _abbreviations() if row.holds(on)]


def series(book: str, on: date) -> list[Series]:
    """The series that the law knows in books of this kind; the head of an organ may split off one per type."""
    return [row for row in _series() if row.book == book and row.holds(on)]


def series_name(book: str, code: str, on: date) -> str:
    """In words; the name of the type when the series was split off for it."""
    for row in series(book, on):
        if row.code == code:
            return row.name
    try:
        return document_type(code, on).name
    except UnknownTypeError:
        return code
