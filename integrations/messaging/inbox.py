"""What arrived at the invented people: the sandbox's own memory, newest last."""

import threading
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from integrations.messaging.faults import Carrier

MOST = 2_000


def _number() -> str:
    return uuid.uuid4().hex[:12].upper()


@dataclass(frozen=True, slots=True)
class Arrived:
    """`key` is the sender's own name of it; the same again arrives once."""

    carrier: Carrier
    key: str
    to: str
    title: str
    text: str
    id: str = field(default_factory=_number)
    at: datetime = field(default_factory=timezone.now)

    def to_json(self) -> dict[str, Any]:
        names = ("key", "to", "title", "text", "id")
        return {"carrier": self.carrier.value, **{name: getattr(self, name) for name in names}}


class Inbox:
    def __init__(self) -> None:
        self._found: dict[tuple[Carrier, str], Arrived] = {}
        self._lock = threading.Lock()

    def put(self, one: Arrived) -> Arrived:
        """The first one of its key. LookupError when the key was another message's."""
        with self._lock:
            while len(self._found) >= MOST:
                self._found.pop(next(iter(self._found)))
            known = self._found.setdefault((one.carrier, one.key), one)
        if (known.to, known.title, known.text) != (one.to, one.title, one.text):
            raise LookupError(one.key)
        return known

    def find(self, carrier: Carrier, key: str) -> Arrived | None:
        return self._found.get((carrier, key))

    def all(self) -> list[Arrived]:
        with self._lock:
            return list(self._found.values())


INBOX = Inbox()
