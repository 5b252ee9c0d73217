"""What a browser may do with a page, and what caches may keep."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.ui.html import Page

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/su-kien/sinh-con/",
    "/tro-giup/",
    "/kha-nang-tiep-can/",
    "/du-lieu-ca-nhan/",
    "/hien-thi/",
    "/khong-co/",
]
PAGES += ["/en/", "/en/tro-giup/"]


def policy(client: Client, address: str) -> dict[str, list[str]]:
    header = client.get(address).headers["Content-Security-Policy"]
    return {words[0]: words[1:] for words in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_allows_our_own_files_and_nothing_else(client: Client, address: str) -> None:
    found = policy(client, address)
    own = ["script-src", "style-src", "font-src", "img-src", "media-src", "connect-src", "manifest-src", "worker-src"]
    assert {name: found.pop(name) for name in own} == {name: ["'self'"] for name in own}
    assert found.pop("form-action")[0] == "'self'"
    assert found == {name: ["'none'"] for name in ("default-src", "frame-ancestors", "base-uri")}


def test_forms_may_lead_to_the_sign_in_provider() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["form-action"] == ["'self'", *filter(None, [settings.SIGN_IN_PROVIDER_ORIGIN])]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(client: Client, address: str) -> None:
    page = Page(client.get(address).content)
    for element in page.elements:
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]
        assert element.tag != "style"
        if element.tag == "script":
            assert element.attributes["src"].startswith("/static/")
            assert not element.text.strip()
        if element.tag == "link" and element.attributes["rel"] != "alternate":
            assert element.attributes["href"].startswith("/static/")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_carries_the_protecting_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert {"Cookie", "Save-Data"} <= {word.strip() for word in headers["Vary"].split(",")}


def test_production_asks_for_https_for_a_year(client: Client) -> None:
    header = client.get("/tro-giup/", secure=True).headers["Strict-Transport-Security"]
    assert header == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("address", ["/", "/tro-giup/", "/su-kien/sinh-con/", "/en/"])
def test_a_public_page_may_be_kept_by_caches_and_sets_no_cookie(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


def test_the_same_page_of_somebody_with_a_session_is_never_stored(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get("/").headers["Cache-Control"] == "private, no-store"


def test_a_page_with_a_form_is_asked_for_again(client: Client) -> None:
    assert client.get("/hien-thi/").headers["Cache-Control"] == "no-cache"


def test_an_error_page_is_never_stored(client: Client) -> None:
    assert client.get("/khong-co/").headers["Cache-Control"] == "no-store"


@override_settings(PORTAL_PLACE="<script>x</script>", PORTAL_OWNER="<script>y</script>", PORTAL_THEME="unknown")
def test_names_from_the_settings_are_text_and_an_unknown_theme_is_the_default(client: Client) -> None:
    source = client.get("/").content.decode()
    assert "<script>x" not in source
    assert "<script>y" not in source
    assert "app-theme" not in source
