"""Working time: pure functions over dated calendar data.

The core (`limits`, `ledger`, `working`, `counting`, `clock`, `recompute`, `remaining`, `lines`, `wording`) knows no
database, no clock and no settings; `loading` makes its `Calendar` from the dated rows of `models`.
"""

from portal.calendar.clock import NetTime, due, last_in_time_apology, net_time, supplement_deadline
from portal.calendar.kinds import LineKind, WarningKind
from portal.calendar.ledger import Entry, EntryKind, Ledger, LedgerError
from portal.calendar.limits import Limit, LimitError, LimitUnit
from portal.calendar.lines import Caution, Due, Line
from portal.calendar.recompute import Recomputed, recompute
from portal.calendar.remaining import Level, Remaining, remaining
from portal.calendar.working import Calendar, CalendarTooShortError

__all__ = [
    "Calendar",
    "CalendarTooShortError",
    "Caution",
    "Due",
    "Entry",
    "EntryKind",
    "Ledger",
    "LedgerError",
    "Level",
    "Limit",
    "LimitError",
    "LimitUnit",
    "Line",
    "LineKind",
    "NetTime",
    "Recomputed",
    "Remaining",
    "WarningKind",
    "due",
    "last_in_time_apology",
    "net_time",
    "recompute",
    "remaining",
    "supplement_deadline",
]
