"""The day of a desk over REST: the same deeds, the same refusals."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from services.models import PaperNumber, Ticket
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office


@pytest.fixture
def office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(timezone, "now", lambda: office.now)
    return office


@pytest.fixture
def desk(office: Office) -> Rest:
    return Rest(office.people.desk_officer.user)


def of(office: Office, noun: str) -> str:
    return f"desks/{office.people.home}/{noun}"


def test_numbers_are_drawn_called_and_left(office: Office, desk: Rest) -> None:
    drawn = read(desk.send(of(office, "tickets"), {"errand": "file"}), 201)
    assert (drawn["number"], drawn["state"], drawn["priority"]) == (1, "waiting", False)
    called = read(desk.send(of(office, "calls"), {"counter": "2"}), 201)["ticket"]
    assert (called["id"], called["state"], called["counter"]) == (drawn["id"], "called", "2")
    left = read(desk.send(of(office, "departures"), {"counter": "2", "came": False}), 201)["ticket"]
    assert left["state"] == "missed"
    assert read(desk.send(of(office, "calls"), {"counter": "2"}), 201) == {"ticket": None}
    assert [one["number"] for one in desk.get(of(office, "tickets"), state="missed")["items"]] == [1]


def test_the_same_key_draws_one_number(office: Office, desk: Rest) -> None:
    answers = [desk.send(of(office, "tickets"), {"errand": "ask"}, key="k" * 20) for _time in range(2)]
    assert answers[0].content == answers[1].content
    assert Ticket.objects.count() == 1


def test_others_find_no_desk(office: Office) -> None:
    stranger = Rest(office.people.outsider.user)
    for noun, body in (("tickets", {"errand": "file"}), ("calls", {"counter": "1"})):
        assert stranger.send(of(office, noun), body).status_code == 404
    assert Rest(None).send(of(office, "tickets"), {"errand": "file"}).status_code in {401, 403}
    assert not Ticket.objects.exists()


def test_a_code_on_paper_is_used_or_void(office: Office, desk: Rest) -> None:
    today = localdate(office.now).isoformat()
    body: dict[str, Any] = {"codeDate": today, "count": 2, "reason": "Storm"}
    codes = read(desk.send(of(office, "paper-numbers"), body), 201)["codes"]
    dossier = office.checked(office.submitted())
    at = localtime(office.now).isoformat()
    office.tick(minutes=9)
    sent = {"paperCode": codes[0], "receivedAt": at, "proof": "Sheet 1"}
    refused = desk.send(
        f"dossiers/{dossier.pk}/acceptances", {"paperCode": codes[0]}, etag=desk.etag(f"dossiers/{dossier.pk}")
    )
    assert pointers(refused) == {"/receivedAt": "required"}
    assert desk.does(dossier, "acceptances", sent)["code"] == codes[0]
    spoiled = PaperNumber.objects.get(code=codes[1])
    assert read(desk.send(f"paper-numbers/{spoiled.pk}/voids", {"reason": "Wet"}), 201)["state"] == "void"
    assert desk.send(f"paper-numbers/{spoiled.pk}/voids", {"reason": "Wet"}).status_code == 409
    states = {one["code"]: one["state"] for one in desk.get(of(office, "paper-numbers"))["items"]}
    assert states == {codes[0]: "used", codes[1]: "void"}
