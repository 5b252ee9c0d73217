"""Who wants to know what. Apps subscribe when they start; `record()` then writes one Delivery per subscription, so
nobody forgets.

A handler with an effect in our own database is a function `handler(delivery, *, now)`: it runs in one transaction with
`done_at`. A handler with an effect elsewhere is a `Remote`: `call` runs outside any transaction, `store` keeps its
answer together with `done_at`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from portal.events.models import Delivery

DEFAULT_QUEUE = "default"


class LocalHandler(Protocol):
    __module__: str
    __qualname__: str

    def __call__(self, delivery: Delivery, *, now: datetime) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Remote:
    """An effect at `partner`, in steps that never hold a transaction open while the other side thinks.

    `prepare(delivery)` reads what the call needs. `call(delivery, prepared)` uses the delivery's id as idempotency key
    and bounds its own time. `store(delivery, reply, now=...)` keeps the answer. `ask(delivery)` says what an earlier
    call came to, None when the other side knows of none; it is asked before every further call.
    """

    name: str
    partner: str
    call: Callable[[Delivery, Any], Any]
    store: Callable[..., None]
    prepare: Callable[[Delivery], Any] | None = None
    ask: Callable[[Delivery], Any | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Topic:
    """An effect ordered beside the event's own subscribers: `record(..., deliveries=[Topic("accounts.notice",
    {...})])`.
    """

    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None


@dataclass(frozen=True)
class Subscription:
    topic: str
    key: str
    handler: LocalHandler | Remote
    queue: str


_by_topic: dict[str, list[Subscription]] = {}
_by_key: dict[str, Subscription] = {}


class AlreadySubscribedError(ValueError):
    """Two handlers under one key: a delivery could not tell whom it is for."""


class NobodySubscribedError(LookupError):
    """An effect was ordered that nobody carries out."""


def subscribe(topic: str, handler: LocalHandler | Remote, *, queue: str = DEFAULT_QUEUE) -> None:
    """Let `handler` act on events of this name (or topics ordered under it). The key stays with open deliveries: rename
    with care.
    """
    name = handler.name if isinstance(handler, Remote) else f"{handler.__module__}.{handler.__qualname__}"
    key = f"{topic}:{name}"
    if key in _by_key:
        if _by_key[key].handler is handler:
            return
        raise AlreadySubscribedError(f"{key} has a handler already.")
    subscription = Subscription(str(topic), key, handler, queue)
    _by_key[key] = subscription
    _by_topic.setdefault(str(topic), []).append(subscription)


def unsubscribe(topic: str, handler: LocalHandler | Remote) -> None:
    """For tests that subscribe their own handlers."""
    for subscription in list(_by_topic.get(topic, [])):
        if subscription.handler is handler:
            _by_topic[topic].remove(subscription)
            del _by_key[subscription.key]


def subscribers(topic: str) -> tuple[Subscription, ...]:
    return tuple(_by_topic.get(topic, ()))


def by_key(key: str) -> Subscription:
    try:
        return _by_key[key]
    except KeyError:
        raise NobodySubscribedError(f"No handler is registered as {key}.") from None


def queues() -> tuple[str, ...]:
    """Every queue that a worker must serve."""
    return tuple(sorted({DEFAULT_QUEUE, *(subscription.queue for subscription in _by_key.values())}))
