"""Each page, in each state, at 360 and 1366 pixels: nothing that a strict reviewer would find."""

import pytest

from tests.browser import inspection, keyboard
from tests.browser.chromium import NARROW
from tests.browser.conftest import Open
from tests.browser.looking import Plain, look
from tests.browser.pages import PAGES, Audience, Page
from tests.browser.running import Running

pytestmark = pytest.mark.browser

LEAST = {Audience.CITIZEN: 44, Audience.OFFICER: 24}
every_page = pytest.mark.parametrize("page", PAGES, ids=str)


@every_page
def test_page_is_sound_on_a_desk_by_keyboard_and_on_paper(page: Page, shared: Open, portal: Running) -> None:
    with look(shared(page.person, width=1366), portal, page) as seen:
        seen.problems += inspection.accessibility(seen.window)
        seen.problems += inspection.small_targets(seen.window, LEAST[page.audience])
        seen.problems += inspection.error_page(seen.window) if page.is_refused_form else []
        seen.problems += keyboard.walk(seen.window)
        seen.problems += inspection.on_paper(seen.window)
    assert not seen.problems


@every_page
def test_page_is_sound_on_a_phone_and_with_more_spacing(page: Page, shared: Open, portal: Running) -> None:
    with look(shared(page.person, width=360), portal, page) as seen:
        seen.problems += inspection.accessibility(seen.window)
        seen.problems += inspection.small_targets(seen.window, LEAST[page.audience])
        seen.problems += inspection.error_page(seen.window) if page.is_refused_form else []
        seen.window.set_viewport_size(NARROW)
        seen.problems += inspection.reflow(seen.window)
    assert not seen.problems


@pytest.mark.xdist_group("plain")  # a page is looked at once without script, by one worker
@every_page
def test_page_holds_without_script_on_the_narrowest_phone(page: Page, plain: Plain) -> None:
    assert not plain.look(page).problems
