"""An address of a register, whose codes may be older than the units of today, as a place in the dated tree of units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from units.country import data_from
from units.kinds import Level
from units.models import Unit
from units.queries import Unanswerable, ancestors, bearer, last_day_borne, successors, version_at
from units.queries.names import named_at

HOME = "VNM"


@dataclass(frozen=True, slots=True)
class Place:
    """`unit_id` is the commune of today, None when it can't be told; then `candidates` are the communes it may be.

    `written` is the address as the register has it, in the names of its own day.
    """

    unit_id: int | None
    detail: str
    text: str
    written: str
    country: str = HOME
    candidates: tuple[int, ...] = field(default=())

    def is_known(self) -> bool:
        return bool(self.text)

    def to_json(self) -> dict[str, Any]:
        return {
            "unit_id": self.unit_id,
            "detail": self.detail,
            "written": self.written,
            "country": self.country,
            "candidates": list(self.candidates),
        }


def resolve_place(address: Mapping[str, Any], *, on: date) -> Place:
    """`address` as `Found` brings it: province_code, district_code (until June 2025), commune_code, detail, country.

    A code is read on the day of its kind: with a district it is one of the three levels that ended on 1 July 2025, and
    the commune of today is its successor; so is that of a commune that ended since. A commune that was
    split stays open: people choose.
    """
    detail, country = str(address.get("detail", "")), str(address.get("country", HOME))
    if country != HOME:
        return Place(None, detail, ", ".join(filter(None, (detail, country))), detail, country)
    was_old = bool(address.get("district_code"))
    borne_on = data_from() if was_old else _day_of(str(address.get("commune_code", "")), on)
    unit = _bearer(address, borne_on)
    if unit is None:
        return Place(None, detail, detail, detail)
    written = _join(detail, _names(unit, borne_on))
    today = successors(unit.pk, borne_on, on)
    communes = [one for one in today if version_at(one.unit_id, on)]
    if len(communes) == 1:
        now = communes[0]
        return Place(now.unit_id, detail, _join(detail, [now.full_name, now.parent_name]), written)
    return Place(None, detail, written, written, candidates=tuple(one.unit_id for one in communes))


def _day_of(code: str, on: date) -> date:
    return last_day_borne(code, on, Level.COMMUNE) or on


def _bearer(address: Mapping[str, Any], borne_on: date) -> Unit | None:
    """The commune of this code that day, if the codes above it agree; codes come back for other territories."""
    try:
        unit = bearer(str(address.get("commune_code", "")), borne_on, level=Level.COMMUNE)
    except Unanswerable:
        return None
    above = [version.unit_id for version in ancestors(unit.pk, borne_on)]
    wanted = {str(address[name]) for name in ("province_code", "district_code") if address.get(name)}
    known = named_at((unit_id, borne_on) for unit_id in above).values()
    return unit if wanted <= {one.code for one in known} else None


def _names(unit: Unit, borne_on: date) -> list[str]:
    """From the commune up to its province, as they were called that day."""
    own = version_at(unit.pk, borne_on)
    above = [version.full_name for version in ancestors(unit.pk, borne_on) if version.parent_id]
    return [own.full_name if own else "", *reversed(above)]


def _join(detail: str, names: list[str]) -> str:
    return ", ".join(filter(None, (detail, *names)))
