"""Who sees whose figures: heads their unit and what lies below it, the province all, an officer always their own."""

from datetime import date
from typing import Protocol, runtime_checkable

from portal.accounts.models import Kind, User
from portal.dashboards.states import Capability
from portal.events.actors import Actor, System
from staff.policies import allows, known_grounds
from staff.scopes import units_granted

__all__ = ["Capability", "may_freeze", "may_see_figures", "units_of"]


@runtime_checkable
class Asker(Protocol):
    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def may_see_figures(user: Actor, unit_id: int) -> bool:
    return isinstance(user, Asker) and user.has_perm(Capability.STATISTICS_VIEW.value, unit_id)


def may_see_above(user: User, unit_id: int, above: tuple[int, ...], on: date) -> bool:
    """As `may_see_figures`, of a unit whose units above are known already."""
    held = [ground for ground in known_grounds(user, on) if ground.capability == Capability.STATISTICS_VIEW]
    return any(allows(ground, unit_id, set(above)) for ground in held)


def may_freeze(actor: Actor, unit_id: int) -> bool:
    """Whoever answers for the report: the head of the unit, or who keeps the system of the province."""
    return isinstance(actor, System) or (
        isinstance(actor, Asker) and actor.has_perm(Capability.REPORT_FREEZE.value, unit_id)
    )


def units_of(user: User, on: date) -> list[int]:
    """Where the person's posts bring the right itself, without what lies below; the first is the one to show."""
    if user.kind == Kind.SERVICE:
        return sorted(units_granted(user, Capability.STATISTICS_VIEW, on))
    held = known_grounds(user, on)
    return sorted({ground.unit_id for ground in held if ground.capability == Capability.STATISTICS_VIEW})
