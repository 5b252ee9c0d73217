"""What a register can do wrong on request: switched per register, for all callers, until it is switched back."""

import threading
import time
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TIMEOUT_SECONDS = 30.0  # longer than any caller waits
SLOW_SECONDS = 1.5


class Register(StrEnum):
    POPULATION = "population"
    NUMBERS = "numbers"
    CIVIL_STATUS = "civil_status"
    BIRTH_NOTICE = "birth_notice"
    DEATH_NOTICE = "death_notice"
    BUSINESS = "business"
    ISSUED_RESULT = "issued_result"


class Fault(StrEnum):
    NONE = ""
    TIMEOUT = "timeout"
    ERROR_500 = "error_500"
    NO_MATCH = "no_match"
    PARTIAL = "partial"
    SLOW = "slow"
    GARBAGE = "garbage"
    OTHER_PERSON = "other_person"
    REFUSED = "refused"


WORDS: dict[Fault, str | Promise] = {
    Fault.NONE: _("works"),
    Fault.TIMEOUT: _("gives no answer"),
    Fault.ERROR_500: _("answers with an error"),
    Fault.NO_MATCH: _("finds nobody"),
    Fault.PARTIAL: _("knows only half"),
    Fault.SLOW: _("answers slowly"),
    Fault.GARBAGE: _("answers with nonsense"),
    Fault.OTHER_PERSON: _("answers about somebody else"),
    Fault.REFUSED: _("refuses the portal"),
}
REGISTERS: dict[Register, str | Promise] = {
    Register.POPULATION: _("National population database"),
    Register.NUMBERS: _("Personal numbers of newborns"),
    Register.CIVIL_STATUS: _("Electronic civil-status database"),
    Register.BIRTH_NOTICE: _("Electronic birth notices of hospitals"),
    Register.DEATH_NOTICE: _("Electronic death notices"),
    Register.BUSINESS: _("Business register"),
    Register.ISSUED_RESULT: _("Store of issued results"),
}


class Switches:
    """`calls`: for how many questions the fault lasts; 0 until it is switched back."""

    def __init__(self) -> None:
        self._set: dict[Register, tuple[Fault, int]] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def turn(self, register: Register, fault: Fault, *, calls: int = 0) -> None:
        with self._lock:
            self._set.pop(register, None)
            if fault is not Fault.NONE:
                self._set[register] = fault, calls
            self._ended.set()  # whoever still waits in a time-out, goes
            self._ended = threading.Event()

    def look(self, register: Register) -> Fault:
        with self._lock:
            return self._set.get(register, (Fault.NONE, 0))[0]

    def take(self, register: Register) -> Fault:
        """The fault of this question; it counts."""
        with self._lock:
            fault, calls = self._set.get(register, (Fault.NONE, 0))
            if calls == 1:
                self._set.pop(register, None)
            elif calls:
                self._set[register] = fault, calls - 1
            return fault

    def wait_in_vain(self) -> None:
        self._ended.wait(TIMEOUT_SECONDS)


SWITCHES = Switches()


def wait_slowly() -> None:
    time.sleep(SLOW_SECONDS)
