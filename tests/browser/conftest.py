"""Fixtures of the browser tests: one running portal, one Chromium, and people who have signed in."""

import os
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.browser import people, running
from tests.browser.chromium import launch
from tests.browser.demo import make_database
from tests.browser.looking import Plain
from tests.browser.running import Running, portal_running

NAME = f"mc_test_{databases.RUN}_{databases.WORKER}_browser"
MOST_PAGES, MOST_WORDS = 6, 800  # that a failed test tells of
BRIEFLY = 2000.0  # milliseconds; a page that hangs tells nothing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test keeps what stood on its pages in the report that bin/test tells from."""
    report = yield
    chromium = getattr(item, "funcargs", {}).get("chromium")
    if call.when == "call" and report.failed and chromium:
        pages = [page for context in chromium.contexts for page in context.pages][-MOST_PAGES:]
        for page in pages:
            with suppress(PlaywrightError):
                words = " ".join(page.locator("body, main").last.inner_text(timeout=BRIEFLY).split())
                item.user_properties.append(("page", f"[{page.url}] {words[:MOST_WORDS]}"))
    return report


@pytest.fixture(scope="session")
def portal(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """The running portal. Every test of the run shares it, so tests leave nothing behind that others could meet."""
    with django_db_blocker.unblock():
        make_database(NAME)
    with portal_running(NAME, tmp_path_factory.mktemp("portal")) as running:
        yield running
    databases.drop(NAME)


@pytest.fixture(scope="session")
def at_work(portal: Running) -> Iterator[None]:
    """Worker and relay, which do what pages order. Their broker is a database of this process alone."""
    worker = databases.WORKER.removeprefix("gw")
    number = int(worker) if worker.isdecimal() else 0
    with running.at_work(portal, urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{8 + number % 8}").geturl()):
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


Open = Callable[..., BrowserContext]


@pytest.fixture
def visitor(chromium: Browser, portal: Running) -> Iterator[Open]:
    """visitor(person, width=360, java_script=True) opens a browser window; it is closed after the test."""
    opened: list[BrowserContext] = []

    def visit(person: people.Person | None = None, **options: Any) -> BrowserContext:
        opened.append(people.window(chromium, portal, person, **options))
        return opened[-1]

    yield visit
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def shared(chromium: Browser, portal: Running) -> Iterator[Open]:
    """As `visitor`, but the same answer to the same question: for pages that are only looked at, with a warm cache."""
    opened: dict[Hashable, BrowserContext] = {}

    def visit(person: people.Person | None = None, **options: Any) -> BrowserContext:
        key = (person, *sorted(options.items()))
        if key not in opened:
            opened[key] = people.window(chromium, portal, person, **options)
        return opened[key]

    yield visit
    for context in opened.values():
        context.close()


@pytest.fixture(scope="session")
def plain(portal: Running, shared: Open) -> Plain:
    return Plain(portal, shared)
