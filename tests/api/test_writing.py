"""Writing over REST: one effect per key, no change to a version that nobody saw, nothing taken that is not declared."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from portal.api import idempotency
from portal.api.models import IdempotencyKey
from portal.events.models import Event, Heartbeat
from portal.isolation import Purpose, scope
from tests.cast import Cast, cast, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def hoa(people: Cast) -> Client:
    return sign_in(Client(), people.desk_officer.user)


def send(client: Client, body: Any, *, key: str | None = "k1", path: str = "marks", **headers: str) -> Any:
    if key is not None:
        headers["Idempotency-Key"] = key
    return client.post(f"/api/v1/{path}", body, "application/json", headers=headers)


def edit(client: Client, body: Any, etag: str | None, **headers: str) -> Any:
    if etag is not None:
        headers["If-Match"] = etag
    return client.patch("/api/v1/marks/a", body, "application/json", headers=headers)


def problem(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(response.content)
    assert body["type"].endswith(f"#{code}")
    return body


def made() -> int:
    return Event.objects.filter(name="tests.mark.made").count()


def test_does_it_and_says_where_it_is(hoa: Client) -> None:
    response = send(hoa, {"name": "a"})
    assert (response.status_code, response.json()) == (201, {"name": "a", "tickAt": None})
    assert response["Location"] == "/api/v1/marks/a"
    assert response["ETag"] == hoa.get("/api/v1/marks/a")["ETag"]
    assert response["Cache-Control"] == "private, no-store"


def test_gives_the_first_answer_again_and_does_nothing_more(hoa: Client) -> None:
    first, second = send(hoa, {"name": "a"}), send(hoa, {"name": "a"})
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert (second["ETag"], second["Location"]) == (first["ETag"], first["Location"])
    assert (first.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")
    assert made() == 1


@pytest.mark.parametrize("path", ["marks", "marks?x=1"])
def test_refuses_the_key_for_anything_else(hoa: Client, path: str) -> None:
    send(hoa, {"name": "a"})
    response = send(hoa, {"name": "b"}, path=path)
    if path == "marks":
        problem(response, 422, "idempotency-key-reused")
    assert response.status_code in {400, 422}
    assert made() == 1


def test_refuses_the_key_at_another_address(hoa: Client) -> None:
    etag = send(hoa, {"name": "a"})["ETag"]
    problem(edit(hoa, {"name": "a"}, etag, **{"Idempotency-Key": "k1"}), 422, "idempotency-key-reused")


def test_keeps_nothing_of_a_request_that_failed(hoa: Client) -> None:
    problem(send(hoa, {"name": "A!"}), 400, "body-invalid")
    assert send(hoa, {"name": "a"}).status_code == 201
    assert made() == 1


def test_keeps_nothing_of_a_refusal_of_the_rules(hoa: Client) -> None:
    body = problem(send(hoa, {"name": "over"}), 409, "conflict")
    assert body["detail"] == "The mark is over."
    assert [(error["in"], error["code"]) for error in body["errors"]] == [("body", "mark-over")]
    with scope(purpose=Purpose.RETENTION):
        assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("key", [None, "", "x" * 256, "a b", "khóa"])
def test_needs_a_key_that_can_be_one(hoa: Client, key: str | None) -> None:
    body = problem(send(hoa, {"name": "a"}, key=key), 400, "parameter-invalid")
    assert [(error["in"], error["pointer"]) for error in body["errors"]] == [("header", "Idempotency-Key")]
    assert made() == 0


def test_two_people_may_choose_the_same_key(hoa: Client, people: Cast) -> None:
    assert send(hoa, {"name": "a"}).status_code == 201
    chu = sign_in(Client(), people.outsider.user)
    assert send(chu, {"name": "b"}).status_code == 201
    assert made() == 2


def test_forgets_after_a_day(hoa: Client) -> None:
    send(hoa, {"name": "a"})
    with scope(purpose=Purpose.RETENTION):
        IdempotencyKey.objects.update(made_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert send(hoa, {"name": "b"}).status_code == 201
    with scope(purpose=Purpose.RETENTION):
        assert IdempotencyKey.objects.count() == 1


def test_purges_what_is_older_than_a_day_and_nothing_else(hoa: Client) -> None:
    for number, hours in enumerate((23, 25, 30)):
        send(hoa, {"name": f"{'abc'[number]}"}, key=f"k{number}")
        with scope(purpose=Purpose.RETENTION):
            IdempotencyKey.objects.filter(key=f"k{number}").update(made_at=timezone.now() - timedelta(hours=hours))
    assert idempotency.purge(now=timezone.now()) == 2
    with scope(purpose=Purpose.RETENTION):
        assert [row.key for row in IdempotencyKey.objects.all()] == ["k0"]


def test_nobody_sees_what_others_were_answered(hoa: Client, people: Cast) -> None:
    send(hoa, {"name": "a"})
    with scope(citizen=people.outsider.user.pk, units=[people.neighbour]):
        assert not IdempotencyKey.objects.exists()
    with scope(citizen=people.desk_officer.user.pk):
        assert IdempotencyKey.objects.count() == 1


def test_needs_somebody(client: Client) -> None:
    response = send(client, {"name": "a"})
    problem(response, 401, "not-authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_an_officer_without_the_second_factor_is_nobody(people: Cast) -> None:
    client = Client()
    client.force_login(people.desk_officer.user, backend="portal.accounts.backends.OfficerBackend")
    problem(send(client, {"name": "a"}), 401, "not-authenticated")


def test_a_page_elsewhere_cannot_use_the_session(people: Cast) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), people.desk_officer.user)
    problem(send(client, {"name": "a"}), 403, "forbidden")
    assert client.get("/api/v1/mine").status_code == 200


def test_says_what_is_wrong_with_each_field(hoa: Client) -> None:
    body = problem(send(hoa, {"name": 7, "tickAt": "today", "colour": "red"}), 400, "body-invalid")
    assert {(error["pointer"], error["code"]) for error in body["errors"]} == {
        ("/name", "not-text"),
        ("/tickAt", "moment-malformed"),
        ("/colour", "unknown"),
    }


def test_takes_no_body_where_none_is_declared(hoa: Client) -> None:
    etag = send(hoa, {"name": "a"})["ETag"]
    path = "/api/v1/marks/a"
    refused = hoa.delete(path, {"why": "because"}, "application/json", headers={"If-Match": etag})
    problem(refused, 400, "body-invalid")
    assert hoa.delete(path, headers={"If-Match": etag}).status_code == 204
    assert not Heartbeat.objects.filter(pk="a").exists()


def test_changes_the_version_that_was_read(hoa: Client) -> None:
    etag = send(hoa, {"name": "a"})["ETag"]
    response = edit(hoa, {"tickAt": "2026-11-22T09:30:00+07:00"}, etag)
    assert response.status_code == 200
    assert response["ETag"] != etag
    assert edit(hoa, {"tickAt": None}, response["ETag"]).status_code == 200


@pytest.mark.parametrize("etag", [None, "", "*"])
def test_needs_to_know_which_version_was_read(hoa: Client, etag: str | None) -> None:
    send(hoa, {"name": "a"})
    problem(edit(hoa, {"tickAt": None}, etag), 428, "precondition-required")


def test_refuses_a_version_that_is_gone_and_says_who_and_when(hoa: Client) -> None:
    etag = send(hoa, {"name": "a"})["ETag"]
    edit(hoa, {"tickAt": "2026-11-22T09:30:00+07:00"}, etag)
    body = problem(edit(hoa, {"tickAt": None}, etag), 412, "precondition-failed")
    assert body["changedBy"] == "Lù Thị Hoa"
    assert "Lù Thị Hoa" in body["detail"]
    assert body["changedAt"].endswith("+07:00")
    assert Heartbeat.objects.get(pk="a").last_tick is not None


def test_refuses_a_weak_validator(hoa: Client) -> None:
    etag = send(hoa, {"name": "a"})["ETag"]
    problem(edit(hoa, {"tickAt": None}, f"W/{etag}"), 412, "precondition-failed")


def test_answers_a_repeated_change_with_its_first_answer_though_the_version_is_gone(hoa: Client) -> None:
    etag = send(hoa, {"name": "a"})["ETag"]
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = edit(hoa, {"tickAt": "2026-11-22T09:30:00+07:00"}, etag, **key)
    again = edit(hoa, {"tickAt": "2026-11-22T09:30:00+07:00"}, etag, **key)
    assert (again.status_code, again["ETag"]) == (200, first["ETag"])


def test_what_is_not_there_is_not_there(hoa: Client) -> None:
    problem(edit(hoa, {"tickAt": None}, '"x"'), 404, "not-found")


def test_members_answers_are_kept_by_nobody(hoa: Client) -> None:
    response = hoa.get("/api/v1/mine")
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
