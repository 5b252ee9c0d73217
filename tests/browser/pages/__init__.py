"""Every page of the portal in the states in which it is looked at; tests, measuring and pictures share the list."""

from dataclasses import dataclass

from tests.browser.pages import (
    acts,
    between,
    dossiers,
    figures,
    lateness,
    lists,
    money,
    officers,
    papers,
    petitions,
    retention,
    visitors,
)
from tests.browser.pages.kinds import Audience, Page, State

__all__ = ["PAGES", "PICTURES", "Audience", "Page", "Picture", "State"]

PAGES = [
    *visitors.public(),
    *visitors.units(),
    *officers.signed_in(),
    *officers.trail(),
    *officers.registers(),
    *visitors.verification(),
    *papers.documents(),
    *papers.deeds(),
    *papers.certificates(),
    *papers.results(),
    *visitors.procedures(),
    *visitors.filing(),
    *dossiers.own(),
    *officers.desk(),
    *officers.day(),
    *dossiers.work(),
    *money.money(),
    *between.between(),
    *petitions.everybody(),
    *petitions.officers(),
    *lists.lists(),
    *figures.statistics(),
    *figures.opened(),
    *lateness.pages(),
    *retention.pages(),
    *acts.pages(),
]


@dataclass(frozen=True)
class Picture:
    """A picture for the README; `full` takes the whole page, else one screen."""

    file: str
    page: Page
    width: int = 1366
    full: bool = False


def _page(name: str, note: str = "", state: State = State.FILLED) -> Page:
    return next(page for page in PAGES if (page.name, page.note, page.state) == (name, note, state))


PICTURES = [
    Picture("home", _page("ui:home")),
    Picture("home-phone", _page("ui:home"), width=360),
    Picture("my-commune-phone", _page("units:resolved", note="split"), width=360, full=True),
    Picture("unit", _page("units:card", note="province")),
    Picture("tree", _page("units:tree")),
    Picture("calendar", _page("calendar:year")),
    Picture("sign-in-phone", _page("accounts:sign-in"), width=360),
    Picture("work", _page("ui:work", state=State.EMPTY)),
]
