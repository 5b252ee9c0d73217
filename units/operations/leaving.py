"""Units that end without successor: nothing open may be left with them, now or on their day."""

from portal.isolation import Purpose, scope
from units.handovers import Reorganisation, all_handovers
from units.models import ReorgEvent
from units.operations.errors import OpenWork
from units.operations.standstill import stop_new_work


def leave_no_work(act: ReorgEvent, seen: Reorganisation) -> None:
    """Once the act is scheduled nothing new comes to such units: see `begin_work_at`. Raises OpenWork."""
    alone = sorted(unit_id for unit_id, heirs in seen.heirs.items() if not heirs)
    if not alone:
        return
    stop_new_work(alone)
    with scope(purpose=Purpose.REORGANISATION):
        counts = [each for handover in all_handovers() for each in handover.count(alone)]
    if number := sum(each.number for each in counts if each.conserved):
        raise OpenWork(act.legal_no, number)
