"""Isolation of units and people by row-level security. `scope()` opens what a transaction may see; nothing is open by
default.
"""

from portal.isolation.scopes import EMPTY, OutsideTransactionError, Purpose, Scope, adopt, closed, current, scope, use

__all__ = ["EMPTY", "OutsideTransactionError", "Purpose", "Scope", "adopt", "closed", "current", "scope", "use"]
