"""The calendar changed while the clock ran: a due moment may move later, never before what was printed on Form 01."""

from dataclasses import dataclass
from datetime import datetime

from portal.calendar.clock import due
from portal.calendar.kinds import LineKind
from portal.calendar.ledger import Ledger
from portal.calendar.limits import Limit
from portal.calendar.lines import Due, Line
from portal.calendar.working import Calendar, dates


@dataclass(frozen=True, slots=True)
class Recomputed:
    """`moment` binds now; `computed` is what the new calendar alone says; `why` the trace for journal and citizen."""

    moment: datetime
    printed: datetime
    computed: Due
    why: tuple[Line, ...]

    @property
    def moved(self) -> bool:
        return self.moment != self.printed


def recompute(
    *,
    printed: datetime,
    accepted_at: datetime,
    limit: Limit,
    calendar: Calendar,
    before: Calendar | None = None,
    ledger: Ledger | None = None,
) -> Recomputed:
    """Count again under `calendar`; `before`, for the trace, is the one that the printed moment was counted with."""
    computed = due(accepted_at=accepted_at, limit=limit, calendar=calendar, ledger=ledger, binding=True)
    printed = calendar.local(printed)
    moment = max(printed, computed.moment)
    why = list(_changed_days(before, calendar, accepted_at, moment)) if before else []
    if computed.moment < printed:
        why.append(Line(LineKind.KEPT, printed.date(), printed.date(), start=computed.moment, end=printed))
    elif moment > printed:
        why.append(Line(LineKind.MOVED, printed.date(), moment.date(), start=printed, end=moment))
    return Recomputed(moment=moment, printed=printed, computed=computed, why=tuple(why))


def _changed_days(before: Calendar, after: Calendar, start: datetime, end: datetime) -> list[Line]:
    found = []
    for on in dates(after.local(start).date(), after.local(end).date()):
        old, new = before.day(on), after.day(on)
        if (old.why, old.sessions) != (new.why, new.sessions):
            found.append(Line(LineKind.DAY_CHANGED, on, on, why=new.why, was=old.why, name=new.name, source=new.source))
    return found
