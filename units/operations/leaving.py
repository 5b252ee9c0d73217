"""Units that end without successor: nothing open may be left with them, now or on their day."""

from collections.abc import Collection
from datetime import timedelta

from portal.isolation import Purpose, scope
from units.handovers import Reorganisation, all_handovers
from units.models import ReorgEvent
from units.operations.errors import OpenWork
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
        counts = [each for handover in all_handovers() for each in handover.count(alone)]
    left = [each for each in counts if each.conserved and each.number]
    if left:
        raise OpenWork(act.legal_no, sum(each.number for each in left), _names({each.unit_id for each in left}, act))


def _names(units: Collection[int], act: ReorgEvent) -> str:
    known = nearest_versions(units, act.effective_on - timedelta(days=1))
    names = sorted(version.full_name for version in known.values())
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
