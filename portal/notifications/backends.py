"""What the portal asks of whoever carries its messages; the carriers live in `integrations`."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portal.notifications.states import Reason


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as its carrier needs it. The same `key` is the same message, however often it comes.

    `to`: e-mail address, telephone, or the personal number of a VNeID account.
    """

    key: uuid.UUID
    to: str
    language: str
    title: str
    text: str
    code: str = ""
    facts: Sequence[tuple[str, str]] = ()
    link: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The carrier has it; `reference` is its own number for it."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No for good: the same message again would not help."""

    reason: Reason


Reply = Taken | Refused


class NotTakenError(Exception):
    """Certainly not taken, this time: it may be sent again at once without asking."""


class InDoubtError(Exception):
    """Cut off in the middle: it may have been taken."""


class CannotTellError(Exception):
    """This carrier keeps no record that could be asked."""


class Backend(Protocol):
    """Bounds its own time. `send` raises NotTakenError and InDoubtError; any other error counts as doubt."""

    def is_connected(self) -> bool:
        """Whether the portal has an address of this carrier at all."""

    def send(self, message: Outgoing) -> Reply: ...

    def outcome(self, key: uuid.UUID) -> Reply | None:
        """What became of an earlier sending; None when it never arrived there. Raises CannotTellError, InDoubtError."""


def backend(channel: str) -> Backend:
    found: Backend = import_string(settings.NOTIFICATION_BACKENDS[channel])()
    return found


def connected(channel: str) -> bool:
    return channel in settings.NOTIFICATION_BACKENDS and backend(channel).is_connected()
