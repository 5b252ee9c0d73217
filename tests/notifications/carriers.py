"""A carrier in memory, for what happens before the network; the real ones are in tests/integrations."""

import uuid
from typing import Any, ClassVar

from portal.notifications.backends import Outgoing, Reply, Taken


class Carrier:
    """Takes everything once. `errors` are raised one after the other before it does, `lost` after it has taken it."""

    taken: ClassVar[list[Outgoing]]
    errors: ClassVar[list[Exception]]
    lost: ClassVar[list[Exception]]
    replies: ClassVar[list[Reply]]
    asked: ClassVar[list[uuid.UUID]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.forget()

    @classmethod
    def forget(cls) -> None:
        cls.taken, cls.errors, cls.lost, cls.replies, cls.asked = [], [], [], [], []

    def is_connected(self) -> bool:
        return True

    def send(self, message: Outgoing) -> Reply:
        if self.errors:
            raise self.errors.pop(0)
        if self.replies:
            return self.replies.pop(0)
        if all(one.key != message.key for one in self.taken):
            self.taken.append(message)
        if self.lost:
            raise self.lost.pop(0)
        return Taken(f"no-{message.key}")

    def outcome(self, key: uuid.UUID) -> Reply | None:
        self.asked.append(key)
        return Taken(f"no-{key}") if any(one.key == key for one in self.taken) else None


class Email(Carrier):
    pass


class Sms(Carrier):
    pass


class VNeID(Carrier):
    pass


def connect(settings: Any) -> None:
    """Every channel goes to memory."""
    for carrier in (Email, Sms, VNeID):
        carrier.forget()
    names = {"email": "Email", "sms": "Sms", "vneid": "VNeID"}
    settings.NOTIFICATION_BACKENDS = {channel: f"{__name__}.{name}" for channel, name in names.items()}
