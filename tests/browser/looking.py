"""Opens a page in its state and keeps what is wrong with it from the first byte on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Response
from playwright.sync_api import Page as Window

from tests.browser import inspection
from tests.browser.pages import Page
from tests.browser.running import Running


@dataclass
class Seen:
    """An open page and what is wrong with it so far."""

    window: Window
    problems: list[str]


@contextmanager
def look(context: BrowserContext, portal: Running, page: Page) -> Iterator[Seen]:
    """What the console said meanwhile is added to the problems at the end."""
    ears = inspection.Ears((portal.origin,))
    window = context.new_page()
    try:
        ears.listen(window)
        answer = bring(window, portal, page)
        seen = Seen(window, inspection.structure(window, answer, status=page.status))
        seen.problems += elsewhere(window, portal, page)
        yield seen
        seen.problems += ears.problems()
    finally:
        window.close()


def bring(window: Window, portal: Running, page: Page) -> Response | None:
    """The answer whose document is shown."""
    documents: list[Response] = []
    window.on("response", lambda answer: documents.append(answer) if _is_document(answer) else None)
    window.goto(portal.origin + page.address(portal), wait_until="load")
    if page.act:
        page.act(window)
    return documents[-1] if documents else None


def elsewhere(window: Window, portal: Running, page: Page) -> list[str]:
    """A page that leads to another, such as to signing in, would pass for that one."""
    asked, shown = (urlsplit(address).path for address in (page.goal(portal), window.url))
    return [] if asked == shown else [f"shows {shown} instead"]


def _is_document(answer: Response) -> bool:
    return answer.request.is_navigation_request() and not 300 <= answer.status < 400


@dataclass(frozen=True)
class Plainly:
    """A page as somebody without JavaScript gets it."""

    html: str
    problems: list[str]


@dataclass
class Plain:
    """Looks at each page once without JavaScript, at 320 pixels."""

    portal: Running
    window: Callable[..., BrowserContext]
    seen: dict[str, Plainly] = field(default_factory=dict)

    def look(self, page: Page) -> Plainly:
        if str(page) not in self.seen:
            self.seen[str(page)] = self._look(page)
        return self.seen[str(page)]

    def _look(self, page: Page) -> Plainly:
        window = self.window(page.person, width=320, java_script=False).new_page()
        try:
            answer = bring(window, self.portal, page)
            problems = inspection.structure(window, answer, status=page.status)
            problems += [] if window.locator("h1").is_visible() else ["no heading to be seen"]
            return Plainly(answer.text() if answer else "", problems)
        finally:
            window.close()
