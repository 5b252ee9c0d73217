"""An API client of the commune An, as its province's administrator makes it."""

import base64
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.accounts import machines
from portal.accounts.models import ApiClient
from portal.accounts.models.clients import Reach
from portal.accounts.operations import GrantRow, create_client, give_client_secret
from portal.isolation import Scope, scope
from tests.cast import Cast

MAKE, SHOW = "tests.mark.make", "tests.mark.show"
TOKEN = "/api/v1/oauth/token"


def open_marks() -> None:
    machines.open_to_programs({MAKE: "make marks", SHOW: "see marks"})


def make_client(people: Cast, *, grants: list[GrantRow] | None = None, **changed: Any) -> ApiClient:
    open_marks()
    today = timezone.localdate()
    values: dict[str, Any] = {
        "name": "Trục liên thông",
        "owner_unit_id": people.home,
        "grants": [GrantRow(MAKE, people.home)] if grants is None else grants,
        "first_day": today,
        "until": today + timedelta(days=365),
        "actor": people.administrator.user,
        "now": timezone.now(),
    }
    with at_the_provinces_desk(people):
        return create_client(**values | changed)


def at_the_provinces_desk(people: Cast) -> AbstractContextManager[Scope]:
    """What the province's administrator may see, as a request of theirs opens it."""
    return scope(units=[people.province, people.home, people.neighbour])


def province_wide(people: Cast) -> list[GrantRow]:
    return [GrantRow(MAKE, people.province, Reach.BELOW), GrantRow(SHOW, people.home)]


def secret_of(client: ApiClient, people: Cast, **options: Any) -> str:
    with at_the_provinces_desk(people):
        return give_client_secret(client=client, actor=people.administrator.user, now=timezone.now(), **options)


def decide(deed: Any, client: ApiClient, people: Cast) -> ApiClient:
    """Suspend, resume or close it."""
    with at_the_provinces_desk(people):
        done: ApiClient = deed(client=client, reason="thử", actor=people.administrator.user, now=timezone.now())
    return done


def basic(client_id: str, secret: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{client_id}:{secret}'.encode()).decode()}"}


def ask(client: ApiClient, secret: str, **form: str) -> Any:
    form = {"grant_type": "client_credentials"} | form
    body = "&".join(f"{name}={value}" for name, value in form.items())
    headers = basic(client.client_id, secret)
    return Client().post(TOKEN, body, "application/x-www-form-urlencoded", headers=headers)


def token_of(client: ApiClient, people: Cast, **form: str) -> str:
    response = ask(client, secret_of(client, people), **form)
    assert response.status_code == 200, response.content
    return str(response.json()["access_token"])


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
