"""Programs sign in: a secret against a token of minutes, which opens what it names and no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from portal.accounts.models import AccessToken, ApiClient
from portal.accounts.operations import clear_tokens, close_client, suspend_client
from portal.events.models import Event
from portal.isolation import EMPTY, Purpose, scope
from portal.isolation.scopes import Scope
from staff.scopes import scope_of
from tests.accounts.programs import (
    MAKE,
    SHOW,
    TOKEN,
    ask,
    bearer,
    decide,
    make_client,
    province_wide,
    secret_of,
    token_of,
)
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.urls("tests.api.urls")
FORM = "application/x-www-form-urlencoded"


def make_mark(headers: dict[str, str], name: str = "a", key: str = "k", client: Client | None = None) -> Any:
    headers = headers | {"Idempotency-Key": key}
    return (client or Client()).post("/api/v1/marks", {"name": name}, "application/json", headers=headers)


def told(name: str) -> list[Event]:
    with scope(purpose=Purpose.VERIFY):
        return list(Event.objects.filter(name=name).order_by("id"))


@pytest.fixture
def program(people: Cast) -> ApiClient:
    return make_client(people)


def test_gives_a_token_for_a_secret(program: ApiClient, people: Cast) -> None:
    response = ask(program, secret_of(program, people))
    body = response.json()
    assert (response.status_code, body["token_type"], body["scope"]) == (200, "Bearer", MAKE)
    assert 0 < body["expires_in"] <= 3600
    assert response["Cache-Control"] == "no-store"
    [event] = told("accounts.token.issued")
    assert event.actor == program.user.event_actor
    assert body["access_token"] not in str(vars(event))
    assert not AccessToken.objects.filter(digest=body["access_token"]).exists()


def test_takes_the_secret_from_the_body_too(program: ApiClient, people: Cast) -> None:
    form = {"grant_type": "client_credentials", "client_id": program.client_id}
    form["client_secret"] = secret_of(program, people)
    body = "&".join(f"{name}={value}" for name, value in form.items())
    assert Client().post(TOKEN, body, FORM).status_code == 200
    assert Client().post(TOKEN, body, FORM, headers={"Authorization": "Basic eDp5"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("", 400, "invalid_request"),
        ("scope=x", 400, "invalid_request"),
        ("grant_type=password", 400, "unsupported_grant_type"),
        ("grant_type=authorization_code", 400, "unsupported_grant_type"),
        ("grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request"),
        ("grant_type=client_credentials", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=x&client_secret=y", 401, "invalid_client"),
        ("grant_type=client_credentials&client_id=%00&client_secret=y", 400, "invalid_request"),
    ],
)
@pytest.mark.django_db
def test_refuses_in_the_words_of_oauth_inside_a_problem(body: str, status: int, error: str) -> None:
    response = Client().post(TOKEN, body, FORM)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response["Content-Type"] == "application/problem+json"
    assert ("WWW-Authenticate" in response) == (status == 401)


def test_a_wrong_secret_leaves_a_trace(program: ApiClient) -> None:
    assert ask(program, "wrong").status_code == 401
    [event] = told("accounts.sign_in.refused")
    assert event.facts == {"method": "client", "reason": "client"}


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic eDp5", "Digest x", "Basic //8=", "Bearer x"])
def test_refuses_odd_headers(program: ApiClient, header: str) -> None:
    headers = {"Authorization": header}
    assert Client().post(TOKEN, "grant_type=client_credentials", FORM, headers=headers).status_code == 401


def test_narrows_a_token_to_what_was_asked_for(people: Cast) -> None:
    program = make_client(people, grants=province_wide(people))
    token = token_of(program, people, scope=SHOW)
    assert make_mark(bearer(token)).status_code == 403
    assert make_mark(bearer(token_of(program, people, scope=f"{SHOW}+{MAKE}"))).status_code == 201


def test_refuses_what_was_not_granted(program: ApiClient, people: Cast) -> None:
    response = ask(program, secret_of(program, people), scope=SHOW)
    assert (response.status_code, response.json()["error"]) == (400, "invalid_scope")


def test_writes_as_its_own_user(program: ApiClient, people: Cast) -> None:
    token = token_of(program, people)
    assert make_mark(bearer(token)).status_code == 201
    assert make_mark(bearer(token))["Idempotency-Replayed"] == "true"
    [event] = told("tests.mark.made")
    assert event.actor == program.user.event_actor


def test_a_token_goes_before_a_session_that_came_along(program: ApiClient, people: Cast) -> None:
    browser = sign_in(Client(), people.desk_officer.user)
    assert make_mark(bearer(token_of(program, people)), client=browser).status_code == 201
    assert told("tests.mark.made")[0].actor == program.user.event_actor
    assert make_mark(bearer("wrong"), key="k2", client=browser).status_code == 401


def test_addresses_that_name_no_capability_are_closed_to_programs(program: ApiClient, people: Cast) -> None:
    headers = bearer(token_of(program, people))
    assert Client().get("/api/v1/mine", headers=headers).status_code == 403
    assert Client().get("/api/v1/steady", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "token", ["", "x", "é" * 20, "x" * 10_000, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "a b", "\t"]
)
def test_refuses_what_is_no_token_of_ours(program: ApiClient, token: str) -> None:
    response = make_mark(bearer(token))
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends_by_itself(program: ApiClient, people: Cast) -> None:
    token = token_of(program, people)
    AccessToken.objects.update(expires_at=timezone.now())
    assert make_mark(bearer(token)).status_code == 401


@pytest.mark.parametrize("deed", [suspend_client, close_client])
def test_a_token_ends_with_its_client(program: ApiClient, people: Cast, deed: Any) -> None:
    token, secret = token_of(program, people), secret_of(program, people)
    decide(deed, program, people)
    assert make_mark(bearer(token)).status_code == 401
    assert ask(program, secret).status_code == 401


def test_nobody_comes_in_before_the_first_day(people: Cast) -> None:
    program = make_client(people, first_day=timezone.localdate() + timedelta(days=1))
    assert ask(program, secret_of(program, people)).status_code == 401


def test_gives_a_token_back(program: ApiClient, people: Cast) -> None:
    secret = secret_of(program, people)
    token = ask(program, secret).json()["access_token"]
    body = f"token={token}&client_id={program.client_id}&client_secret={secret}"
    assert Client().post("/api/v1/oauth/revocation", body, FORM).status_code == 200
    assert make_mark(bearer(token)).status_code == 401
    assert Client().post("/api/v1/oauth/revocation", body, FORM).status_code == 200
    assert len(told("accounts.token.revoked")) == 1


def test_nobody_gives_back_the_token_of_another_program(program: ApiClient, people: Cast) -> None:
    token, other = token_of(program, people), make_client(people)
    body = f"token={token}&client_id={other.client_id}&client_secret={secret_of(other, people)}"
    assert Client().post("/api/v1/oauth/revocation", body, FORM).status_code == 200
    assert make_mark(bearer(token)).status_code == 201


def test_a_program_sees_the_rows_of_its_units_only(people: Cast) -> None:
    small = make_client(people)
    large = make_client(people, grants=province_wide(people))
    assert scope_of(small.user) == Scope(units=(people.home,), citizen=small.user.pk)
    assert set(scope_of(large.user).units) == {people.home, people.neighbour, people.province}
    large.user.narrowed_to = frozenset({SHOW})
    assert scope_of(large.user).units == (people.home,)
    decide(suspend_client, small, people)
    assert scope_of(small.user).units == EMPTY.units


def test_the_database_knows_the_programs_scope_from_the_first_statement(program: ApiClient, people: Cast) -> None:
    response = Client().get("/api/v1/scope", headers=bearer(token_of(program, people)))
    assert response.json() == {"units": str(people.home), "citizen": str(program.user.pk)}


def test_tells_a_program_what_it_may_do(people: Cast) -> None:
    program = make_client(people, grants=province_wide(people))
    told_itself = Client().get("/api/v1/client", headers=bearer(token_of(program, people))).json()
    assert told_itself["clientId"] == program.client_id
    assert told_itself["grants"] == [
        {"scope": MAKE, "unitId": people.province, "isBelow": True},
        {"scope": SHOW, "unitId": people.home, "isBelow": False},
    ]
    assert sign_in(Client(), people.desk_officer.user).get("/api/v1/client").status_code == 403


def test_counts_each_program_by_itself(people: Cast, settings: Settings) -> None:
    settings.API_RATE_PROGRAM = "2/min"
    cache.clear()
    one, other = (bearer(token_of(make_client(people), people)) for _ in range(2))
    answers = [make_mark(one, name=f"{'abc'[n]}", key=f"k{n}").status_code for n in range(3)]
    assert answers == [201, 201, 429]
    assert make_mark(other, name="z").status_code == 201


def test_counts_each_person_by_itself(people: Cast, settings: Settings) -> None:
    settings.API_RATE_PERSON = "1/min"
    cache.clear()
    hoa, chu = (sign_in(Client(), member.user) for member in (people.desk_officer, people.outsider))
    assert [hoa.get("/api/v1/mine").status_code for _ in range(2)] == [200, 429]
    assert chu.get("/api/v1/mine").status_code == 200


def test_clears_tokens_that_are_over(program: ApiClient, people: Cast) -> None:
    secret = secret_of(program, people)
    for _ in range(2):
        ask(program, secret)
    AccessToken.objects.filter(pk=AccessToken.objects.order_by("pk")[0].pk).update(expires_at=timezone.now())
    assert clear_tokens(now=timezone.now()) == 1
    assert AccessToken.objects.count() == 1
    assert told("accounts.token.cleared")[0].facts == {"rows": 1}
    assert clear_tokens(now=timezone.now()) == 0
