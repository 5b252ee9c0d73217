"""Money on pages: what a citizen pays, what the desk takes, what the unit oversees."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.events.actors import System
from services.models import Fee, Payment, ProcedureVersion, Refund
from services.money_states import Way
from services.operations.citizen import withdraw
from services.operations.paying import keep_order
from services.operations.refunds import refund_ended
from services.queries.money import balance_of
from tests.cast import Cast
from tests.services.api.talking import Rest
from tests.services.build import Office
from tests.services.conftest import MONDAY
from tests.services.desk import TOKEN
from tests.services.money import EACH, account, again, begun, costing, heard, online, word
from tests.services.own import Home, citizen, words

OWED = 2 * EACH
GATEWAY = "tests.services.money.Counter"


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=1))


@pytest.fixture
def filer(office: Office, settings: Any) -> User:
    settings.PAYMENT_GATEWAY, settings.PAYMENT_ADDRESS = GATEWAY, "https://pay.example"
    account(office)
    return citizen()


class Officer(Home):
    """An officer's browser fills in the forms of the same kind of pages."""


def test_the_amount_stands_with_its_calculation(office: Office, filer: User) -> None:
    page = Home(filer).page("own-fee", online(office, filer).pk)
    assert "Phải nộp: 16.000 đ" in page
    assert "2 bản" in page


def test_paying_online_leads_to_the_gateway_once_it_has_answered(office: Office, filer: User) -> None:
    dossier, home = online(office, filer), Home(filer)
    sent = home.send("own-fee", dossier.pk, way="gateway", amount=OWED)
    payment = Payment.objects.get()
    assert sent.status_code == 302
    assert str(payment.pk) in sent["Location"]
    assert "pay.example" not in home.get("own-payment", dossier.pk, payment.pk).content.decode()
    keep_order(payment_id=payment.pk, address="https://pay.example/a", actor=System.RELAY, now=office.tick())
    assert 'href="https://pay.example/a"' in home.get("own-payment", dossier.pk, payment.pk).content.decode()
    back = home.get("payment-back", payment.reference)
    assert back.status_code == 302
    assert again(payment).state == "open"  # the browser's return proves nothing


