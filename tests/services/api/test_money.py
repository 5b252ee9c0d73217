"""Fees, payments and refunds over REST, by the same rules as on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.events.actors import System
from services.api import money_schemas as schemas
from services.models import Payment, ProcedureVersion, Refund
from services.operations.citizen import withdraw
from services.operations.refunds import refund_ended
from services.states import State
from tests.cast import Cast
from tests.services.api.talking import Rest, facts, pointers, read
from tests.services.build import Office
from tests.services.money import EACH, account, again, begun, costing, heard, online, word
from tests.services.own import Home, citizen

OWED = 2 * EACH
POOR = {"exemption": "poor", "evidence": "No. 12"}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def filer(office: Office) -> User:
    account(office)
    return citizen()


def one(item: Any) -> str:
    return f"dossiers/{item.pk}"


def test_what_it_costs_is_read(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    [told] = Rest(filer).get(f"{one(dossier)}/fees")["items"]
    assert set(told) == set(schemas.FeeSerializer().fields)
    assert set(told["lines"][0]) == set(schemas.FeeLineSerializer().fields)
    assert (told["amount"], told["lines"][0]["count"]) == (OWED, 2)


def test_a_transfer_begins_as_on_the_page(office: Office, filer: User) -> None:
    by_page, by_rest = online(office, filer), online(office, filer)
    assert Home(filer).send("own-fee", by_page.pk, way="transfer", amount=OWED).status_code == 302
    told = Rest(filer).does(by_rest, "payments", {"way": "transfer", "amount": OWED})
    assert set(told) == set(schemas.PaymentSerializer().fields)
    assert told["qrText"].startswith("000201010212")
    assert facts(by_page) == facts(by_rest)
    assert [row.state for row in Payment.objects.all()] == ["open", "open"]
    assert Rest(filer).get(f"{one(by_rest)}/payments/{told['id']}")["state"] == "open"


def test_the_page_of_the_gateway_is_known_a_little_later(office: Office, filer: User) -> None:
    dossier, rest = online(office, filer), Rest(filer)
    assert rest.does(dossier, "payments", {"way": "gateway", "amount": OWED})["pageUrl"] is None
    begun(office, dossier, filer)
    [told] = rest.get(f"{one(dossier)}/payments")["items"]
    assert told["pageUrl"] == "https://pay.example/x"


def test_cash_is_the_desks(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    cash = {"way": "cash", "amount": OWED}
    Rest(filer).does(dossier, "payments", cash, status=403)
    told = Rest(office.people.desk_officer.user).does(dossier, "payments", cash)
    assert (told["state"], told["receiptNumber"]) == ("paid", "AN-26E 0000001")


def test_another_amount_is_refused(office: Office, filer: User) -> None:
    dossier, rest = online(office, filer), Rest(filer)
    body = {"way": "transfer", "amount": 1}
    assert rest.does(dossier, "payments", body, status=422)["errors"][0]["code"] == "other-amount"
    wrong = rest.send(f"{one(dossier)}/payments", {"way": "gold", "amount": 0}, etag=rest.etag(one(dossier)))
    assert pointers(wrong) == {"/way": "not-a-choice", "/amount": "not-in-range"}


def test_needs_the_version_that_was_read_and_counts_once(office: Office, filer: User) -> None:
    dossier, desk = online(office, filer), Rest(office.people.desk_officer.user)
    path, body = f"{one(dossier)}/payments", {"way": "cash", "amount": OWED}
    assert desk.send(path, body).status_code == 428
    assert desk.send(path, body, etag='"0"').status_code == 412
    etag = desk.etag(one(dossier))
    first, second = (desk.send(path, body, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    assert Payment.objects.count() == 1


def test_claimed_and_assessed(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    assert Rest(filer).does(dossier, "exemption-claims", POOR)["claimedExemption"] == "poor"
    told = Rest(office.people.desk_officer.user).does(dossier, "fees", POOR)
    assert (told["amount"], told["exemption"]) == (0, "poor")
    Rest(filer).does(dossier, "fees", POOR, status=403)


@pytest.mark.parametrize("noun", ["fees", "payments", "refunds"])
def test_is_nobody_elses(office: Office, filer: User, noun: str) -> None:
    dossier = online(office, filer)
    for user in (citizen("khac"), office.people.outsider.user):
        Rest(user).get(f"{one(dossier)}/{noun}", status=404)
    assert Rest(filer).get(f"{one(dossier)}/{noun}", limit=1)["items"] is not None


def refund_of(office: Office, filer: User) -> Refund:
    dossier = online(office, filer)
    heard(office, word(begun(office, dossier, filer)))
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    [refund] = refund_ended(dossier=dossier, actor=System.RELAY, now=office.tick())
    return refund


def test_a_refund_is_decided(office: Office, filer: User) -> None:
    refund, deputy = refund_of(office, filer), Rest(office.people.deputy.user)
    [told] = deputy.get("refunds", state="asked")["items"]
    assert set(told) == set(schemas.RefundSerializer().fields)
    assert told["abilities"] == {"approve": True, "deny": True, "finish": False}
    path = f"refunds/{refund.pk}"
    assert deputy.send(f"{path}/approvals").status_code == 428
    done = read(deputy.send(f"{path}/approvals", etag=deputy.etag(path)), 201)
    assert done["state"] == "approved"
    read(deputy.send(f"{path}/denials", {"note": "x"}, etag=deputy.etag(path)), 409)
    assert Rest(filer).get(f"dossiers/{refund.dossier_id}/refunds")["items"][0]["state"] == "approved"


def test_refunds_are_for_those_who_oversee(office: Office, filer: User) -> None:
    refund = refund_of(office, filer)
    for user in (filer, office.people.desk_officer.user, office.people.outsider.user):
        Rest(user).get("refunds", status=403)
        Rest(user).get("payments", status=403)
        assert Rest(user).get(f"refunds/{refund.pk}", status=403)["status"] == 403


def test_collected_and_settled(office: Office, filer: User) -> None:
    dossier, deputy = online(office, filer), Rest(office.people.deputy.user)
    payment = begun(office, dossier, filer)
    heard(office, word(payment))
    [told] = deputy.get("payments", way="gateway", state="paid", unit=office.people.home)["items"]
    assert told["received"] == OWED
    assert deputy.get("payments", unit=office.people.neighbour)["items"] == []
    path = f"payments/{payment.pk}/settlements"
    read(deputy.send(path, {"note": "Statement 12"}, etag=deputy.etag(path)), 201)
    assert again(payment).state == "settled"


def test_work_waits_for_the_money(office: Office, filer: User) -> None:
    dossier = office.processing(filer=filer, answers={"copies": 1})
    rest, item = Rest(office.people.specialist.user), office.open_step(dossier)
    path = f"work-items/{item.pk}"
    read(rest.send(f"{path}/payment-requests", {"reason": "Nộp phí"}, etag=rest.etag(path)), 201)
    assert office.again(dossier).state == State.PAYMENT
