"""What the engine is told from outside: the day, what registers already know, and which units there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value that somebody else vouches for: a data source of `services.kinds`, or "account"; and since when."""

    value: Any
    origin: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """`values`: by the names that forms use (`person.name`). `proven`: keys of components that data already prove."""

    values: Mapping[str, Sourced] = field(default_factory=dict)
    proven: frozenset[str] = frozenset()


class Units(Protocol):
    def name(self, unit_id: int) -> str | None:
        """In words, with what lies above it, as it was last; None for a number that no unit has."""

    def lives(self, unit_id: int) -> bool:
        """On the day of the world."""


@dataclass(frozen=True, slots=True)
class World:
    today: date
    units: Units
    known: Known = field(default_factory=Known)
