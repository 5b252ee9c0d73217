"""Petitions over REST: for everybody, for whoever sent one, and for the officers who handle them."""

import json
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localdate

from portal.isolation import scope
from services.api import petition_schemas as schemas
from services.api.petitions import DEEDS
from services.models import Petition, PublishedPetition, Rating, RatingReply
from services.petition_states import PetitionState
from tests.cast import Cast
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.conftest import MONDAY
from tests.services.own import citizen, filed
from tests.services.petitioning import ANSWER, TEXT, Box


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


@pytest.fixture
def pao(box: Box) -> Rest:
    return Rest(box.people.specialist.user)


def does(rest: Rest, petition: Petition, noun: str, body: Any = None, status: int = 201) -> dict[str, Any]:
    one = f"petitions/{petition.pk}"
    return read(rest.send(f"{one}/{noun}", body, etag=rest.etag(one)), status)


def test_anybody_sends_one_once_and_follows_it(box: Box) -> None:
    body, key = {"type": "delay", "unitId": box.people.home, "text": TEXT, "phone": "0912000321"}, str(uuid.uuid4())
    anybody = Rest(None)
    with scope():
        told = read(anybody.send("petition-filings", body, key=key), 201)
        again = anybody.send("petition-filings", body, key=key)
    assert set(told) == set(schemas.PetitionFiledSerializer().fields)
    assert read(again, 201) == told
    assert Petition.objects.count() == 1
    seen = ask(told["code"], told["pin"])
    assert seen.status_code == 200
    assert set(seen.json()) == set(schemas.PetitionStandingSerializer().fields)
    assert (seen.json()["state"], seen.json()["text"]) == ("waiting", TEXT)


def test_an_officer_writes_one_down_for_somebody(box: Box) -> None:
    body = {"type": "delay", "unitId": box.people.home, "text": TEXT, "channel": "phone", "deskUnitId": box.people.home}
    read(Rest(box.people.desk_officer.user).send("petition-filings", body), 201)
    assert Petition.objects.get().assisted_by == box.people.desk_officer.user
    for user in (box.people.clerk.user, citizen(), None):
        assert Rest(user).send("petition-filings", body).status_code == 403


def ask(code: str, pin: str) -> Any:
    return Client().post("/api/v1/petition-look-ups", json.dumps({"code": code, "pin": pin}), "application/json")


def test_what_is_wrong_with_it_is_said_at_its_place(box: Box) -> None:
    body = {"type": "delay", "unitId": 999999, "text": TEXT}
    assert pointers(Rest(None).send("petition-filings", body)) == {"/unitId": "no-unit"}
    body = {"type": "x", "unitId": box.people.home, "text": ""}
    assert pointers(Rest(None).send("petition-filings", body)) == {"/type": "not-a-choice", "/text": "too-short"}


def test_a_wrong_pin_and_a_wrong_code_are_the_same(box: Box) -> None:
    petition = box.filed()
    wrong = "000000" if petition.pin != "000000" else "000001"
    answers = [ask(petition.reference, wrong), ask("PA-AAAAA-AAAAA", petition.pin)]
    assert [one.status_code for one in answers] == [400, 400]
    assert answers[0].json()["errors"] == answers[1].json()["errors"]


def test_added_and_rated_by_code_and_pin(box: Box) -> None:
    petition = box.asked()
    sign = {"code": petition.reference, "pin": petition.pin}
    told = read(Rest(None).send("petition-replies", sign | {"text": "Thứ Hai"}), 201)
    assert told["state"] == "processing"
    done = box.answered()
    sign = {"code": done.reference, "pin": done.pin, "score": 2}
    assert read(Rest(None).send("petition-opinions", sign), 201)["score"] == 2
    assert Rest(None).send("petition-opinions", sign).status_code == 409


def test_ones_own(box: Box) -> None:
    user = citizen()
    petition, other = box.asked(actor=user), box.filed()
    mine = Rest(user)
    [row] = mine.get("petitions")["items"]
    assert (row["code"], row["handlerId"]) == (petition.reference, None)
    shown = mine.get(f"petitions/{petition.pk}")
    assert (shown["contact"], shown["clocks"]) == (None, None)
    mine.get(f"petitions/{other.pk}", status=404)
    assert does(mine, petition, "supplements", {"text": "Thứ Hai"})["state"] == "processing"
    assert (
        mine.send(
            f"petitions/{petition.pk}/answers", {"text": "x"}, etag=mine.etag(f"petitions/{petition.pk}")
        ).status_code
        == 403
    )


def test_an_officer_from_the_inbox_to_the_answer(box: Box, pao: Rest) -> None:
    petition, other = box.filed(contact={"phone": "0912000321"}), box.received()
    rows = pao.get("petitions")["items"]
    assert [row["code"] for row in rows] == [petition.reference, other.reference]
    assert set(rows[0]) == set(schemas.PetitionSerializer().fields)
    assert [row["code"] for row in pao.get("petitions", held="me")["items"]] == [other.reference]
    assert pao.get("petitions", state="refused")["items"] == []
    assert pao.get("petitions", unit=petition.responsible_unit_id)["items"] == rows
    assert pao.get("petitions", unit=petition.responsible_unit_id + 1000)["items"] == []
    following = pao.get("petitions", limit=1)
    assert pao.client.get(following["next"]).json()["items"] == [rows[1]]
    shown = pao.get(f"petitions/{petition.pk}")
    assert set(shown) == set(schemas.PetitionDetailSerializer().fields)
    assert shown["contact"] == {"phone": "0912000321"}
    assert shown["abilities"]["receive"] is True
    assert len(shown["clocks"]) == 4
    assert does(pao, petition, "receptions")["state"] == "processing"
    assert does(pao, petition, "classifications", {"type": "cost"})["type"] == "cost"
    assert does(pao, petition, "supplement-requests", {"text": "Ngày nào?"})["state"] == "supplement"
    box.supplement(petition)
    assert does(pao, petition, "answers", {"text": ANSWER})["state"] == "answered"


