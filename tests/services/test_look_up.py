"""Whoever holds the receipt sees where the dossier stands, and nothing about anybody."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.events import Event
from portal.isolation import Purpose, scope
from services.links import token_of
from services.models import Attachment, Dossier, Draft, Note, Rating
from services.operations import reception
from tests.services.build import NUMBER, Office
from tests.services.own import citizen, filed, words
from tests.services.test_supplements import NOTICE, ask

ADDRESS = "/tra-cuu/"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def look(code: str, pin: str, client: Client | None = None) -> str:
    """Where it led, or what the page said."""
    response = (client or Client()).post(ADDRESS, {"code": code, "pin": pin})
    return str(response["Location"]) if response.status_code == 302 else words(response)  # type: ignore[arg-type]  # Django's


def wrong(pin: str) -> str:
    return "000000" if pin != "000000" else "111111"


def test_code_and_pin_show_the_status(office: Office) -> None:
    dossier = filed(office, citizen())
    address = look(dossier.reference.lower(), f" {dossier.pin} ")
    told = words(Client().get(address))  # type: ignore[arg-type]  # Django's
    assert "chờ bộ phận một cửa" in told
    assert "Phường An" in told
    assert dossier.version.name_vi in told


def test_received_it_is_found_by_its_code_too(office: Office) -> None:
    dossier = office.checked(filed(office, citizen()))
    dossier = reception.accept(dossier=dossier, actor=office.people.desk_officer.user, now=office.tick())
    assert look(dossier.code, dossier.pin) == look(dossier.reference, dossier.pin)


def test_the_page_names_nobody(office: Office) -> None:
    dossier = filed(office, citizen())
    ask(office, dossier, items=[NOTICE])
    text = Client().get(f"{ADDRESS}q/{token_of(dossier.pk)}/").content.decode()
    for secret in (dossier.owner_name, dossier.filer_name, NUMBER, "0912000321", NOTICE.text, dossier.pin):
        assert secret not in text
    assert "01/12/2026" in text


def test_a_wrong_code_and_a_wrong_pin_get_the_same_answer(office: Office) -> None:
    dossier = filed(office, citizen())
    answers = {look(dossier.reference, wrong(dossier.pin)), look("DK-AAAAA-AAAAA", dossier.pin)}
    told = {answer.replace(dossier.reference, "x").replace("DK-AAAAA-AAAAA", "x") for answer in answers}
    assert len(told) == 1
    assert "không khớp" in told.pop()


def test_five_wrong_pins_lock_the_code_at_this_address(office: Office) -> None:
    dossier = filed(office, citizen())
    told = [look(dossier.reference, wrong(dossier.pin)) for _attempt in range(5)]
    assert "quá nhiều lần" in told[-1]
    assert "quá nhiều lần" not in told[-2]
    assert "quá nhiều lần" in look(dossier.reference, dossier.pin)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert look(dossier.reference, dossier.pin, elsewhere).startswith("/tra-cuu/q/")


def test_a_code_that_never_was_is_locked_as_well(office: Office) -> None:
    assert "quá nhiều lần" in [look("DK-AAAAA-AAAAA", "123456") for _attempt in range(5)][-1]


def test_without_the_counter_nothing_is_looked_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = filed(office, citizen())

    def away(*_given: object, **_named: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("portal.accounts.lockout.cache.get", away)
    client = Client(raise_request_exception=False)
    assert client.post(ADDRESS, {"code": dossier.reference, "pin": dossier.pin}).status_code >= 500


def test_what_is_typed_wrongly_is_said_at_the_field(db: None) -> None:
    assert "sáu chữ số" in look("DK-AAAAA-AAAAA", "12345")
    assert "Nhập mã hồ sơ" in look("", "")


@pytest.mark.parametrize("token", ["x", "a:b", "00000000000040008000000000000000:x"])
def test_an_address_that_was_not_signed_here_opens_nothing(db: None, token: str) -> None:
    assert Client().get(f"{ADDRESS}q/{token}/").status_code == 404


def test_each_look_up_is_a_fact_that_its_people_see(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    look(dossier.reference, wrong(dossier.pin))
    Client().get(look(dossier.reference, dossier.pin))
    seen = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.looked_up")
    assert (seen.actor, seen.concerns) == ("anonymous", [user.pk])
    refused = Event.objects.get(name="services.look_up.refused")
    assert str(dossier.pk) not in str(refused.facts) + refused.subject_id


def test_so_many_a_minute_and_no_more(office: Office, settings: Any) -> None:
    settings.LOOK_UP_RATE = "2/min"
    told = [Client().post(ADDRESS, {"code": f"DK-{number}", "pin": "123456"}).status_code for number in range(3)]
    assert told == [400, 400, 429]


def test_the_purpose_opens_the_status_and_nothing_of_drafts_and_notes(office: Office) -> None:
    dossier = filed(office, citizen())
    with scope(purpose=Purpose.LOOK_UP):
        assert Dossier.objects.filter(pk=dossier.pk).exists()
        assert not Draft.objects.exists()
        assert not Note.objects.exists()
        assert not Dossier.objects.filter(pk=dossier.pk).update(summary="x")
    with scope():
        assert not Dossier.objects.filter(pk=dossier.pk).exists()
        assert not Attachment.objects.exists()


def test_the_page_costs_few_statements(office: Office) -> None:
    dossier = filed(office, citizen())
    with CaptureQueriesContext(connection) as asked:
        Client().get(f"{ADDRESS}q/{token_of(dossier.pk)}/")
    told = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    assert len(told) <= 6, "\n".join(sql[:120] for sql in told)


def test_whoever_holds_the_receipt_rates_once_without_an_account(office: Office) -> None:
    dossier = filed(office, citizen())
    address = f"{ADDRESS}q/{token_of(dossier.pk)}/"
    rating = f"{address}danh-gia/bien-nhan/"
    client = Client()
    assert rating in client.get(address).content.decode()
    assert client.post(rating, {"score": "1"}).status_code == 400  # a low one says why
    assert client.post(rating, {"score": "5"})["Location"] == address
    assert rating not in client.get(address).content.decode()
    assert client.post(rating, {"score": "4"}).status_code == 409
    assert client.get(f"{address}danh-gia/ket-qua/").status_code == 409  # there is no result yet
    assert client.get(f"{address}danh-gia/khac/").status_code == 404
    assert client.get(f"{ADDRESS}q/x/danh-gia/bien-nhan/").status_code == 404
    with scope(units=[dossier.competent_unit_id]):
        assert [(one.score, one.moment) for one in Rating.objects.filter(dossier=dossier)] == [(5, "receipt")]
