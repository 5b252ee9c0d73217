"""Who may do what with documents and registers of a unit."""

from documents.states import Capability
from portal.events.actors import System
from staff.policies import Asker

__all__ = ["Asker", "Capability", "may"]


def may(actor: Asker | System, capability: Capability, unit_id: int) -> bool:
    """Whether the actor holds the capability at the unit; the portal itself may do what it is scheduled to."""
    return isinstance(actor, System) or actor.has_perm(capability.value, unit_id)
