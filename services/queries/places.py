"""The units that answers name, for the engine of forms."""

from datetime import date

from units.models import UnitVersion
from units.queries import Found
from units.queries.search import described


class UnitsOn:
    """`services.declarations.world.Units` as of a day. Each unit is looked up once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._found: dict[int, Found | None] = {}

    def found(self, unit_id: int) -> Found | None:
        if unit_id not in self._found:
            known = UnitVersion.objects.filter(unit_id=unit_id).exists()
            rows = described([(0, "", unit_id)], self.on) if known else []
            self._found[unit_id] = rows[0] if rows and rows[0].names else None
        return self._found[unit_id]

    def name(self, unit_id: int) -> str | None:
        found = self.found(unit_id)
        return ", ".join(filter(None, [found.full_name, found.place])) if found else None

    def lives(self, unit_id: int) -> bool:
        found = self.found(unit_id)
        return bool(found and found.lives)
