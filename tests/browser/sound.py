"""A page in the state that a story reached, looked at as strictly as the pages of the list."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.browser import inspection
from tests.browser.chromium import SCREENS
from tests.browser.hand import Hand
from tests.browser.inspection import Ears
from tests.browser.running import Running

WIDTHS = (360, 1366)
CITIZENS, OFFICERS = 44, 24  # pixels that a target has at least


@dataclass
class Looked:
    """A window with whoever uses it. Without JavaScript axe never answers, and nothing moves the focus."""

    hand: Hand
    ears: Ears
    least: int
    script: bool = True

    @property
    def page(self) -> Page:
        return self.hand.page

    def is_sound(self, *, refused: bool = False) -> None:
        """`refused`: the page of a form that was sent back."""
        self.page.wait_for_load_state()
        was, problems = self.page.viewport_size, inspection.error_page(self.page) if refused and self.script else []
        for width in WIDTHS:
            self.page.set_viewport_size(SCREENS[width])
            found = inspection.structure(self.page, None) + inspection.small_targets(self.page, self.least)
            found += inspection.accessibility(self.page) if self.script else []
            problems += [f"{width}: {problem}" for problem in found]
        if was:
            self.page.set_viewport_size(was)
        problems += self.ears.problems()
        assert not problems, (self.page.url, problems)


def looked(context: BrowserContext, portal: Running, *, least: int = CITIZENS, script: bool = True) -> Looked:
    """A new page of the window, listened to from the beginning. `script`: whether the window runs any."""
    page, ears = context.new_page(), Ears((portal.origin, portal.sandbox))
    ears.listen(page)
    return Looked(Hand(page), ears, least, script)
