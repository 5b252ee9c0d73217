"""The list of pages is complete: no address of the portal goes unseen. Needs no browser."""

from portal.routes import routes
from tests.browser.no_pages import NO_PAGES
from tests.browser.pages import PAGES, State


def addresses() -> set[str]:
    """Names of all addresses that show pages; REST has its own tests."""
    return {route.label for route in routes() if not route.path.startswith("api")}


def test_every_address_is_looked_at() -> None:
    unseen = addresses() - {page.name for page in PAGES} - set(NO_PAGES)
    assert not unseen, f"Add them to tests/browser/pages/, in every state they have: {sorted(unseen)}"


def test_every_reason_is_still_needed() -> None:
    assert not set(NO_PAGES) - addresses(), "They are no addresses any more"
    assert not set(NO_PAGES) & {page.name for page in PAGES}


def test_every_listed_page_has_an_address() -> None:
    beyond_the_urlconf = {"404", "500", "ui:catalogue", "documents:layouts"}  # the last two only where UI_CATALOGUE is
    names = {page.name for page in PAGES if not page.name.startswith("services:try-")}  # as these are
    assert not names - addresses() - beyond_the_urlconf


def test_every_state_is_named_once() -> None:
    names = [str(page) for page in PAGES]
    assert len(names) == len(set(names))


def test_errors_and_empty_lists_are_looked_at() -> None:
    assert sum(page.state is State.ERROR for page in PAGES) >= 8
    assert sum(page.state is State.EMPTY for page in PAGES) >= 5