def test_a_stale_version_and_none(box: Box, pao: Rest) -> None:
    petition = box.filed()
    path = f"petitions/{petition.pk}"
    etag = pao.etag(path)
    assert pao.send(f"{path}/receptions").status_code == 428
    does(pao, petition, "receptions")
    assert pao.send(f"{path}/answers", {"text": ANSWER}, etag=etag).status_code == 412


def test_published_by_a_head_who_confirms(box: Box) -> None:
    petition, head = box.answered(), Rest(box.head)
    body: dict[str, Any] = {"title": "Giấy tờ", "question": TEXT, "answer": "Gọi 0912000321", "confirmed": True}
    path = f"petitions/{petition.pk}"
    assert pointers(head.send(f"{path}/publications", body, etag=head.etag(path))) == {"/answer": "personal_data"}
    body["answer"] = ANSWER
    assert does(head, petition, "publications", body | {"confirmed": False}, 422)
    assert does(head, petition, "publications", body)["state"] == "published"
    with scope():
        [row] = Rest(None).get("published-petitions", q="giay to")["items"]
        assert set(row) == set(schemas.PublishedPetitionSerializer().fields)
        assert Rest(None).get(f"published-petitions/{row['id']}") == row
        assert Rest(None).get("published-petitions", type="idea")["items"] == []
    does(head, petition, "retractions", {"text": "Lộ tên"})
    with scope():
        Rest(None).get(f"published-petitions/{row['id']}", status=404)
    assert PublishedPetition.objects.count() == 1


def test_assigned_forwarded_joined_refused_closed(box: Box, pao: Rest) -> None:
    head, other = Rest(box.head), box.people.vice_chair.user
    petition = box.filed()
    body = does(head, petition, "assignments", {"officerId": str(other.pk)})
    assert body["handlerId"] == str(other.pk)
    away = box.filed()
    assert does(pao, away, "forwardings", {"unitId": box.people.neighbour, "text": "x"})["state"] == "forwarded"
    main, twin = box.received(), box.filed()
    assert does(pao, twin, "mergers", {"code": main.reference})["state"] == "merged"
    assert does(pao, box.filed(), "refusals", {"text": "Đã có bản án"})["state"] == "refused"
    assert does(head, box.answered(), "closures", {"text": "Việc riêng"})["state"] == "closed"
    barred = does(head, main, "exclusions", {"officerId": str(box.handler.pk), "text": "Bị phản ánh"})
    assert barred["handlerId"] is None
    pao.get(f"petitions/{main.pk}", status=404)


@pytest.mark.parametrize("noun", sorted(DEEDS))
def test_strangers_get_404_and_those_without_the_right_403(box: Box, noun: str) -> None:
    petition = box.in_state(PetitionState.PROCESSING)
    example = next(iter(DEEDS[noun].bodies.values())).example if DEEDS[noun].bodies else None
    for user in (box.people.outsider.user, citizen(), box.people.clerk.user):
        response = Rest(user).send(f"petitions/{petition.pk}/{noun}", example, etag='"0"')
        assert response.status_code == 404
    assert Rest(None).send(f"petitions/{petition.pk}/{noun}", example, etag='"0"').status_code == 401


def test_a_head_answers_a_low_rating(office: Office) -> None:
    user, head = citizen(), Rest(office.people.leader.user)
    dossier = filed(office, user)
    body = {"after": "receipt", "score": 1, "text": "Chờ lâu", "items": {"attitude": 2}}
    assert read(Rest(user).send(f"dossiers/{dossier.pk}/ratings", body), 201)["items"] == {"attitude": 2}
    [row] = head.get("rating-replies", state="open")["items"]
    assert set(row) == set(schemas.RatingReplySerializer().fields)
    path = f"rating-replies/{row['id']}"
    assert pointers(head.send(f"{path}/answers", {"text": "Gọi 0912000321"}, etag=head.etag(path))) == {
        "/text": "personal_data"
    }
    told = read(head.send(f"{path}/answers", {"text": "Xin lỗi ông/bà."}, etag=head.etag(path)), 201)
    assert (told["state"], told["answer"], told["abilities"]) == ("answered", "Xin lỗi ông/bà.", {"answer": False})
    Rest(office.people.clerk.user).get("rating-replies", status=403)
    Rest(user).get("rating-reports", status=403)
    [receipt, _result] = head.get("rating-reports", month=localdate().isoformat())["items"]
    assert set(receipt) == set(schemas.RatingReportSerializer().fields)
    assert (receipt["count"], receipt["average"]) == (1, None)
    assert RatingReply.objects.count() == Rating.objects.count() == 1
