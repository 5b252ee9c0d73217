"""Who may do what with the things of this app, and why."""

import uuid
from datetime import date

from documents.models import StoredFile
from documents.states import Capability
from portal.accounts.models import User
from portal.events.actors import Actor, System
from staff.models import Assignment, Delegation
from staff.policies import Asker, is_alive

__all__ = ["Asker", "Capability", "may", "may_keep_file", "may_read_file", "units_of"]


def units_of(user: User, on: date) -> set[int]:
    """Where the user works on the day, by a post or by what was delegated to them. Not what lies below."""
    if not user.is_officer:
        return set()
    units = set(Assignment.objects.of(user).on(on).values_list("unit_id", flat=True))
    lent = Delegation.objects.to(user).on(on).select_related("giver", "taker")
    return units | {delegation.giver.unit_id for delegation in lent if is_alive(delegation, on)}


def may_read_file(user: User, file: StoredFile, on: date) -> bool:
    """Its owner, and officers of its unit or of a unit it is shared with."""
    return file.owner == user.pk or bool(file.units & units_of(user, on))


def may_keep_file(actor: Actor, *, owner: uuid.UUID | None, unit_id: int | None, on: date) -> bool:
    """Whether the actor may store or share a file of this owner and unit; the portal's own actors come from code."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, User):
        return False
    return (owner is not None and owner == actor.pk) or (unit_id is not None and unit_id in units_of(actor, on))


def may(actor: Asker | System, capability: Capability, unit_id: int) -> bool:
    """Whether the actor holds the capability at the unit; the portal itself may do what it is scheduled to."""
    return isinstance(actor, System) or actor.has_perm(capability.value, unit_id)
