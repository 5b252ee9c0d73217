"""Orders for many dossiers over REST: the same operations as on the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.events import Event
from services.api import list_schemas as schemas
from services.models import ProcedureVersion
from services.operations.batches import ITEM, SPREAD
from tests.cast import Cast
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.working import work_off

PATH = "dossier-batches"


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def head(office: Office) -> Rest:
    return Rest(office.people.leader.user)


def work() -> None:
    while work_off(timezone.now(), SPREAD, ITEM):
        pass


def told(office: Office, **more: object) -> dict[str, object]:
    officer = str(office.people.specialist.user.pk)
    said = {"deed": "assign", "filter": {"state": "open"}, "officerId": officer, "reason": "Chia việc", **more}
    return {name: value for name, value in said.items() if value is not None}


def test_ordered_by_a_filter_watched_and_taken_back(office: Office, head: Rest) -> None:
    good, waiting = office.accepted(), office.submitted()
    body = read(head.send(PATH, told(office), key="mot-lan"), 202)
    assert (body["number"], body["refusedNumber"]) == (1, 1)
    assert body["refused"][0]["dossierId"] == str(waiting.pk)
    assert set(body) == set(schemas.OrderedBatchSerializer().fields)
    assert read(head.send(PATH, told(office), key="mot-lan"), 202)["id"] == body["id"]
    assert Event.objects.filter(name="services.batch.ordered").count() == 1
    one = f"{PATH}/{body['id']}"
    assert head.get(one)["abilities"] == {"cancel": True, "undo": False, "print": False}
    work()
    shown = head.get(one)
    assert (shown["done"], shown["waiting"], shown["abilities"]) == (
        1,
        0,
        {"cancel": False, "undo": True, "print": False},
    )
    (item,) = head.get(f"{one}/items")["items"]
    assert (item["dossierId"], item["state"]) == (str(good.pk), "done")
    assert set(item) == set(schemas.BatchItemSerializer().fields)
    back = read(head.send(f"{one}/undos", {"reason": "Nhầm"}), 202)
    assert back["undoesId"] == body["id"]
    work()
    assert office.again(good).holder_id is None
    assert len(head.get(PATH)["items"]) == 2


def test_the_rest_is_called_off(office: Office, head: Rest) -> None:
    dossier = office.accepted()
    batch = read(head.send(PATH, told(office, filter=None, dossierIds=[str(dossier.pk)])), 202)
    body = read(head.send(f"{PATH}/{batch['id']}/cancellations"), 201)
    assert (body["cancelled"], body["waiting"]) == (1, 0)
    work()
    assert office.again(dossier).holder_id is None


def test_what_lacks_is_named(office: Office, head: Rest) -> None:
    office.accepted()
    assert pointers(head.send(PATH, told(office, officerId=None, reason=""))) == {
        "/officerId": "required",
        "/reason": "required",
    }
    assert pointers(head.send(PATH, told(office, filter=None))) == {"/dossierIds": "not-together"}
    stranger = str(office.people.outsider.user.pk)
    assert pointers(head.send(PATH, told(office, officerId=stranger))) == {"/officerId": "no-colleague"}
    assert head.send(PATH, told(office, deed="hand_out", receiver="x")).status_code == 409


def test_nobody_elses_order_is_there(office: Office, head: Rest) -> None:
    office.accepted()
    batch = read(head.send(PATH, told(office)), 202)
    for who in (office.people.deputy, office.people.outsider):
        other = Rest(who.user)
        for path in (PATH + f"/{batch['id']}", PATH + f"/{batch['id']}/items"):
            other.get(path, status=404)
        assert other.send(f"{PATH}/{batch['id']}/cancellations").status_code == 404
        assert other.send(f"{PATH}/{batch['id']}/undos", {"reason": "x"}).status_code == 404
