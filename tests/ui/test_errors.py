"""The error pages: what happened, what was kept, what next, and a number to quote."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal.ui.errors import Step, problem_page
from portal.ui.views import errors
from tests.ui.html import Page

BROKEN = "portal.ui.views.pages.render"


def raising(problem: Exception) -> Callable[..., HttpResponse]:
    def view(*_args: object, **_kwargs: object) -> HttpResponse:
        raise problem

    return view


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("problem", "status", "heading"),
    [
        (Http404(), 404, "Không tìm thấy trang"),
        (PermissionDenied(), 403, "Ông/bà không có quyền mở trang này"),
        (SuspiciousOperation(), 400, "Hệ thống không hiểu được yêu cầu này"),
        (RuntimeError("x"), 500, "Hệ thống gặp lỗi"),
    ],
)
def test_each_failure_has_its_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, problem: Exception, status: int, heading: str
) -> None:
    monkeypatch.setattr(BROKEN, raising(problem))
    client.raise_request_exception = False
    response = client.get("/tro-giup/")
    page = Page(response.content)
    assert response.status_code == status
    assert page.one("h1").text == heading
    assert page.title == f"{heading} – Một Cửa"
    assert len(page.one("ul", css="govuk-list--bullet").text.split()) > 3
    assert response.headers["X-Request-ID"][:12] in page.one("main").text


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_404_in_both_languages(client: Client) -> None:
    assert client.get("/khong-co/").status_code == 404
    assert "There is no such page" in client.get("/en/khong-co/").content.decode()


@pytest.mark.django_db
def test_a_body_over_the_limit_is_413_and_says_what_to_do(client: Client) -> None:
    response = client.post("/hien-thi/", {"text_size": "1" * (1024 * 1024 + 1)})
    assert response.status_code == 413
    # the test client sends multipart; browsers send plain forms urlencoded
    body = "text_size=" + "1" * (1024 * 1024 + 1)
    response = client.post("/hien-thi/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert Page(response.content).one("h1").text == "Nội dung gửi lên quá lớn"


@pytest.mark.django_db
def test_too_many_fields_are_400(client: Client) -> None:
    response = client.post("/hien-thi/", {f"f{number}": "" for number in range(600)})
    assert response.status_code == 400
    assert Page(response.content).one("h1").text == "Biểu mẫu có quá nhiều mục"


@pytest.mark.django_db
def test_a_wrong_method_is_405_and_names_the_right_ones(client: Client) -> None:
    response = client.post("/tro-giup/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert Page(response.content).one("h1").text == "Địa chỉ này không dùng theo cách đó"


@pytest.mark.django_db
def test_a_forged_form_is_403_and_nothing_is_lost() -> None:
    response = Client(enforce_csrf_checks=True).post("/hien-thi/", {"text_size": "115"})
    page = Page(response.content)
    assert response.status_code == 403
    assert page.one("h1").text == "Biểu mẫu chưa được gửi"
    assert "cookie" in page.one("main").text


def test_waiting_pages_say_when_to_come_back(rf: RequestFactory) -> None:
    response = errors.too_many_requests(rf.get("/"), retry_after_seconds=90)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "90"
    assert "2 phút" in response.content.decode()
    response = errors.unavailable(rf.get("/tro-giup/"))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "120"
    assert 'href="/tro-giup/"' in response.content.decode()


class Untouchable:
    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the page asked for {name}")


def test_the_500_page_needs_no_database_and_no_session(rf: RequestFactory) -> None:
    request = rf.get("/")
    vars(request).update(session=Untouchable(), user=Untouchable())
    response = errors.server_error(request)
    assert response.status_code == 500
    assert Page(response.content).one("h1").text == "Hệ thống gặp lỗi"


def test_a_broken_error_page_still_answers(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.ui.views.errors.problem_page", raising(RuntimeError("template")))
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Nội dung vừa gửi chưa được lưu" in response.content.decode()


def test_too_many_fields_has_its_own_words(rf: RequestFactory) -> None:
    assert "quá nhiều mục" in errors.bad_request(rf.get("/"), TooManyFieldsSent()).content.decode()


def test_a_problem_page_escapes_all_it_is_told(rf: RequestFactory) -> None:
    evil = "<script>x</script>"
    request: HttpRequest = rf.get("/")
    response = problem_page(request, 409, evil, evil, [evil, Step(evil, "/a?b=<script>")])
    assert response.status_code == 409
    assert "<script>x" not in response.content.decode()
    assert "<script>" not in response.content.decode().replace("<script src", "")
