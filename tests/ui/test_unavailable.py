"""Without its database the portal says that it is away; without broker and cache it goes on."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal.settings import base
from tests.ui.html import Page

VIEW = "portal.ui.views.pages.render"
HEADING = "Hệ thống tạm thời gián đoạn"


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def database_away(real_db: str) -> Iterator[None]:
    """Nobody listens where the portal looks for its database."""
    known = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    yield
    connection.settings_dict["HOST"] = known


def assert_page_says_so(response: Any) -> None:
    page = Page(response.content)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "120")
    assert page.one("h1").text == HEADING
    assert response.headers["X-Request-ID"][:12] in page.one("main").text
    assert "no-store" in response.headers["Cache-Control"]
    assert "Traceback" not in response.content.decode()


def assert_problem_says_so(response: Any) -> None:
    assert (response.status_code, response.headers["Retry-After"]) == (503, "120")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["type"].endswith("#unavailable")
    assert response.json()["reference"] == response.headers["X-Request-ID"][:12]


@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("cookie", ["", "x" * 32])
def test_a_refused_database_is_503(visitor: Client, settings: Any, debug: bool, cookie: str) -> None:
    settings.DEBUG = debug
    if cookie:  # the session is looked for before the view, by another layer
        visitor.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert_page_says_so(visitor.get("/don-vi/"))
    assert_page_says_so(visitor.post("/hien-thi/", {"text_size": "larger"}))
    assert_problem_says_so(visitor.get("/api/v1/units"))


def kill(superuser: psycopg.Connection[Any]) -> None:
    """The server ends the connection of the page that is being made."""
    superuser.execute("select pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("moment", ["in the view", "at the end of the view", "before the commit"])
def test_a_database_that_goes_in_mid_request_is_503_and_the_next_request_works(
    visitor: Client, settings: Any, superuser: psycopg.Connection[Any], debug: bool, moment: str
) -> None:
    settings.DEBUG = debug

    def view(*_arguments: object, **_context: object) -> HttpResponse:
        kill(superuser)
        if moment == "in the view":
            connection.cursor().execute("select 1")
        return HttpResponse("done")

    def last_thing(_layer: object, _request: object, response: HttpResponse) -> HttpResponse:
        kill(superuser)
        return response

    with pytest.MonkeyPatch.context() as patch:
        if moment == "before the commit":
            patch.setattr(MessageMiddleware, "process_response", last_thing)
        else:
            patch.setattr(VIEW, view)
        assert_page_says_so(visitor.get("/tro-giup/"))
    assert visitor.get("/tro-giup/").status_code == 200


@pytest.mark.django_db
def test_a_mistake_of_ours_stays_a_mistake(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def view(*_arguments: object, **_context: object) -> HttpResponse:
        connection.cursor().execute("select 1 / 0")
        raise AssertionError

    monkeypatch.setattr(VIEW, view)
    assert visitor.get("/tro-giup/").status_code == 500


@pytest.fixture
def broker_away(settings: Any) -> None:
    """The demo's broker is its cache too; nobody listens at this address."""
    nowhere = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": base.CACHES["default"] | {"LOCATION": nowhere}}
    settings.CELERY_BROKER_URL = nowhere
    settings.API_RATE_ANONYMOUS = "600/min"


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_away")
@pytest.mark.parametrize(
    "path", ["/", "/don-vi/", "/dang-nhap/", "/tro-giup/", "/he-thong/niem-phong/", "/api/v1/units"]
)
def test_without_the_broker_pages_and_the_api_go_on(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("broker_away")
def test_passwords_are_not_tried_while_nobody_counts_the_attempts(visitor: Client) -> None:
    address = reverse("account_login")
    assert visitor.get(address).status_code == 200
    assert_page_says_so(visitor.post(address, {"login": "quan-tri", "password": "x" * 12}))
