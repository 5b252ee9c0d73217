"""Hand-overs over REST: seen by both sides, received by one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.api import handover_schemas as schemas
from services.kinds import Channel
from services.models import Handover
from services.operations.filing import Places
from tests.cast import Cast
from tests.services.api.talking import Rest, read
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.own import citizen


@pytest.fixture
def office(people: Cast, version: object) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))  # type: ignore[arg-type]  # a version


@pytest.fixture
def papers(office: Office) -> Handover:
    people = office.people
    dossier = office.accepted(places=Places(people.home, people.neighbour, people.home), channel=Channel.DESK)
    return Handover.objects.get(dossier=dossier, what="papers")


def test_both_sides_see_it_and_one_receives_it(office: Office, papers: Handover) -> None:
    theirs, ours = Rest(neighbour(office).user), Rest(office.people.desk_officer.user)
    coming = theirs.get("handovers", way="coming")["items"]
    assert [row["what"] for row in coming] == ["dossier", "papers"]
    assert set(coming[0]) == set(schemas.HandoverSerializer().fields)
    going = ours.get("handovers", way="going")["items"]
    assert [(row["id"], row["abilities"]["receive"]) for row in going][-1] == (papers.pk, False)
    path = f"handovers/{papers.pk}"
    assert theirs.send(f"{path}/receipts", {}).status_code == 428
    etag = theirs.etag(path)
    first, second = (theirs.send(f"{path}/receipts", {"note": "Thiếu"}, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    assert theirs.send(f"{path}/receipts", {}, etag=etag).status_code == 412
    assert ours.get(path)["note"] == "Thiếu"


def test_the_giving_side_and_strangers_do_not_receive(office: Office, papers: Handover) -> None:
    path = f"handovers/{papers.pk}"
    ours = Rest(office.people.desk_officer.user)
    assert read(ours.send(f"{path}/receipts", {}, etag=ours.etag(path)), 403)
    other = Rest(office.people.administrator.user)
    other.get(path, status=404)
    assert other.send(f"{path}/receipts", {}, etag='"0"').status_code == 404
    Rest(citizen()).get("handovers", status=403)
    papers.refresh_from_db()
    assert papers.received_at is None
