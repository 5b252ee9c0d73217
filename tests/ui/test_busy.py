"""What another transaction holds for too long: told within a second, with nothing lost, and done the next time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.decorators.debug import sensitive_post_parameters

from portal.api.refusals import exception_handler
from portal.events import ANONYMOUS, record
from portal.isolation import Purpose, scope, waiting_at_most
from portal.ui.display import Density, TextSize
from portal.ui.errors import resend
from portal.ui.views import display
from tests.events.tables import NOW
from tests.ui.html import Page

VIEW = "portal.ui.views.pages.render"
LOCK, HOLD = "select pg_advisory_xact_lock(42)", "select pg_advisory_lock(42)"


@pytest.fixture
def visitor(settings: Any) -> Client:
    settings.LONGEST_WAIT = timedelta(milliseconds=60)
    return Client(raise_request_exception=False)


@pytest.fixture
def held(superuser: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """It holds a lock of its own, and the end of the chain of what concerns no unit."""
    superuser.execute(HOLD)
    superuser.execute("insert into events_chainhead values (0, 0, '\\x00') on conflict do nothing")
    superuser.execute("begin")
    superuser.execute("select from events_chainhead where unit_id = 0 for update")
    return superuser


def take(purpose: Purpose = Purpose.SIGN_IN) -> None:
    with scope(purpose=purpose), connection.cursor() as cursor:
        cursor.execute(LOCK)


def view(*_arguments: object, **_context: object) -> HttpResponse:
    take()
    return HttpResponse("done")


def telling(*_arguments: object, **_context: object) -> HttpResponse:
    """Its event is chained at the commit, behind the last one of the same unit."""
    with scope(purpose=Purpose.SIGN_IN):
        record("a.b.c", subject=("a.b", "1"), actor=ANONYMOUS, unit=None, at=NOW)
    return HttpResponse("done")


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("waits", [view, telling], ids=["in the view", "at the commit"])
def test_who_waits_too_long_is_told_to_try_again(
    visitor: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, debug: bool, waits: Callable[..., HttpResponse]
) -> None:
    settings.DEBUG = debug
    with monkeypatch.context() as patch:
        patch.setattr(VIEW, waits)
        response = visitor.get("/tro-giup/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert Page(response.content).one("h1").text == "Nội dung này đang được cập nhật"
    assert visitor.get("/tro-giup/").status_code == 200


def test_it_is_done_once_the_other_has_ended(
    visitor: Client, held: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VIEW, view)
    assert visitor.get("/tro-giup/").status_code == 503
    held.execute("select pg_advisory_unlock(42)")
    assert visitor.get("/tro-giup/").content == b"done"


def answers(page: Page) -> dict[str, list[str]]:
    """As a browser would send the page's form to display settings, or the busy page's form, in their order."""
    found: dict[str, list[str]] = {}
    for each in page.all("input", type="hidden"):
        found.setdefault(each.attributes["name"], []).append(each.attributes["value"])
    return found


def test_a_form_is_sent_once_more_from_the_page_that_says_so_as_it_was(
    settings: Any, held: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LONGEST_WAIT = timedelta(milliseconds=60)
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    real = display.remember
    monkeypatch.setattr(display, "remember", lambda *given: take() or real(*given))
    token = answers(Page(visitor.get("/hien-thi/").content))["csrfmiddlewaretoken"]
    typed = {
        "text_size": [TextSize.LARGE],
        "density": [Density.NORMAL],
        "next": ["/tro-giup/"],
        "notes": ['Ấp "1" <b>', "a\r\nb"],
    }
    refused = visitor.post("/hien-thi/?tu=1", {**typed, "csrfmiddlewaretoken": token})
    assert refused.status_code == 503
    page = Page(refused.content)
    kept = answers(page)
    assert {name: kept[name] for name in typed} == typed
    assert len(kept.pop("csrfmiddlewaretoken")) == 1
    form = next(each for each in page.all("form") if each.attributes.get("action", "").startswith("/hien-thi/"))
    assert (form.attributes["action"], form.attributes["method"]) == ("/hien-thi/?tu=1", "post")
    held.execute("select pg_advisory_unlock(42)")
    done = visitor.post(form.attributes["action"], answers(page))
    assert (done.status_code, done.headers["Location"]) == (302, "/tro-giup/")


@pytest.mark.parametrize(
    "sent",
    [
        RequestFactory().get("/x/"),
        RequestFactory().post("/x/", {"a": "1"}),
        RequestFactory().post("/x/", {"csrfmiddlewaretoken": "t", "file": SimpleUploadedFile("a.pdf", b"%PDF-")}),
        RequestFactory().post("/x/", {"a": 1}, content_type="application/json"),
    ],
    ids=["nothing", "no form of ours", "a file", "JSON"],
)
def test_what_a_page_cannot_hold_is_not_half_kept(sent: HttpRequest) -> None:
    assert resend(sent) is None


def test_a_password_is_written_into_no_page() -> None:
    request = RequestFactory().post("/x/", {"csrfmiddlewaretoken": "t", "password1": "secret"})
    assert resend(request) is not None
    seen = sensitive_post_parameters("password1")(lambda request: HttpResponse())
    seen(request)
    assert resend(request) is None


@pytest.mark.usefixtures("held")
def test_over_rest_it_is_a_problem_of_its_own(visitor: Client) -> None:
    with pytest.raises(OperationalError) as caught, waiting_at_most(timedelta(milliseconds=60)), transaction.atomic():
        take()
    with transaction.atomic():
        response = exception_handler(caught.value, {"request": RequestFactory().get("/api/v1/units")})
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    assert b"#busy" in response.content


@pytest.mark.django_db
def test_an_act_and_a_worker_wait_as_long_as_they_must() -> None:
    def timeout() -> str:
        with connection.cursor() as cursor:
            cursor.execute("show lock_timeout")
            return str(cursor.fetchone()[0])

    with scope(purpose=Purpose.DEMO):
        assert timeout() == "0"
    with waiting_at_most(timedelta(milliseconds=800)), scope(units=[1]):
        assert timeout() == "800ms"
        with scope(purpose=Purpose.REORGANISATION):
            assert timeout() == "0"
        assert timeout() == "800ms"
