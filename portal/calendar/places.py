"""What a unit is called and which lie above it. Units stand on a higher floor; they say it here when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on a day. `above` holds the units whose hours and rules it takes over, the nearest first."""

    unit_id: int
    name: str
    above: tuple[int, ...] = ()


Lookup = Callable[[int, date], Place | None]
_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    """Called in AppConfig.ready. The lookup answers None for a unit that it doesn't know, or that doesn't live then."""
    _lookups[:] = [lookup]


def place(unit_id: int, on: date) -> Place | None:
    return _lookups[0](unit_id, on) if _lookups else None
