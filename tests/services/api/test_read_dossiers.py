"""Dossiers over REST: who sees which, in pages, and one with everything."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Kind, User
from portal.events import Event
from services.api import dossier_schemas as schemas
from services.models import Dossier
from tests.services.api.talking import Rest
from tests.services.build import Office


@pytest.fixture
def hoa(office: Office) -> Rest:
    return Rest(office.people.desk_officer.user)


@pytest.fixture
def owner(office: Office) -> User:
    return User.objects.create(username="nhuan", kind=Kind.CITIZEN, created_at=office.now)


def ids(body: dict[str, Any]) -> list[str]:
    return [row["id"] for row in body["items"]]


def test_newest_first_and_page_by_page(office: Office, hoa: Rest) -> None:
    made = [str(office.submitted().pk) for _ in range(5)]
    seen, body = [], hoa.get("dossiers", limit=2)
    while True:
        seen += ids(body)
        if not body["next"]:
            break
        body = hoa.client.get(body["next"]).json()
    assert seen == made[::-1]
    assert ids(hoa.client.get(body["prev"]).json()) == made[::-1][2:4]


def test_what_is_due_first_stands_first(office: Office, hoa: Rest) -> None:
    first = office.submitted()
    office.tick(hours=3)
    second = office.submitted()
    assert ids(hoa.get("dossiers", order="due")) == [str(first.pk), str(second.pk)]


def test_filters_narrow_the_list(office: Office, hoa: Rest) -> None:
    waiting, accepted = office.submitted(), office.accepted()
    home, neighbour = office.people.home, office.people.neighbour
    assert ids(hoa.get("dossiers", state="submitted")) == [str(waiting.pk)]
    assert ids(hoa.get("dossiers", code=accepted.code)) == [str(accepted.pk)]
    assert ids(hoa.get("dossiers", code=waiting.reference.lower())) == [str(waiting.pk)]
    assert len(ids(hoa.get("dossiers", q="giang thi nhuan"))) == 2
    assert ids(hoa.get("dossiers", q="khac")) == []
    assert len(ids(hoa.get("dossiers", unit=home))) == 2
    assert ids(hoa.get("dossiers", unit=neighbour)) == []
    assert len(ids(hoa.get("dossiers", unit=home, role="competent"))) == 2
    assert len(ids(hoa.get("dossiers", procedure="1.001193"))) == 2
    day = office.now.date()
    assert ids(hoa.get("dossiers", submittedFrom=(day + timedelta(days=1)).isoformat())) == []
    assert len(ids(hoa.get("dossiers", submittedFrom=day.isoformat(), submittedTo=day.isoformat()))) == 2
    assert ids(hoa.get("dossiers", dueBefore=day.isoformat())) == []


def test_filters_that_make_no_sense_are_told(office: Office, hoa: Rest) -> None:
    assert hoa.get("dossiers", status=400, role="competent")["errors"][0]["pointer"] == "role"
    assert hoa.get("dossiers", status=400, q="!!!")["errors"][0]["code"] == "empty"
    assert hoa.get("dossiers", status=400, state="lost")["errors"][0]["code"] == "not-a-choice"


def test_a_citizen_sees_ones_own_only(office: Office, owner: User) -> None:
    own, _other = office.submitted(filer=owner), office.submitted()
    rest = Rest(owner)
    assert ids(rest.get("dossiers")) == [str(own.pk)]
    assert ids(rest.get("dossiers", role="filer")) == [str(own.pk)]
    assert ids(rest.get("dossiers", role="owner")) == []


def test_one_has_the_shape_that_is_promised(office: Office, hoa: Rest) -> None:
    dossier = office.accepted()
    body = hoa.get(f"dossiers/{dossier.pk}")
    assert set(body) == set(schemas.DossierDetailSerializer().fields)
    assert set(hoa.get("dossiers")["items"][0]) == set(schemas.DossierSerializer().fields)
    assert set(body["components"][0]) == set(schemas.ComponentSerializer().fields)
    assert set(body["clock"]) == set(schemas.ClockSerializer().fields)
    assert set(body["clock"]["entries"][0]) == set(schemas.ClockEntrySerializer().fields)
    assert body["answers"] == dossier.answers
    assert body["clock"]["lines"]
    assert body["abilities"]["accept"] is False
    assert body["abilities"]["view"] is True


def test_that_an_officer_read_it_is_kept(office: Office, hoa: Rest, owner: User) -> None:
    dossier = office.submitted(filer=owner)
    Rest(owner).get(f"dossiers/{dossier.pk}")
    assert not Event.objects.filter(name="services.dossier.viewed").exists()
    hoa.get(f"dossiers/{dossier.pk}")
    assert Event.objects.filter(name="services.dossier.viewed", subject_id=str(dossier.pk)).count() == 1


def test_the_version_moves_with_the_dossier(office: Office, hoa: Rest) -> None:
    dossier = office.submitted()
    before = hoa.etag(f"dossiers/{dossier.pk}")
    assert hoa.etag(f"dossiers/{dossier.pk}/clock") == before
    office.checked(dossier)
    assert hoa.etag(f"dossiers/{dossier.pk}") != before


def test_the_clock_and_the_events_and_the_files(office: Office, hoa: Rest, owner: User) -> None:
    dossier = office.accepted(filer=owner)
    for rest in (hoa, Rest(owner)):
        clock = rest.get(f"dossiers/{dossier.pk}/clock")
        assert [entry["kind"] for entry in clock["entries"]] == ["start"]
        events = rest.get(f"dossiers/{dossier.pk}/events", limit=2)
        assert set(events["items"][0]) == set(schemas.DossierEventSerializer().fields)
        assert events["next"]
        assert rest.get(f"dossiers/{dossier.pk}/attachments")["items"] == []
    names = [row["by"] for row in hoa.get(f"dossiers/{dossier.pk}/events")["items"]]
    assert set(names) == {"Lù Thị Hoa"}
    assert "Lù Thị Hoa" not in str(Rest(owner).get(f"dossiers/{dossier.pk}/events"))


def test_a_bounded_number_of_queries(office: Office, hoa: Rest) -> None:
    dossiers: list[Dossier] = [office.accepted() for _ in range(4)]
    hoa.get("dossiers")
    with CaptureQueriesContext(connection) as asked:
        hoa.get("dossiers")
    assert len(statements(asked)) <= 12, statements(asked)
    with CaptureQueriesContext(connection) as asked:
        hoa.get(f"dossiers/{dossiers[0].pk}")
    assert len(statements(asked)) <= 12, statements(asked)


def statements(asked: CaptureQueriesContext) -> list[str]:
    """Without savepoints, which read nothing."""
    return [
        one["sql"][:200] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_config"))
    ]
