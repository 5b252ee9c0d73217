"""A unit as the working calendar sees it."""

from datetime import date

from portal.calendar.places import Place
from units.country import data_from
from units.kinds import Level
from units.models import UnitVersion
from units.queries import version_at


def place_of(unit_id: int, on: date) -> Place | None:
    """Its name with that of the unit above, and the units above it without the country. None when it doesn't live."""
    on = max(on, data_from())
    version = version_at(unit_id, on)
    if version is None:
        return None
    above = [int(step) for step in reversed(version.path.split(".")[1:-1])]
    parent = UnitVersion.objects.at(on).filter(unit_id__in=above[:1]).exclude(unit__level=Level.COUNTRY).first()
    name = f"{version.full_name}, {parent.full_name}" if parent else version.full_name
    return Place(unit_id=unit_id, name=name, above=tuple(above))
