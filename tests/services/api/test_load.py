"""Leaves, what waits with whom, and shared out work over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from services import covering
from services.api import load_schemas as schemas
from services.models import ProcedureVersion
from services.operations.batches import ITEM, SPREAD
from tests.cast import Cast
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.working import work_off


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def head(office: Office) -> Rest:
    return Rest(office.people.leader.user)


def told(office: Office, **more: object) -> dict[str, object]:
    today = localdate()
    return {
        "absentAssignmentId": office.people.specialist.assignment.pk,
        "coverAssignmentId": office.people.vice_chair.assignment.pk,
        "firstDate": today.isoformat(),
        "lastDate": (today + timedelta(days=1)).isoformat(),
        "decisionNumber": "12/QĐ-UBND",
        "decisionDate": today.isoformat(),
        **more,
    }


def test_a_leave_is_entered_read_and_ended(office: Office, head: Rest) -> None:
    held = office.processing()
    body = read(head.send("leave-covers", told(office)), 201)
    assert set(body) == set(schemas.LeaveCoverSerializer().fields)
    assert (body["absentName"], body["coverName"], body["abilities"]) == ("Vàng Seo Páo", "Giàng Thị Dợ", {"end": True})
    covering.go_over(now=timezone.now())
    (step,) = head.get("waiting-steps")["items"]
    assert set(step) == set(schemas.WaitingStepSerializer().fields)
    assert (step["officerName"], step["actsForName"], step["decisionNumber"]) == (
        "Giàng Thị Dợ", "Vàng Seo Páo", "12/QĐ-UBND",
    )  # fmt: skip
    one = f"leave-covers/{body['id']}"
    assert head.get(one)["steps"] == 1
    reader = Rest(office.people.specialist.user)
    assert reader.get(one)["abilities"] == {"end": False}
    assert reader.send(f"{one}/endings", etag=reader.etag(one)).status_code == 403
    assert head.send(f"{one}/endings", etag='"x"').status_code == 412
    assert read(head.send(f"{one}/endings", etag=head.etag(one)), 201)["endedAt"]
    covering.go_over(now=timezone.now())
    assert office.again(held).holder == office.people.specialist.user
    assert len(head.get("leave-covers")["items"]) == 1


def test_what_does_not_fit_is_refused(office: Office, head: Rest) -> None:
    stranger = office.people.outsider.assignment.pk
    assert pointers(head.send("leave-covers", told(office, coverAssignmentId=stranger))) == {
        "/coverAssignmentId": "not-a-choice"
    }
    early = (localdate() - timedelta(days=9)).isoformat()
    assert head.send("leave-covers", told(office, lastDate=early)).status_code == 422
    assert Rest(office.people.specialist.user).send("leave-covers", told(office)).status_code == 403


def test_the_next_commune_reads_none_of_it(office: Office, head: Rest) -> None:
    body = read(head.send("leave-covers", told(office)), 201)
    other = Rest(office.people.outsider.user)
    other.get(f"leave-covers/{body['id']}", status=404)
    assert other.get("leave-covers")["items"] == []
    for path in ("waiting-steps", "work-loads", f"redistributions?takers={office.people.leader.user.pk}"):
        assert other.client.get(f"/api/v1/{path}").status_code == 403


def test_work_is_shared_out_as_proposed(office: Office, head: Rest) -> None:
    found = [office.processing() for _one in range(2)]
    free = office.accepted()
    people = office.people
    (nobody, pao) = head.get("work-loads")["items"]
    assert (nobody["open"], pao["open"], pao["officerName"]) == (1, 2, "Vàng Seo Páo")
    assert [row["dossierId"] for row in head.get("waiting-steps", officer="nobody")["items"]] == [str(free.pk)]
    takers = [str(people.vice_chair.user.pk), str(people.clerk.user.pk)]
    said = {"officer": str(people.specialist.user.pk), "takers": ",".join(takers)}
    proposal = head.get("redistributions", **said)
    assert set(proposal) == set(schemas.ProposalSerializer().fields)
    assert [row["after"] for row in proposal["loads"]] == [1, 1]
    order = {"officerId": said["officer"], "takerIds": takers, "plan": "0" * 32, "reason": "Nghỉ"}
    assert head.send("redistributions", order).status_code == 409
    batch = read(head.send("redistributions", order | {"plan": proposal["plan"]}), 202)
    assert batch["number"] == 2
    while work_off(timezone.now(), SPREAD, ITEM):
        pass
    assert {office.again(row).holder for row in found} == {people.vice_chair.user, people.clerk.user}
    assert head.client.get("/api/v1/redistributions?takers=x").status_code == 400
