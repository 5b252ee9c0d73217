"""What every event of a request shares: its id and where it came from."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestContext:
    request_id: str = ""
    ip: str | None = None


NOWHERE = RequestContext()
_current: ContextVar[RequestContext] = ContextVar("mc_request", default=NOWHERE)


def current() -> RequestContext:
    return _current.get()


def enter(value: RequestContext) -> RequestContext:
    """Set the context; returns the one before, to be entered again afterwards."""
    before = _current.get()
    _current.set(value)
    return before
