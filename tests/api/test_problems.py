"""Whatever goes wrong under /api/ is answered with problem details."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.api.problems import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]

REFUSALS = {
    "unknown address": ("GET", "/api/v1/nowhere", {}, 404, "not-found"),
    "slash at the end": ("GET", "/api/v1/steady/", {}, 404, "not-found"),
    "root": ("GET", "/api", {}, 404, "not-found"),
    "line feed in the path": ("GET", "/api/v1/a%0Ab", {}, 404, "not-found"),
    "unknown address for HTML": ("GET", "/api/v1/nowhere", {"HTTP_ACCEPT": "text/html"}, 404, "not-found"),
    "wrong method": ("DELETE", "/api/v1/steady", {}, 405, "method-not-allowed"),
    "options": ("OPTIONS", "/api/v1/steady", {}, 405, "method-not-allowed"),
    "unheard-of method": ("BREW", "/api/v1/steady", {}, 405, "method-not-allowed"),
    "html wanted": ("GET", "/api/v1/steady", {"HTTP_ACCEPT": "text/html"}, 406, "not-acceptable"),
    "no sign-in": ("GET", "/api/v1/closed", {}, 401, "not-authenticated"),
    "form body": (
        "POST", "/api/v1/desk", {"data": "name=a", "content_type": "application/x-www-form-urlencoded"},
        415, "unsupported-media-type",
    ),
    "broken json": ("POST", "/api/v1/desk", {"data": "{", "content_type": "application/json"}, 400, "body-malformed"),
    "not a number": (
        "POST", "/api/v1/desk", {"data": "NaN", "content_type": "application/json"}, 400, "body-malformed",
    ),
    "bytes": (
        "POST", "/api/v1/desk", {"data": b"\xff\xfe", "content_type": "application/json"}, 400, "body-malformed",
    ),
    "too large": (
        "POST", "/api/v1/desk", {"data": b"[" * 1_100_000, "content_type": "application/json"},
        413, "content-too-large",
    ),
    "deep nesting": (
        "POST", "/api/v1/desk", {"data": b"[" * 500_000, "content_type": "application/json"}, 400, "body-malformed",
    ),
    "unknown parameter": ("GET", "/api/v1/steady?colour=red", {}, 400, "parameter-invalid"),
    "format override": ("GET", "/api/v1/steady?format=api", {}, 400, "parameter-invalid"),
    "wrong host": ("GET", "/api/v1/steady", {"HTTP_HOST": "evil.example"}, 400, "bad-request"),
    "our mistake": ("GET", "/api/v1/broken", {}, 500, "server-error"),
}  # fmt: skip


@pytest.fixture
def calm_client() -> Client:
    """Answers a server error as a browser would see it."""
    return Client(raise_request_exception=False)


def problem(response: HttpResponse) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(response.content)
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert body["status"] == response.status_code
    return body


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=list(REFUSALS))
def test_answers_with_problem_details(calm_client: Client, refusal: tuple[str, str, dict[str, Any], int, str]) -> None:
    method, path, extra, status, code = refusal
    response = calm_client.generic(method, path, **extra)
    body = problem(response)
    assert response.status_code == status
    assert body["type"].endswith(f"#{code}")
    assert "API-Version" not in response


def test_names_each_fault_of_a_body_by_json_pointer(client: Client) -> None:
    response = client.post("/api/v1/desk", {"papers": [{"number": "1"}, {"number": "123456"}]}, "application/json")
    errors = problem(response)["errors"]
    assert {(error["pointer"], error["code"]) for error in errors} == {
        ("/name", "required"),
        ("/papers/1/number", "max-length"),
    }
    assert all(error["in"] == "body" for error in errors)


def test_names_every_wrong_parameter_at_once(client: Client) -> None:
    errors = problem(client.get("/api/v1/steady?a=1&b=2"))["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [("a", "unknown"), ("b", "unknown")]


def test_keeps_the_methods_that_exist(client: Client) -> None:
    assert client.post("/api/v1/steady")["Allow"] == "GET, HEAD"


def test_tells_nothing_of_what_broke_inside(calm_client: Client) -> None:
    assert b"secret" not in calm_client.get("/api/v1/broken").content


def test_leaves_what_was_typed_out_of_the_instance(client: Client) -> None:
    assert problem(client.get("/api/v1/steady?q=Nguyen+Van+A"))["instance"] == "/api/v1/steady"


@pytest.mark.parametrize(
    ("asked", "language"), [("en", "en"), ("vi", "vi"), ("fr, en;q=0.5", "en"), ("", "vi"), ("*", "vi")]
)
def test_speaks_the_language_asked_for(client: Client, asked: str, language: str) -> None:
    response = client.get("/api/v1/nowhere", HTTP_ACCEPT_LANGUAGE=asked)
    title = {"en": "There is nothing here", "vi": "Không có gì ở địa chỉ này"}[language]
    assert problem(response)["title"] == title
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]


def test_does_not_let_a_cookie_choose_the_language(client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert client.get("/api/v1/nowhere")["Content-Language"] == "vi"


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.code)
def test_says_what_to_do_next(kind: Kind) -> None:
    assert str(kind.detail).endswith(".")
    assert kind.uri.endswith(f"/api/v1/tai-lieu#{kind.code}")


def test_no_two_kinds_share_a_name() -> None:
    assert len({kind.code for kind in Kind}) == len(Kind)
