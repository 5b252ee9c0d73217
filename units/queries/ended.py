"""A unit that has ended, and who answers for its work now."""

from dataclasses import dataclass
from datetime import date

from units.models import UnitVersion
from units.queries.nearest import nearest_version
from units.queries.succession import Successor, successors_of_many


@dataclass(frozen=True, slots=True)
class Ended:
    """`version`: as it stood on its last day; `on`: the first day without it; `after`: none where it simply ended."""

    version: UnitVersion
    on: date
    after: tuple[Successor, ...]

    @property
    def heir(self) -> Successor | None:
        """The one unit that all of it went into; None where several took parts, or nobody did."""
        return self.after[0] if len(self.after) == 1 else None


def ended(unit_id: int, on: date) -> Ended | None:
    """None for a unit that lives on the day, for one that is still to come, and for one that never was."""
    version = nearest_version(unit_id, on)
    if version is None or version.valid_until is None or version.valid_until > on:
        return None
    return Ended(version, version.valid_until, tuple(successors_of_many([unit_id], on)[unit_id]))
