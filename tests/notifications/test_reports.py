"""A carrier's program says that a message came back: only for units of its own, and only of what it had taken."""

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.accounts.models.clients import Reach
from portal.accounts.operations import GrantRow
from portal.notifications.policies import Capability
from portal.notifications.queries import is_bad
from tests.accounts.programs import bearer, make_client, token_of
from tests.cast import Cast, cast
from tests.notifications.news import NOON, again, person, prefer, tell, work
from tests.services.api.talking import Rest


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def report(people: Cast, body: dict[str, Any], *, unit: int) -> HttpResponse:
    client = make_client(people, grants=[GrantRow(Capability.REPORT.value, unit, Reach.BELOW)])
    headers = bearer(token_of(client, people)) | {"Idempotency-Key": str(uuid.uuid4())}
    found: HttpResponse = Client().post(  # type: ignore[assignment]  # Django's
        "/api/v1/notification-reports", json.dumps(body), "application/json", headers=headers
    )
    return found


def sent(people: Cast, monkeypatch: Any) -> Any:
    user = person()
    prefer(user, channels=["email"], email="do@example.vn")
    [row] = tell(user, unit=people.home)
    work(monkeypatch, NOON)
    return row


def test_it_is_failed_and_its_address_used_no_more(people: Cast, monkeypatch: Any) -> None:
    row = sent(people, monkeypatch)
    body = {"id": str(row.pk), "reason": "bad_address"}
    assert report(people, body, unit=people.home).json() == body | {"state": "failed"}
    assert (again(row).state, is_bad("email", "do@example.vn")) == ("failed", True)
    assert report(people, body, unit=people.home).status_code == 409


def test_another_unit_s_carrier_learns_nothing(people: Cast, monkeypatch: Any) -> None:
    row = sent(people, monkeypatch)
    for key in (row.pk, uuid.uuid4()):
        answer = report(people, {"id": str(key), "reason": "bad_address"}, unit=people.neighbour)
        assert answer.status_code == 404
    assert again(row).state == "sent"


def test_no_person_reports(people: Cast) -> None:
    answer = Rest(person()).send("notification-reports", {"id": str(uuid.uuid4()), "reason": "bad_address"})
    assert answer.status_code == 404
