"""What a carrier of messages can do wrong on request: switched per carrier until it is switched back."""

import threading
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAIT_SECONDS = 20.0  # longer than any caller waits


class Carrier(StrEnum):
    SMS = "sms"
    VNEID = "vneid"
    EMAIL = "email"


class Fault(StrEnum):
    NONE = ""
    BUSY = "busy"  # takes nothing now, and says so
    ERROR_500 = "error_500"  # takes nothing, and nobody knows
    TAKEN_THEN_LOST = "taken_then_lost"  # takes it; the answer gets lost
    TIMEOUT = "timeout"  # takes it; the answer comes too late
    BAD_ADDRESS = "bad_address"
    GARBAGE = "garbage"


WORDS: dict[Fault, str | Promise] = {
    Fault.NONE: _("works"),
    Fault.BUSY: _("is busy"),
    Fault.ERROR_500: _("answers with an error"),
    Fault.TAKEN_THEN_LOST: _("takes it and loses the answer"),
    Fault.TIMEOUT: _("answers too late"),
    Fault.BAD_ADDRESS: _("knows no such address"),
    Fault.GARBAGE: _("answers with nonsense"),
}
CARRIERS: dict[Carrier, str | Promise] = {
    Carrier.SMS: _("SMS gateway"),
    Carrier.VNEID: _("Messages in the VNeID app"),
    Carrier.EMAIL: _("Mail server"),
}


class Switches:
    """`calls`: for how many messages the fault lasts; 0 until it is switched back."""

    def __init__(self) -> None:
        self._set: dict[Carrier, tuple[Fault, int]] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def turn(self, carrier: Carrier, fault: Fault, *, calls: int = 0) -> None:
        with self._lock:
            self._set[carrier] = (fault, calls)
            self._ended.set()  # whoever still waits, goes
            self._ended = threading.Event()

    def look(self, carrier: Carrier) -> Fault:
        with self._lock:
            return self._set.get(carrier, (Fault.NONE, 0))[0]

    def take(self, carrier: Carrier) -> Fault:
        """The fault of this message; it counts."""
        with self._lock:
            fault, calls = self._set.get(carrier, (Fault.NONE, 0))
            if calls == 1:
                self._set.pop(carrier)
            elif calls:
                self._set[carrier] = fault, calls - 1
            return fault

    def wait_in_vain(self) -> None:
        self._ended.wait(WAIT_SECONDS)


SWITCHES = Switches()
