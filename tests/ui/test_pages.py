"""Home, life events, help and the statements: public, quick, without dead ends."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from portal.ui.life_events import LIFE_EVENTS
from tests.ui.html import Page

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/tro-giup/", "/kha-nang-tiep-can/", "/du-lieu-ca-nhan/", "/hien-thi/"]
PUBLIC += [f"/su-kien/{event.slug}/" for event in LIFE_EVENTS]
BOTH = [*PUBLIC, *(f"/en{address}" for address in PUBLIC)]


@pytest.mark.parametrize("address", BOTH)
def test_a_page_has_one_heading_one_main_and_a_language(client: Client, address: str) -> None:
    page = Page(client.get(address).content)
    assert len(page.all("h1")) == 1
    assert page.one("main").attributes["id"] == "noi-dung"
    assert page.one("html").attributes["lang"] == ("en" if address.startswith("/en") else "vi")
    assert page.one("a", css="govuk-skip-link", href="#noi-dung")


@pytest.mark.parametrize("address", BOTH)
def test_no_link_is_dead(client: Client, address: str) -> None:
    page = Page(client.get(address).content)
    links = {link.attributes["href"] for link in page.all("a")}
    forms = {form.attributes["action"] for form in page.all("form") if form.attributes.get("method") != "post"}
    ids = {element.attributes.get("id") for element in page.elements}
    for href in links | forms:
        if href.startswith("#"):
            assert href[1:] in ids
        elif not href.startswith(("tel:", "https://dichvucong.gov.vn/")):
            assert client.get(href).status_code in {200, 302}, href


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_read_no_table(client: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    frame = ("savepoint", "release savepoint", "select set_config")  # the transaction and its scope
    assert [query["sql"] for query in asked if not query["sql"].lower().startswith(frame)] == []


def test_titles_are_unique(client: Client) -> None:
    titles = [Page(client.get(address).content).title for address in PUBLIC]
    assert len(set(titles)) == len(titles)


def test_the_language_links_keep_the_page(client: Client) -> None:
    page = Page(client.get("/tro-giup/?a=1").content)
    english = page.one("a", hreflang="en")
    assert english.attributes["href"] == "/en/tro-giup/?a=1"
    assert english.attributes["lang"] == "en"
    assert page.one("span", lang="vi", aria_current="true").text == "Tiếng Việt"


@pytest.mark.parametrize(
    ("address", "language", "other"),
    [
        ("/khong-co/", "en", "/en/khong-co/"),
        ("/en/khong-co/", "vi", "/khong-co/"),
        ("/en//khong-co/", "vi", "/khong-co/"),
        ("/don-vi/987654321/", "en", "/en/don-vi/987654321/"),
        ("/api/v1/tai-lieu", "en", "/api/v1/tai-lieu?lang=en"),
        ("/api/v1/tai-lieu?lang=en", "vi", "/api/v1/tai-lieu?lang=vi"),
    ],
)
def test_the_language_links_change_the_language_everywhere(
    client: Client, address: str, language: str, other: str
) -> None:
    link = Page(client.get(address).content).one("a", hreflang=language)
    assert link.attributes["href"] == other
    assert Page(client.get(other).content).one("html").attributes["lang"] == language


def test_home_offers_six_events_of_life(client: Client) -> None:
    page = Page(client.get("/").content)
    assert [link.text for link in page.all("a", css="app-door__link")] == [str(event.title) for event in LIFE_EVENTS]


def test_an_unknown_event_is_404(client: Client) -> None:
    assert client.get("/su-kien/khong-co/").status_code == 404


def test_help_stands_first_in_the_footer_of_every_page(client: Client) -> None:
    for address in PUBLIC:
        links = [a for a in Page(client.get(address).content).all("a") if a.attributes["href"] == "/tro-giup/"]
        assert links[-1].text == f"Trợ giúp – gọi {settings.HELP_PHONE}"


@override_settings(PORTAL_PLACE="tỉnh Lào Cai", PORTAL_OWNER="Ủy ban nhân dân tỉnh Lào Cai", PORTAL_THEME="highland")
def test_a_province_has_its_name_and_its_colours(client: Client) -> None:
    page = Page(client.get("/tro-giup/").content)
    assert page.title == "Trợ giúp – Một Cửa tỉnh Lào Cai"
    assert page.one("body").has("app-theme-highland")
    assert "Ủy ban nhân dân tỉnh Lào Cai" in page.one("footer").text


def test_the_page_is_the_same_without_scripts(client: Client) -> None:
    page = Page(client.get("/").content)
    scripts = [script.attributes for script in page.all("script")]
    assert scripts[0] == {"src": "/static/js/head.js"}
    assert all(script.get("type") == "module" for script in scripts[1:])
