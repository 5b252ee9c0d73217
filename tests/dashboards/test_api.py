"""REST: the same figures, lists and report as the pages, for the same people."""

import csv
import io
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.dashboards.models import FrozenReport
from portal.dashboards.periods import Period
from portal.dashboards.queries.opened import Published, Share, published, published_share
from tests.cast import sign_in
from tests.dashboards.test_pages import counted
from tests.services.build import Office

__all__ = ["counted"]
BASE = "/api/v1"
ADDRESSES = (
    "statistics", "statistics/dossiers", "statistics/index-reports", "statistics/petitions", "statistics/procedures",
)  # fmt: skip


def get(user: User, address: str, **query: object) -> Any:
    return sign_in(Client(), user).get(f"{BASE}/{address}", query)


def test_figures_and_their_lists(counted: Office) -> None:
    leader = counted.people.leader.user
    told = get(leader, "statistics").json()
    assert told["unitId"] == counted.people.home
    assert told["asOfAt"]
    for measure, number in (*told["period"].items(), *told["now"].items()):
        name = {"onTime": "on_time", "dueSoon": "due_soon"}.get(measure, measure)
        rows = get(leader, "statistics/dossiers", measure=name).json()["items"]
        assert len(rows) == number, measure
    lowered = get(leader, "statistics/dossiers", measure="digitised", counted="no").json()["items"]
    assert len(lowered) == told["period"]["received"] - told["period"]["digitised"]
    assert sum(line["period"]["received"] for line in told["units"]) == told["period"]["received"]


def test_pages_of_the_list(counted: Office) -> None:
    leader = counted.people.leader.user
    first = get(leader, "statistics/dossiers", measure="received", limit=3).json()
    rest = sign_in(Client(), leader).get(first["next"]).json()
    keys = [row["id"] for row in (*first["items"], *rest["items"])]
    assert len(keys) == len(set(keys)) == 4
    assert rest["next"] is None


@pytest.mark.parametrize("address", ADDRESSES)
def test_strangers_learn_nothing(counted: Office, address: str) -> None:
    people = counted.people
    citizen = User.objects.create(username="ai-do", kind=Kind.CITIZEN, created_at=counted.now)
    assert get(citizen, address).status_code == 403
    assert get(people.outsider.user, address).status_code == 403
    assert get(people.leader.user, address, unit=people.neighbour).status_code == 404
    assert get(people.leader.user, address, unit=10**17).status_code == 404
    assert Client().get(f"{BASE}/{address}").status_code == 401
    assert get(people.leader.user, address, period="2026-13").status_code == 400


def freeze(user: User, period: str, unit: int, key: str = "") -> Any:
    body = json.dumps({"unit": unit, "period": period})
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return sign_in(Client(), user).post(f"{BASE}/statistics/index-reports", body, "application/json", headers=headers)


def test_a_report_is_frozen_once(counted: Office) -> None:
    people, period = counted.people, Period.around(timezone.localdate()).before().code
    assert get(people.leader.user, "statistics/index-reports", period=period).json()["abilities"] == {"freeze": True}
    key = str(uuid.uuid4())
    answer = freeze(people.leader.user, period, people.home, key)
    assert answer.status_code == 201
    assert answer.json()["frozenAt"]
    again = freeze(people.leader.user, period, people.home, key)
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert freeze(people.leader.user, period, people.home).status_code == 409
    shown = get(people.leader.user, "statistics/index-reports", period=period).json()
    assert (shown["frozenAt"], shown["abilities"]) == (answer.json()["frozenAt"], {"freeze": False})
    assert FrozenReport.objects.count() == 1


def test_a_report_is_not_frozen_too_early_or_by_somebody_else(counted: Office) -> None:
    people, today = counted.people, timezone.localdate()
    assert freeze(people.leader.user, Period.around(today).code, people.home).status_code == 422
    before = Period.around(today).before().code
    assert freeze(people.vice_chair.user, before, people.home).status_code == 403
    assert freeze(people.leader.user, before, people.neighbour).status_code == 404


# --- Open data -------------------------------------------------------------------------------------------------------


def test_open_figures_as_json_and_csv(counted: Office) -> None:
    period = Period.around(timezone.localdate()).code
    rows = Client().get(f"{BASE}/open-data/unit-statistics", {"period": period}).json()["items"]
    assert [row["unitId"] for row in rows] == [counted.people.home]
    assert rows[0]["received"] is None  # four: too few to be told
    sheet = Client().get(f"{BASE}/open-data/unit-statistics.csv", {"period": period})
    lines = list(csv.reader(io.StringIO(b"".join(sheet.streaming_content).decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == [str(counted.people.home)]
    assert Client().get(f"{BASE}/open-data/unit-statistics", {"period": "2019"}).status_code == 400


@pytest.mark.parametrize(
    ("number", "shown"), [(0, Published(0)), (4, Published(None, 5)), (5, Published(5)), (1, Published(None, 5))]
)
def test_small_numbers_are_not_published(number: int, shown: Published) -> None:
    assert published(number, 5) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (3, 4, Share()),
        (50, 100, Share(value=50.0)),
        (98, 100, Share(at_least=96)),
        (2, 100, Share(at_most=4)),
        (100, 100, Share(value=100.0)),
        (0, 100, Share(value=0.0)),
    ],
)
def test_shares_do_not_give_small_numbers_away(part: int, whole: int, shown: Share) -> None:
    assert published_share(part, whole, 5) == shown
