"""The known figures of the country, held against the files and against the tables after loading."""

from collections.abc import Iterator
from dataclasses import dataclass

from units.country import Country


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    expected: object
    found: object


def check_files(country: Country) -> Iterator[Check]:
    yield from ()


def check_tables() -> Iterator[Check]:
    yield from ()
