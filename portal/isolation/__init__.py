"""Isolation of units and people by row-level security. `scope()` opens what a transaction may see; nothing is open by
default.
"""

from portal.isolation.scopes import EMPTY, OutsideTransactionError, Purpose, Scope, adopt, closed, current, scope, use
from portal.isolation.waiting import waited_in_vain, waiting_at_most

__all__ = [
    "EMPTY",
    "OutsideTransactionError",
    "Purpose",
    "Scope",
    "adopt",
    "closed",
    "current",
    "scope",
    "use",
    "waited_in_vain",
    "waiting_at_most",
]
