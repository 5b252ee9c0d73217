"""Who may touch the tree of units. Reading it is open to everybody."""

from typing import Protocol

from units.states import TRANSITIONS, Action, Capability

__all__ = ["Capability", "may", "may_confirm_date"]


class Asker(Protocol):
    """A user: what it may do comes from its posts and delegations on the day."""

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def may(action: Action, user: Asker, unit_id: int | None) -> bool:
    """Whether the user may take this step with an act about the unit; `None` means the whole country."""
    return user.has_perm(TRANSITIONS[action].capability, unit_id)


def may_confirm_date(user: Asker, unit_id: int | None) -> bool:
    return user.has_perm(Capability.CONFIRM_DATE, unit_id)
