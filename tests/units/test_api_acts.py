"""Acts over REST, from the draft to the day before."""

from typing import Any

import pytest
from django.utils import timezone

from portal.isolation import Purpose, scope
from tests.cast import Cast, cast, officer
from tests.services.api.talking import Rest, pointers, read
from tests.units.handing import Things
from tests.units.reorganising import run, scheduled, split
from tests.units.test_api_units import same_shape
from units.api import desk_schemas as schemas
from units.handovers import registered
from units.models import ReorgEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]
DAY = "2027-06-01"
ACTS = "reorganisation-acts"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def chair(people: Cast) -> Rest:
    member = officer(
        "chu-tich-tinh", name="Hà Văn Tỉnh", number="001070000077", unit_id=people.province, post="province-chair"
    )
    return Rest(member.user)


@pytest.fixture
def administrator(people: Cast) -> Rest:
    return Rest(people.administrator.user)


def body(people: Cast, **fields: Any) -> dict[str, Any]:
    rows = {
        "results": [{"key": "X", "name": "An Đông", "type": "phuong", "parentId": people.province, "code": "00099"}],
        "sources": [{"oldId": people.home, "newKey": "X"}, {"oldId": people.neighbour, "newKey": "X"}],
    }
    head = {
        "kind": "merge", "legalNumber": "12/NQ-HĐND", "decidedDate": "2026-11-01", "effectiveDate": DAY,
        "title": "Về việc nhập hai đơn vị", "unitId": people.province, "fileDigest": "0" * 64,
    }  # fmt: skip
    return head | rows | fields


def deed(rest: Rest, act: dict[str, Any], noun: str, sent: Any = None, *, status: int = 201, method: str = "post"):
    one = f"{ACTS}/{act['id']}"
    return read(rest.send(f"{one}/{noun}", sent, etag=rest.etag(one), method=method), status)


def test_from_the_draft_to_the_schedule(people: Cast, administrator: Rest, chair: Rest) -> None:
    act = read(administrator.send(ACTS, body(people)), 201)
    same_shape(schemas.DeskActSerializer(), act)
    assert act["abilities"] == {
        "revise": True, "simulate": True, "sign": False, "schedule": False, "withdraw": False, "takeEffect": False,
        "correct": False,
    }  # fmt: skip
    simulation = deed(administrator, act, "simulations")
    same_shape(schemas.SimulationSerializer(), simulation)
    assert [flow["newFullName"] for flow in simulation["flows"]] == ["Phường An Đông"] * 2
    assert administrator.get(f"{ACTS}/{act['id']}/simulations") == simulation
    seen = chair.get(f"{ACTS}/{act['id']}")
    assert (seen["state"], seen["digest"], seen["abilities"]["sign"]) == ("simulated", simulation["digest"], True)
    signed = deed(chair, act, "signatures", {"digest": simulation["digest"]})
    assert signed["state"] == "signed"
    assert deed(chair, act, "schedules")["state"] == "scheduled"
    public = Rest(None).get(f"reorganisations/{act['id']}")
    assert public["legalNumber"] == "12/NQ-HĐND"
    assert deed(chair, act, "withdrawals", {"reason": "Hoãn"})["state"] == "withdrawn"


def test_rows_are_read_and_replaced(people: Cast, administrator: Rest) -> None:
    act = read(administrator.send(ACTS, body(people)), 201)
    rows = administrator.get(f"{ACTS}/{act['id']}/rows")
    same_shape(schemas.ActRowsSerializer(), rows)
    changed = body(people)
    changed["results"][0]["name"] = "Đông An"
    sent = {"results": changed["results"], "sources": changed["sources"]}
    again = deed(administrator, act, "rows", sent, status=200, method="put")
    assert again["results"][0]["name"] == "Đông An"
    assert again["results"][0]["unitId"] == rows["results"][0]["unitId"]


def test_every_wrong_row_is_named_by_its_place(people: Cast, administrator: Rest) -> None:
    wrong = body(people)
    wrong["sources"][1]["newKey"] = "Y"
    assert pointers(administrator.send(ACTS, wrong), 422) == {"/sources/1": "unknown"}
    act = read(administrator.send(ACTS, body(people, sources=[])), 201)
    one = f"{ACTS}/{act['id']}"
    refused = administrator.send(f"{one}/simulations", etag=administrator.etag(one))
    assert read(refused, 422)["errors"]


def test_who_drafts_does_not_sign_and_who_saw_an_older_version_is_told(people: Cast, administrator: Rest) -> None:
    act = read(administrator.send(ACTS, body(people)), 201)
    one = f"{ACTS}/{act['id']}"
    old = administrator.etag(one)
    simulation = deed(administrator, act, "simulations")
    read(administrator.send(f"{one}/simulations", etag=old), 412)
    read(administrator.send(f"{one}/simulations"), 428)
    refused = administrator.send(f"{one}/signatures", {"digest": simulation["digest"]}, etag=administrator.etag(one))
    read(refused, 403)
    assert administrator.get(one)["state"] == "simulated"


def test_strangers_see_no_drafts(people: Cast, administrator: Rest) -> None:
    act = read(administrator.send(ACTS, body(people)), 201)
    for stranger in (Rest(people.leader.user), Rest(people.outsider.user)):
        assert stranger.get(ACTS)["items"] == []
        stranger.get(f"{ACTS}/{act['id']}", 404)
        read(stranger.send(ACTS, body(people, legalNumber="13/NQ-HĐND")), 403)
    Rest(None).get(ACTS, 401)
    Rest(None).get(f"reorganisations/{act['id']}", 404)
    assert act["id"] in [row["id"] for row in administrator.get(ACTS)["items"]]


def test_an_act_of_another_province_is_refused(people: Cast, administrator: Rest) -> None:
    read(administrator.send(ACTS, body(people, unitId=people.land.new("11").pk)), 403)
    with scope(purpose=Purpose.REORGANISATION):
        assert not ReorgEvent.objects.filter(legal_no="12/NQ-HĐND").exists()


def test_what_no_rule_knew_is_decided_by_those_who_hold_it(people: Cast) -> None:
    things = Things()
    with registered(things):
        act = split(people.land, effective_on=timezone.localdate())
        thing = things.add(people.neighbour)
        scheduled(act)
        run(act, now=timezone.now())
    unit = dict(act.changes.values_list("key", "unit_id"))
    rest = Rest(people.administrator.user)
    with registered(things):
        (waiting,) = rest.get("undecided-items")["items"]
        same_shape(schemas.UndecidedItemSerializer(), waiting)
        assert (waiting["subjectId"], waiting["heldByUnitId"]) == (str(thing), unit["S"])
        decided = read(rest.send(f"undecided-items/{waiting['id']}/decisions", {"unitId": unit["N"]}), 201)
    assert decided["toUnitId"] == unit["N"]
    assert things.where()[thing] == unit["N"]
