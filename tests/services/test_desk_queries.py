"""How many statements the desk's pages take, however many dossiers wait. Transactions and scopes are not counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import Member, sign_in
from tests.services.build import Office

FRAME = ("SAVEPOINT", "RELEASE", "select set_config")


@pytest.fixture
def office(office: Office) -> Office:
    office.now = timezone.now() - timedelta(minutes=50)
    return office


def statements(member: Member, url: str) -> list[str]:
    client = sign_in(Client(), member.user)
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(FRAME)]


def test_the_queue_takes_twelve_at_most_and_not_one_more_for_each_dossier(office: Office) -> None:
    office.submitted()
    few = statements(office.people.desk_officer, reverse("services:desk"))
    for _ in range(8):
        office.submitted()
    many = statements(office.people.desk_officer, reverse("services:desk"))
    assert len(many) == len(few)
    assert len(many) <= 12, "\n".join(many)


def test_the_workspace_takes_nineteen_at_most(office: Office) -> None:
    item = office.open_step(office.processing())
    found = statements(office.people.specialist, reverse("services:work-item", args=[item.pk]))
    assert len(found) <= 19, "\n".join(found)
