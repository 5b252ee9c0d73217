"""Pages of certificates and authorities: for administrators only, with a reason, once; and what REST reads of them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from documents.api import schemas
from documents.models import Certificate, TrustAnchor
from documents.queries.certificate_lists import days_left
from portal.events import Event
from staff.policies import today
from tests.cast import Cast, sign_in
from tests.documents.api.calls import person
from tests.documents.route.build import citizen

LIST, ANCHORS = "/van-ban/chung-thu/", "/van-ban/chung-thu/goc/"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
PLAIN = "Không phải chứng thư"


def administrator(people: Cast) -> Client:
    return sign_in(Client(), people.administrator.user)


def sent(client: Client, address: str, **data: Any) -> Any:
    form_token = TOKEN.findall(client.get(address).content.decode())[0]
    return client.post(address, {"form_token": form_token, **data})


def one(people: Cast) -> Certificate:
    return Certificate.objects.get(person=people.leader.person)


def test_lists_owners_states_and_days_left(people: Cast) -> None:
    text = administrator(people).get(LIST).content.decode()
    assert people.leader.person.name in text
    assert str(days_left(one(people), today())) in text
    assert people.leader.person.name not in administrator(people).get(LIST, {"cua": "organ"}).content.decode()
    assert "đang dùng" in text
    assert administrator(people).get(LIST, {"trang_thai": "x"}).status_code == 400


def test_days_left_end_with_the_last_day(people: Cast) -> None:
    certificate = one(people)
    last = certificate.valid_to.astimezone().date()
    assert days_left(certificate, last) == 0
    assert days_left(certificate, last + timedelta(days=1)) == -1


@pytest.mark.parametrize("role", ["leader", "clerk", "desk_officer", "outsider"])
def test_officers_who_keep_none_are_refused(people: Cast, role: str) -> None:
    client = sign_in(Client(), getattr(people, role).user)
    for address in (LIST, ANCHORS, f"{LIST}{one(people).pk}/", f"{LIST}{one(people).pk}/thu-hoi/"):
        assert client.get(address).status_code == 403
    assert sign_in(Client(), citizen("ai-do")).get(LIST).status_code == 404


def test_suspended_used_again_and_revoked_each_with_a_reason(people: Cast) -> None:
    client, page = administrator(people), f"{LIST}{one(people).pk}/"
    assert sent(client, f"{page}tam-dung/", reason=" ").status_code == 400
    for noun, state in (("tam-dung", "suspended"), ("dung-lai", "registered"), ("thu-hoi", "revoked")):
        assert sent(client, f"{page}{noun}/", reason="Mất thiết bị").status_code == 302
        assert one(people).state == state
    assert sent(client, f"{page}thu-hoi/", reason="Lần nữa").status_code == 409
    assert Event.objects.filter(name="documents.certificate.revoked", subject_id=str(one(people).pk)).count() == 1
    assert "thu-hoi" not in client.get(page).content.decode()


def test_a_form_sent_twice_does_it_once(people: Cast) -> None:
    client, address = administrator(people), f"{LIST}{one(people).pk}/tam-dung/"
    form_token = TOKEN.findall(client.get(address).content.decode())[0]
    answers = [client.post(address, {"form_token": form_token, "reason": "Mất thiết bị"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Event.objects.filter(name="documents.certificate.suspended").count() == 1


def test_what_is_no_certificate_is_not_registered(people: Cast) -> None:
    client = administrator(people)
    address = f"{LIST}don-vi/{people.home}/dang-ky/"
    text = client.get(address).content.decode()
    assert people.leader.person.name in text
    number = Certificate.objects.count()
    assert sent(client, address, pem="", key="", backend="software").status_code == 400
    assert Certificate.objects.count() == number
    assert client.get(f"{LIST}don-vi/{people.elsewhere}/dang-ky/").status_code == 404


def test_an_authority_is_struck_with_a_reason_and_nonsense_is_not_trusted(people: Cast) -> None:
    client = administrator(people)
    assert sent(client, ANCHORS, pem=PLAIN, hosts="ocsp.example.vn").status_code == 409
    assert sent(client, ANCHORS, pem=PLAIN, hosts="không phải máy chủ").status_code == 400
    root = TrustAnchor.objects.get()
    assert sent(client, f"{ANCHORS}{root.pk}/go-bo/", reason="Ngừng cung cấp").status_code == 302
    assert TrustAnchor.objects.get().state == "removed"


def test_rest_reads_the_same(people: Cast) -> None:
    caller = person(people, "administrator")
    rows = caller.get("certificates").json()["items"]
    assert set(rows[0]) == set(schemas.CertificateSerializer().fields)
    assert {row["ownerName"] for row in rows} >= {people.leader.person.name, ""}
    shown = caller.get(f"certificates/{one(people).pk}").json()
    assert shown["abilities"] == {"suspend": True, "resume": False, "revoke": True}
    assert caller.get("certificates", state="revoked").json()["items"] == []
    [root] = caller.get("trust-anchors").json()["items"]
    assert set(root) == set(schemas.TrustAnchorSerializer().fields)


def test_rest_shows_nothing_to_others(people: Cast) -> None:
    for role in ("leader", "outsider"):
        caller = person(people, role)
        assert caller.get("certificates").json()["items"] == []
        assert caller.get(f"certificates/{one(people).pk}").status_code == 404
        assert caller.get("trust-anchors").status_code == 403
