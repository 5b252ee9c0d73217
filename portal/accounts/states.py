"""The life of an API client. Pure data."""

from enum import StrEnum

from portal.accounts.events import Fact


class ClientState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class ClientAction(StrEnum):
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"


# action -> from which states, to which state, what is recorded
TRANSITIONS: dict[ClientAction, tuple[frozenset[ClientState], ClientState, Fact]] = {
    ClientAction.SUSPEND: (frozenset({ClientState.ACTIVE}), ClientState.SUSPENDED, Fact.CLIENT_SUSPENDED),
    ClientAction.RESUME: (frozenset({ClientState.SUSPENDED}), ClientState.ACTIVE, Fact.CLIENT_RESUMED),
    ClientAction.CLOSE: (
        frozenset({ClientState.ACTIVE, ClientState.SUSPENDED}),
        ClientState.CLOSED,
        Fact.CLIENT_CLOSED,
    ),
}