def test_paid_it_has_a_receipt_and_nothing_more_to_pay(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    heard(office, word(begun(office, dossier, filer)))
    page = Home(filer).page("own-fee", dossier.pk)
    assert "Đã nộp: 16.000 đ" in page
    assert "AN-26E 0000001" in page
    assert "trực tuyến</button>" not in page


def test_an_older_amount_is_refused_and_nothing_is_begun(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    assert Home(filer).send("own-fee", dossier.pk, way="gateway", amount=1).status_code == 400
    assert Home(filer).send("own-fee", dossier.pk, way="cash", amount=OWED).status_code == 400
    assert not Payment.objects.exists()


def test_the_qr_is_a_picture_while_it_can_be_paid(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    payment, home = begun(office, dossier, filer, Way.TRANSFER), Home(filer)
    page = home.page("own-payment", dossier.pk, payment.pk)
    assert "113366668888" in page
    shown = home.get("own-payment-square", dossier.pk, payment.pk)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/svg+xml")
    heard(office, word(payment))
    assert home.get("own-payment-square", dossier.pk, payment.pk).status_code == 404


def test_an_exemption_is_asked_for_and_seen_at_the_desk(office: Office, filer: User) -> None:
    dossier, home = online(office, filer), Home(filer)
    wrong = home.send("own-fee-claim", dossier.pk, token_of="own-fee")
    assert wrong.status_code == 400
    said = {"claim-exemption": "poor", "claim-evidence": "Số 12, 05/01/2026"}
    assert home.send("own-fee-claim", dossier.pk, token_of="own-fee", **said).status_code == 302
    assert "Số 12, 05/01/2026" in words(Officer(office.people.desk_officer.user).get("desk-fee", dossier.pk))


def test_strangers_find_nothing(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    payment = begun(office, dossier, filer)
    other, outsider = Home(citizen("khac")), Officer(office.people.outsider.user)
    for name, *ids in (
        ("own-fee", dossier.pk),
        ("own-payment", dossier.pk, payment.pk),
        ("payment-back", payment.reference),
    ):
        assert other.get(name, *ids).status_code == 404
    for name in ("desk-fee", "own-fee"):
        assert outsider.get(name, dossier.pk).status_code == 404


def test_the_desk_takes_cash_once(office: Office, filer: User) -> None:
    dossier, desk = online(office, filer), Officer(office.people.desk_officer.user)
    shown = desk.get("desk-fee", dossier.pk).content.decode()
    token = TOKEN.findall(shown)[0]
    sent = {"form_token": token, "revision": dossier.revision, "amount": OWED}
    url = reverse("services:desk-cash", args=[dossier.pk])
    assert [desk.client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert Payment.objects.get().way == "cash"
    assert "Đã nộp: 16.000 đ" in desk.page("desk-fee", dossier.pk)


def test_a_stale_page_takes_no_cash(office: Office, filer: User) -> None:
    dossier, desk = online(office, filer), Officer(office.people.desk_officer.user)
    sent = desk.send("desk-cash", dossier.pk, token_of="desk-fee", revision=dossier.revision + 1, amount=OWED)
    assert sent.status_code == 409
    assert not Payment.objects.exists()


def test_the_desk_shows_the_qr(office: Office, filer: User) -> None:
    dossier, desk = online(office, filer), Officer(office.people.desk_officer.user)
    sent = desk.send("desk-transfer", dossier.pk, token_of="desk-fee", way="transfer", amount=OWED)
    payment = Payment.objects.get()
    assert sent["Location"] == reverse("services:desk-payment", args=[dossier.pk, payment.pk])
    assert desk.get("desk-payment-square", dossier.pk, payment.pk).status_code == 200


def test_the_desk_assesses_and_says_what_is_missing(office: Office, filer: User) -> None:
    dossier, desk = online(office, filer), Officer(office.people.desk_officer.user)
    said: dict[str, Any] = {"assess-revision": dossier.revision, "assess-amount": "5.000", "assess-exemption": ""}
    assert desk.send("desk-fee", dossier.pk, **said).status_code == 400
    said |= {"assess-ground": "NQ 15/2026/NQ-HĐND"}
    assert desk.send("desk-fee", dossier.pk, **said).status_code == 302
    assert Fee.objects.get(dossier=dossier, replaced_at=None).amount == 5000
    assert desk.send("desk-fee", dossier.pk, **said).status_code == 409  # somebody was faster: this officer


def test_who_only_reads_takes_no_money(office: Office, filer: User) -> None:
    dossier, clerk = online(office, filer), Officer(office.people.vice_chair.user)
    assert clerk.get("desk-fee", dossier.pk).status_code == 200
    assert clerk.send("desk-cash", dossier.pk, token_of="-", revision=1, amount=OWED).status_code in {400, 403}
    assert not Payment.objects.exists()


def test_the_month_with_its_totals_and_its_sheet(office: Office, filer: User) -> None:
    office.now = MONDAY  # all of it in one month
    for _ in range(2):
        heard(office, word(begun(office, dossier := online(office, filer), filer), bank_key=str(dossier.pk)[:20]))
    deputy = Officer(office.people.deputy.user)
    month = "?thang=2026-11"
    page = deputy.page("finance", query=month)
    assert "32.000 đ" in page
    assert "Thanh toán trực tuyến" in page
    sheet = b"".join(deputy.get("finance-sheet", query=month).streaming_content).decode()  # type: ignore[attr-defined]  # it is streamed
    assert sheet.count("\n") == 3
    assert re.search(r"16000,paid", sheet)
    assert deputy.get("finance", query="?thang=x").status_code == 400
    assert "Tháng này không thu" in deputy.page("finance", query="?thang=2020-01")


def test_a_month_that_would_be_cut_is_refused_before_its_first_byte(
    office: Office, filer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.now = MONDAY
    monkeypatch.setattr("services.views.finance.MOST_ROWS", 1)
    deputy, month = Officer(office.people.deputy.user), "?thang=2026-11&cach=gateway"
    for number, status in ((1, 200), (2, 400)):
        heard(office, word(begun(office, online(office, filer), filer), bank_key=f"bank {number}"))
        assert deputy.get("finance-sheet", query=month).status_code == status
    told = words(deputy.get("finance-sheet", query=month))
    assert "một tệp chứa tối đa 1" in told
    assert "32.000 đ" in told, "the month is still shown"
    rest = Rest(office.people.deputy.user)
    monkeypatch.setattr("services.list_files.MOST_ROWS", 1)
    asked = {"query": month.removeprefix("?"), "as": "csv", "purpose": "Đối soát"}
    assert "một tệp chứa tối đa 1" in rest.get("list-files/thu-phi", 422, **asked)["detail"]


def test_only_who_oversees_sees_it(office: Office, filer: User) -> None:
    for member in (office.people.desk_officer, office.people.specialist):
        assert Officer(member.user).get("finance").status_code == 403
    assert Home(filer).get("finance").status_code == 404
    assert Client().get(reverse("services:finance")).status_code == 302


def asked(office: Office, filer: User, way: Way = Way.GATEWAY) -> Refund:
    dossier = online(office, filer)
    heard(office, word(begun(office, dossier, filer, way)))
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    [refund] = refund_ended(dossier=dossier, actor=System.RELAY, now=office.tick())
    return refund


def test_a_refund_is_approved_by_the_deputy(office: Office, filer: User) -> None:
    refund, deputy = asked(office, filer), Officer(office.people.deputy.user)
    assert "16.000 đ" in deputy.page("finance-waiting")
    assert deputy.send("finance-approval", refund.pk, token_of="finance-refund").status_code == 302
    refund.refresh_from_db()
    assert refund.state == "approved"
    assert Officer(office.people.outsider.user).get("finance-refund", refund.pk).status_code == 404


def test_a_refund_is_denied_with_its_reason_only(office: Office, filer: User) -> None:
    refund, deputy = asked(office, filer), Officer(office.people.deputy.user)
    assert deputy.send("finance-denial", refund.pk, token_of="finance-refund").status_code == 400
    said = {"deny-text": "Đã giải quyết xong"}
    assert deputy.send("finance-denial", refund.pk, token_of="finance-refund", **said).status_code == 302
    assert "Đã giải quyết xong" in Home(filer).page("own-fee", refund.dossier_id)


def test_what_came_by_transfer_goes_back_by_hand(office: Office, filer: User) -> None:
    refund, deputy = asked(office, filer, Way.TRANSFER), Officer(office.people.deputy.user)
    deputy.send("finance-approval", refund.pk, token_of="finance-refund")
    said = {"done-text": "UNC 17, 01/12/2026"}
    assert deputy.send("finance-completion", refund.pk, token_of="finance-refund", **said).status_code == 302
    refund.refresh_from_db()
    assert (refund.state, refund.note) == ("done", "UNC 17, 01/12/2026")


def test_money_is_settled_by_its_slip(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    payment = begun(office, dossier, filer)
    heard(office, word(payment))
    deputy = Officer(office.people.deputy.user)
    assert deputy.send("finance-settling", payment.pk).status_code == 400
    assert deputy.send("finance-settling", payment.pk, **{"settle-text": "Sao kê 12"}).status_code == 302
    assert again(payment).state == "settled"


def test_an_account_is_entered_from_a_day_on(office: Office, filer: User) -> None:
    deputy = Officer(office.people.deputy.user)
    said = {
        "first_day": "2026-12-01", "bank_bin": "970436", "bank_name": "Vietcombank", "account": "0011004",
        "account_name": "UBND XA AN", "tax_code": "0100233488", "receipt_form": "01BLP0-001",
        "receipt_symbol": "AN-27E",
    }  # fmt: skip  # as a paragraph
    home = office.people.home
    assert deputy.send("finance-account", home, **(said | {"bank_bin": "12"})).status_code == 400
    assert deputy.send("finance-account", home, **said).status_code == 302
    assert deputy.send("finance-account", home, **said).status_code == 400  # it begins on the same day
    assert deputy.get("finance-account", office.people.neighbour).status_code == 403
    assert balance_of(online(office, filer)).owed == OWED
