"""A language whose words are 40 % longer breaks no page: the pseudo-locale."""

import math
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests import messages
from tests.browser import inspection
from tests.browser.conftest import Open
from tests.browser.pages import PAGES, Page
from tests.browser.running import Running, beside

pytestmark = pytest.mark.browser
LONGER = 0.4
CLIPPED = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).overflowX === "hidden"
    && getComputedStyle(e).textOverflow !== "ellipsis" && !e.closest(".govuk-visually-hidden"))
  .map((e) => `${e.tagName.toLowerCase()}.${e.className} ${(e.innerText || "").slice(0, 40)}`)"""


def lengthened(text: str) -> str:
    """The text with 40 % more letters after it, in words as long as Vietnamese has none."""
    more = math.ceil(len(messages.PLACEHOLDER.sub("", text)) * LONGER)
    return f"{text.rstrip()} {'nghiêngngả '[:10] * (more // 10)}{'nghiêngngả'[: more % 10]}".rstrip()


@pytest.fixture(scope="module")
def long_portal(portal: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("long-words")
    catalogue = Catalog(locale="vi")
    for path in messages.catalogues("vi"):
        for entry in messages.entries(path):
            one, plural, context = entry.message.text, entry.message.plural, entry.message.context
            longer = tuple(lengthened(text) for text in entry.translations)
            identity = (one, plural) if plural else one
            catalogue.add(identity, longer if plural else longer[0], context=context or None)
    target = folder / "locale" / "vi" / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    with beside(portal, folder, EXTRA_LOCALE_PATH=str(folder / "locale")) as running:
        yield running


@pytest.mark.parametrize("page", [page for page in PAGES if not page.act], ids=str)
def test_page_holds_longer_words(page: Page, long_portal: Running, shared: Open) -> None:
    window = shared(page.person, width=320).new_page()
    window.goto(long_portal.origin + page.address(long_portal))
    problems = inspection.structure(window, None) + window.evaluate(CLIPPED)
    said = window.locator("body").inner_text()
    window.close()
    assert not problems
    assert "nghiêng" in said or page.note == "english"


def test_longer_words_are_forty_percent_longer() -> None:
    for text in ("Trang chủ", "Đơn vị hành chính", "%(count)s đơn vị"):
        bare = messages.PLACEHOLDER.sub("", text)
        assert len(messages.PLACEHOLDER.sub("", lengthened(text))) >= len(bare) * (1 + LONGER)
