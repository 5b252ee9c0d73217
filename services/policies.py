"""Who may do what in this app."""

from enum import StrEnum

from portal.events.actors import System
from staff.policies import Asker


class Capability(StrEnum):
    PROCEDURE_PUBLISH = "services.procedure.publish"


def may_publish(actor: Asker | System) -> bool:
    """Anywhere: what is published holds in the whole province. NĐ 63/2010 Đ.13"""
    return isinstance(actor, System) or actor.has_perm(Capability.PROCEDURE_PUBLISH.value)
