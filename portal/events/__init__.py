"""The one Event row: audit trail, timeline and outbox (docs/trust.md).

The names below are what other apps use. They load on first use, because Django imports this package before its models
are ready.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.events.actors import ANONYMOUS, Actor, System
    from portal.events.delivering import UndeliverableError
    from portal.events.models import Delivery, Event
    from portal.events.recording import NotRecordableError, Told, order, record, record_all, viewed
    from portal.events.sql import append_only, guard_state
    from portal.events.subscriptions import NobodySubscribedError, Remote, Topic, subscribe

__all__ = [
    "ANONYMOUS",
    "Actor",
    "Delivery",
    "Event",
    "NobodySubscribedError",
    "NotRecordableError",
    "Remote",
    "System",
    "Told",
    "Topic",
    "UndeliverableError",
    "append_only",
    "guard_state",
    "order",
    "record",
    "record_all",
    "subscribe",
    "viewed",
]

_HOMES = {
    "actors": ("ANONYMOUS", "Actor", "System"),
    "delivering": ("UndeliverableError",),
    "models": ("Delivery", "Event"),
    "recording": ("NotRecordableError", "Told", "order", "record", "record_all", "viewed"),
    "sql": ("append_only", "guard_state"),
    "subscriptions": ("NobodySubscribedError", "Remote", "Topic", "subscribe"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    try:
        home = _HOME_OF[name]
    except KeyError:
        raise AttributeError(f"portal.events has no {name!r}.") from None
    return getattr(import_module(f"portal.events.{home}"), name)
