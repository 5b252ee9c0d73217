"""Who may do what, and why."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.accounts.models import User


def may_hold_session(user: "User", on: date) -> bool:
    return True
