"""From a reclassification as the files say it to the change of a unit. Reads only."""

from units.country import Act, Retype
from units.kinds import LABELS, LEVEL_OF, UnitType
from units.models import UnitCode, UnitVersion
from units.operations.acts import Change
from units.operations.errors import DoesNotFit
from units.sorting import search_key


def change_of(retype: Retype, act: Act) -> Change:
    """The unit of the code on the day, and its new type; the name stays, in the spelling it has."""
    unit_id = UnitCode.objects.get(
        scheme="nso", level=retype.level, code=retype.code, valid__contains=act.effective_on
    ).unit_id
    version = UnitVersion.objects.get(unit_id=unit_id, valid__contains=act.effective_on)
    new_type = next(
        kind for kind in UnitType if LEVEL_OF[kind] is retype.level and retype.after.startswith(f"{LABELS[kind]} ")
    )
    name = retype.after.removeprefix(f"{LABELS[new_type]} ")
    if retype.before != version.full_name or search_key(name) != search_key(version.name):
        raise DoesNotFit(f"Act {act.legal_no}: {retype.code} is {version.full_name}, not {retype.before}.")
    return Change(unit_id, version.name, new_type)
