"""Who acts. An actor is anything with `event_actor`, a short text: "user:<uuid>", "system:relay", "anonymous"."""

from enum import StrEnum
from typing import Protocol


class Actor(Protocol):
    @property
    def event_actor(self) -> str: ...


class System(StrEnum):
    """The portal acting by itself."""

    SCHEDULE = "system:schedule"
    RELAY = "system:relay"
    SEAL = "system:seal"
    WATCHDOG = "system:watchdog"
    COMMAND = "system:command"
    SANDBOX = "system:sandbox"
    REORGANISATION = "system:reorganisation"
    DEMO = "system:demo"

    @property
    def event_actor(self) -> str:
        return self.value


class _Anonymous:
    event_actor = "anonymous"


ANONYMOUS: Actor = _Anonymous()
