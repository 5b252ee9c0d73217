"""Each page, in each state, at 360 and 1366 pixels: nothing that a strict reviewer would find."""

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Window

from tests.browser import inspection, keyboard
from tests.browser.conftest import Open
from tests.browser.pages import PAGES, Audience, Page, State
from tests.browser.running import Running

pytestmark = pytest.mark.browser

WIDTHS = [360, 1366]
LEAST = {Audience.CITIZEN: 44, Audience.OFFICER: 24}
every_page = pytest.mark.parametrize("page", PAGES, ids=str)


def go(
    context: BrowserContext, portal: Running, page: Page, ears: inspection.Ears | None = None
) -> tuple[Window, list[str]]:
    """Opens the page in its state; the second value is what is wrong with its structure."""
    window = context.new_page()
    if ears:
        ears.listen(window)
    answer = window.goto(page.address(portal), wait_until="load")
    if page.act:
        page.act(window)
        answer = None
    return window, inspection.structure(window, answer, status=page.status)


@every_page
@pytest.mark.parametrize("width", WIDTHS)
def test_page_is_sound(page: Page, width: int, visitor: Open, portal: Running) -> None:
    ears = inspection.Ears((portal.origin,))
    window, problems = go(visitor(page.person, width=width), portal, page, ears)
    problems += inspection.accessibility(window)
    problems += inspection.small_targets(window, LEAST[page.audience])
    if page.state is State.ERROR and page.act:
        problems += inspection.error_page(window)
    assert not problems + ears.problems()


@every_page
def test_page_works_by_keyboard_and_on_paper(page: Page, visitor: Open, portal: Running) -> None:
    window, _ = go(visitor(page.person), portal, page)
    assert not keyboard.walk(window)
    window.emulate_media(media="print")
    assert window.locator("h1").is_visible()
    shown = [part for part in ("nav", "footer", "button") if window.locator(f"{part}:visible").count()]
    assert not shown, "On paper nobody can press it"


@every_page
def test_page_reflows_without_script_and_with_more_spacing(page: Page, visitor: Open, portal: Running) -> None:
    plain, problems = go(visitor(page.person, width=320, java_script=False), portal, page)
    assert plain.locator("h1").is_visible()
    spaced, more = go(visitor(page.person, width=320, bypass_policy=True), portal, page)
    assert not problems + more + inspection.reflow(spaced)
