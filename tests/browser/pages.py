"""Every page of the portal in the states in which it is looked at; tests, measuring and pictures share the list."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from playwright.sync_api import Page as Window

from tests.browser.people import Person


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
    """One page in one state. `path` is an address or a query that gives one; `act` brings the window to the state."""

    name: str
    path: str
    state: State = State.FILLED
    audience: Audience = Audience.CITIZEN
    person: Person | None = None
    status: int = 200
    act: Callable[[Window], None] | None = None
    has_own_title: bool = True

    def __str__(self) -> str:
        return f"{self.name}-{self.state}"


PAGES: list[Page] = [
    Page("ui:home", "/"),
    Page("ui:life-event", "/su-kien/sinh-con/"),
    Page("ui:help", "/tro-giup/"),
    Page("ui:accessibility", "/kha-nang-tiep-can/"),
    Page("ui:personal-data", "/du-lieu-ca-nhan/"),
    Page("ui:display", "/hien-thi/"),
    Page("ui:catalogue", "/he-thong/thanh-phan/", audience=Audience.OFFICER),
    Page("404", "/khong-co-trang-nay/", state=State.ERROR, status=404),
]
