"""Units that a body names: one that has ended is read as the unit that all of it went into."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext

from portal.api.problems import Fault
from portal.ui.wording import day
from services.api.base import fault
from units.queries import ended, version_at


def follow(data: dict[str, Any], *names: str, now: datetime) -> dict[str, Any]:
    """The same, with the successor in the place of a unit that went whole into it. Answers name the successor."""
    on, followed = localdate(now), {}
    for name in names:
        if data.get(name) and (gone := ended(data[name], on)) and gone.heir:
            followed[name] = gone.heir.unit_id
    return {**data, **followed}


def check_unit(pointer: str, unit_id: int | None, now: datetime) -> Iterator[Fault]:
    if unit_id is not None and version_at(unit_id, localdate(now)) is None:
        yield no_unit(pointer, unit_id, now)


def no_unit(pointer: str, unit_id: int, now: datetime) -> Fault:
    """Names those that came after a unit that was split, for the program to choose from."""
    gone = ended(unit_id, localdate(now))
    if gone is None:
        return fault(pointer, "no-unit", gettext("There is no unit of this number today."))
    told = {"unit": gone.version.full_name, "day": day(gone.on)}
    if not gone.after:
        return fault(pointer, "no-unit", gettext("%(unit)s ended on %(day)s, and no unit came after it.") % told)
    told["units"] = "; ".join(f"{one.full_name} ({one.unit_id})" for one in gone.after)
    sentence = gettext("%(unit)s ended on %(day)s. Name one of the units that came after it: %(units)s.")
    return fault(pointer, "no-unit", sentence % told)
