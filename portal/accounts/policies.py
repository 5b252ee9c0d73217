"""Who may let programs in."""

from enum import StrEnum
from typing import Protocol

from portal.accounts.states import TRANSITIONS, ClientAction, ClientState
from portal.events.actors import System


class Capability(StrEnum):
    CLIENT_MANAGE = "accounts.client.manage"


class Asker(Protocol):
    """Who acts: a user with rights, who is also an actor of events."""

    @property
    def event_actor(self) -> str: ...

    def has_perm(self, perm: str, obj: object = None) -> bool: ...


def may_manage(actor: Asker | System, unit_id: int) -> bool:
    """Whether the actor may give programs rights at the unit, and take them away."""
    return isinstance(actor, System) or actor.has_perm(Capability.CLIENT_MANAGE, unit_id)


def possible(state: ClientState) -> list[ClientAction]:
    """What may be done to a client in this state."""
    return [action for action, (sources, _target, _fact) in TRANSITIONS.items() if state in sources]
