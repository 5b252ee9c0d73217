"""A page in a state, and how a window comes to it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from playwright.sync_api import Page as Window

from tests.browser.pages.numbers import NUMBERS, number
from tests.browser.people import Person, prove_if_asked
from tests.browser.running import Running


class Audience(StrEnum):
    """Decides the limits: weight, time, size of targets."""

    CITIZEN = "citizen"
    OFFICER = "officer"


class State(StrEnum):
    EMPTY = "empty"
    FILLED = "filled"
    ERROR = "error"


@dataclass(frozen=True)
class Page:
    """One page in one state. `path` may hold a name of NUMBERS; `act` brings the open window to the state.

    `leads` is the page that `act` ends on, when that is another one.
    """

    name: str
    path: str
    state: State = State.FILLED
    audience: Audience = Audience.CITIZEN
    person: Person | None = None
    status: int = 200
    act: Callable[[Window], None] | None = None
    note: str = ""
    leads: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.name, self.state, self.note) if part)

    @property
    def is_refused_form(self) -> bool:
        return self.state is State.ERROR and self.act is not None

    def address(self, portal: Running) -> str:
        return _filled(self.path, portal)

    def goal(self, portal: Running) -> str:
        """The address that the window shows in the end."""
        return _filled(self.leads or self.path, portal)


def _filled(path: str, portal: Running) -> str:
    wanted = {name for name in NUMBERS if f"{{{name}}}" in path}
    return path.format(**{name: number(name, portal.database) for name in wanted})


def send_nothing(window: Window) -> None:
    """Presses the main button of the form without having filled in anything."""
    window.locator("main form[method=post] button[type=submit]").first.click()
    window.wait_for_load_state()


def find_namesakes(window: Window) -> None:
    """Asks for a commune whose name several have: they are offered."""
    window.locator("main input[name$=-find]").first.fill("tan an")
    send_nothing(window)


def proving(person: Person, goal: str, then: Callable[[Window], None] | None = None) -> Callable[[Window], None]:
    """Gives the fresh proof that a deed may ask for on the way to `goal`, a part of its address."""

    def act(window: Window) -> None:
        prove_if_asked(window, person, goal)
        if then:
            then(window)

    return act


def tick_all(window: Window) -> None:
    for box in window.locator("main input[type=checkbox]").all():
        box.check()
    send_nothing(window)
