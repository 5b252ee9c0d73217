"""The units that answers name, for the engine of forms."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import BigIntegerField

from units.queries import Name, names_borne

MOST_AHEAD = 100


class UnitsOn:
    """`services.declarations.world.Units` as of a day. Each unit is looked up once, and those of `answers` together."""

    def __init__(self, on: date, answers: Any = None, *, also: Iterable[int] = ()) -> None:
        self.on = on
        self._ahead = {*also, *(_named_in(answers) if isinstance(answers, Mapping) else ())}
        self._found: dict[int, Name | None] = {}

    def name(self, unit_id: int) -> str | None:
        found = self._last(unit_id)
        return ", ".join(filter(None, [found.full_name, found.place])) if found else None

    def full_name(self, unit_id: int) -> str | None:
        """Without what lies above it."""
        found = self._last(unit_id)
        return found.full_name if found else None

    def lives(self, unit_id: int) -> bool:
        found = self._last(unit_id)
        return found is not None and (found.until is None or found.until > self.on)

    def _last(self, unit_id: int) -> Name | None:
        """The name it bore last; None for a number that no unit has."""
        if unit_id not in self._found:
            wanted = [*{unit_id, *sorted(self._ahead)[:MOST_AHEAD]}]
            rows = names_borne(filter(_is_id, wanted), self.on)
            self._found |= {one: rows[one][-1] if one in rows else None for one in wanted}
            self._ahead = set()
        return self._found[unit_id]


def _is_id(number: int) -> bool:
    return 0 < number <= BigIntegerField.MAX_BIGINT


def _named_in(answers: Mapping[str, Any]) -> Iterator[int]:
    """Whatever stands in the place of a unit, in the answers or in their rows, however wrong they are."""
    for said in _values(answers):
        unit = said.get("unit") if isinstance(said, dict) else None
        if isinstance(unit, int) and not isinstance(unit, bool):
            yield unit


def _values(answers: Mapping[str, Any]) -> Iterator[Any]:
    for said in answers.values():
        yield said
        for row in said if isinstance(said, list) else ():
            if isinstance(row, dict):
                yield from row.values()
