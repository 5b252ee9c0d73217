"""A unit as it is on a day, or, when it doesn't live on it, as it was nearest to it."""

from collections.abc import Iterable
from datetime import date, timedelta

from units.models import UnitVersion


def nearest_versions(unit_ids: Iterable[int], on: date) -> dict[int, UnitVersion]:
    """The version of the day; else the last before it; else the first after it. Level and act come along."""
    found: dict[int, UnitVersion] = {}
    rows = UnitVersion.objects.filter(unit_id__in=list(unit_ids)).select_related("unit", "event", "closed_by")
    for version in rows.order_by("unit_id", "valid", "id"):
        if version.unit_id not in found or version.valid_from <= on:
            found[version.unit_id] = version
    return found


def nearest_version(unit_id: int, on: date) -> UnitVersion | None:
    """Nothing only for a unit that doesn't exist."""
    return nearest_versions([unit_id], on).get(unit_id)


def nearest_day(version: UnitVersion, on: date) -> date:
    """The day asked about, or the nearest on which the version holds."""
    if on < version.valid_from:
        return version.valid_from
    if version.valid_until and on >= version.valid_until:
        return version.valid_until - timedelta(days=1)
    return on
