"""Units that end without successor, or never come to be: nothing open may be left with them."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from portal.isolation import Purpose, scope
from units.handovers import Reorganisation, all_handovers, may_end, standing
from units.models import ReorgEvent, UnitVersion
from units.operations.errors import OpenWork, StandsThere
from units.operations.standstill import stop_new_work
from units.queries.nearest import nearest_versions

MOST_NAMES = 5


def leave_no_work(act: ReorgEvent, seen: Reorganisation) -> None:
    """Once the act is scheduled nothing new comes to such units: see `begin_work_at`. Raises OpenWork."""
    alone = sorted(unit_id for unit_id, heirs in seen.heirs.items() if not heirs)
    if not alone:
        return
    stop_new_work(alone)
    with scope(purpose=Purpose.REORGANISATION):
        counts = [each for handover in all_handovers() if not may_end(handover) for each in handover.count(alone)]
    left = [each for each in counts if each.conserved and each.number]
    if left:
        raise OpenWork(act.legal_no, sum(each.number for each in left), _names({each.unit_id for each in left}, act))


def leave_nobody(act: ReorgEvent) -> None:
    """An act that is withdrawn: its new units never come to be. Raises StandsThere."""
    made = list(act.changes.filter(is_new=True).order_by("unit_id").values_list("unit_id", flat=True))
    if not made:
        return
    with scope(purpose=Purpose.REORGANISATION):
        found = [each for handover in all_handovers() for each in standing(handover, made) if each.number]
    if found:
        names = _named(nearest_versions({each.unit_id for each in found}, act.effective_on))
        raise StandsThere(act.legal_no, sum(each.number for each in found), names)


def _names(units: Collection[int], act: ReorgEvent) -> str:
    return _named(nearest_versions(units, act.effective_on - timedelta(days=1)))


def _named(known: Mapping[int, UnitVersion]) -> str:
    names = sorted(version.full_name for version in known.values())
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
