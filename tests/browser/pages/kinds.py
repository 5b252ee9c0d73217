"""A page in a state, and how a window comes to it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import psycopg
from playwright.sync_api import Page as Window
from psycopg.conninfo import make_conninfo

from tests.browser.people import Person
from tests.browser.running import Running


class Audience(StrEnum):
    """Decides the limits: weight, time, size of targets."""

    CITIZEN = "citizen"
    OFFICER = "officer"


class State(StrEnum):
    EMPTY = "empty"
    FILLED = "filled"
    ERROR = "error"


# Numbers that depend on the order in which the country was loaded: `{name}` in a path -> the question that finds it.
NUMBERS = {
    "commune": "select unit_id from units_unit_code where scheme = 'nso' and level = 'commune' and code = '02839'"
    " and upper_inf(valid)",
    "province": "select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)",
    "whole": "select min(old_id) from units_succession where kind = 'whole'",
    "split": "select min(old_id) from (select old_id from units_succession group by old_id having count(*) = 5) five",
    "dissolved": "select min(old_id) from units_succession where kind = 'part'",
    "nobody": "select max(unit_id) from units_unit_code where level = 'commune' and upper_inf(valid)",
    "assignment": "select min(id) from staff_assignment where user_id is not null and upper_inf(valid)",
    "empty": "select min(unit_id) from units_unit_version commune where upper_inf(valid) and parent_id ="
    " (select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)) and not exists (select from staff_assignment where unit_id = commune.unit_id)",
    "outgoing": "select id from documents_register_book where kind = 'outgoing' order by year desc, id limit 1",
    "incoming": "select id from documents_register_book where kind = 'incoming' order by year desc, id limit 1",
    "entry": "select max(id) from documents_register_entry where kind = 'outgoing' and state = 'valid'",
    "arrival": "select max(id) from documents_register_entry where kind = 'incoming'",
    "void": "select max(id) from documents_register_entry where state = 'voided'",
    "waiting": "select id from services_dossier where state = 'submitted' order by submitted_at, id limit 1",
    "received": "select id from services_dossier where state = 'processing' or state = 'accepted' order by id limit 1",
    "day": "select min(id) from calendar_day where unit_id is null and date > '2026-12-31'",
}


@cache
def _number(name: str, database: str) -> str:
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=database)
    with psycopg.connect(address) as connection:
        purpose = "demo" if name in {"waiting", "received"} else "verify"  # the rows of every unit
        connection.execute("select set_config('mc.purpose', %s, false)", [purpose])
        found = connection.execute(NUMBERS[name].encode()).fetchone()
    if not found or found[0] is None:
        raise LookupError(f"No row for {name}: {NUMBERS[name]}")
    return str(found[0])


@dataclass(frozen=True)
class Page:
    """One page in one state. `path` may hold a name of NUMBERS; `act` brings the open window to the state."""

    name: str
    path: str
    state: State = State.FILLED
    audience: Audience = Audience.CITIZEN
    person: Person | None = None
    status: int = 200
    act: Callable[[Window], None] | None = None
    note: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.name, self.state, self.note) if part)

    @property
    def is_refused_form(self) -> bool:
        return self.state is State.ERROR and self.act is not None

    def address(self, portal: Running) -> str:
        wanted = {name for name in NUMBERS if f"{{{name}}}" in self.path}
        return self.path.format(**{name: _number(name, portal.database) for name in wanted})


def send_nothing(window: Window) -> None:
    """Presses the main button of the form without having filled in anything."""
    window.locator("main form[method=post] button[type=submit]").first.click()
    window.wait_for_load_state()


def find_namesakes(window: Window) -> None:
    """Asks for a commune whose name several have: they are offered."""
    window.locator("main input[name$=-find]").first.fill("tan an")
    send_nothing(window)
