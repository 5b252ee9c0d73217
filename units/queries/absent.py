"""Why a unit that a table names is not there on the day: it has ended, begins later, or lies elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date

from django.utils.translation import gettext as _

from units.kinds import LABELS, Scheme
from units.models import UnitCode, UnitVersion
from units.queries.nearest import nearest_versions


def reasons(said: Collection[str], *, scope_id: int, on: date, key: Callable[[str], str]) -> dict[str, str]:
    """By what was written. A few statements however much it was; silent where several units could be meant."""
    found = _by_code(said, on) | _by_name(said, key)
    versions = nearest_versions({unit for units in found.values() for unit in units}, on)
    told = {}
    for text, units in found.items():
        near = [unit for unit in units if str(scope_id) in versions[unit].path.split(".")] or sorted(units)
        if len(near) == 1:
            told[text] = _why(versions[near[0]], on)
    return told


def _by_code(said: Collection[str], on: date) -> dict[str, set[int]]:
    """Who bore it last."""
    rows = UnitCode.objects.filter(scheme=Scheme.NSO, code__in=said, valid__startswith__lte=on).order_by("valid", "id")
    return {code: {unit} for code, unit in rows.values_list("code", "unit_id")}


def _by_name(said: Collection[str], key: Callable[[str], str]) -> dict[str, set[int]]:
    labels = sorted({label for label in LABELS.values() if label}, key=len, reverse=True)
    asked: dict[str, str] = {}
    for text in said:
        label = next((one for one in labels if key(text).startswith(key(one) + " ")), "")
        if label:
            asked[" ".join(text.split())[len(label) :].strip()] = text
    found: dict[str, set[int]] = defaultdict(set)
    for version in UnitVersion.objects.filter(name__in=list(asked)).order_by("id"):
        if key(version.full_name) == key(asked[version.name]):
            found[asked[version.name]].add(version.unit_id)
    return dict(found)


def _why(version: UnitVersion, on: date) -> str:
    unit = {"unit": version.full_name}
    if version.valid_from > on:
        return _("%(unit)s begins later, by act %(act)s") % (unit | {"act": version.event.legal_no})
    if version.valid_until is None or version.valid_until > on:
        return _("%(unit)s lies outside the unit that the act belongs to") % unit
    told = unit | {"act": version.closed_by.legal_no if version.closed_by else ""}
    if version.valid_until == on:
        return _("%(unit)s ends on the same day by act %(act)s") % told
    return _("%(unit)s ended before, by act %(act)s") % told
