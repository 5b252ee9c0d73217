"""What "việc của tôi" says of money: to whom, how many, and where it leads."""

import pytest
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.models import User
from portal.events.actors import System
from portal.ui.work import Contribution
from services.models import ProcedureVersion, Refund
from services.operations.citizen import withdraw
from services.operations.fees import Claim
from services.operations.refunds import approve_refund, deny_refund, refund_ended
from services.wording_money import dong
from services.work_money import contribution
from tests.cast import Cast, Member
from tests.services.build import Office
from tests.services.money import EACH, account, begun, costing, heard, online, word
from tests.services.own import citizen


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


@pytest.fixture
def filer(office: Office) -> User:
    account(office)
    return citizen()


def told(user: User) -> Contribution:
    request = HttpRequest()
    request.user = user
    return contribution(request)


def says_nothing(user: User) -> bool:
    found = told(user)
    return not found.items and not found.counts


def asked(office: Office, filer: User) -> Refund:
    dossier = online(office, filer)
    heard(office, word(begun(office, dossier, filer), bank_key=f"GD{dossier.reference}"))
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    [refund] = refund_ended(dossier=dossier, actor=System.RELAY, now=office.tick())
    return refund


def test_whoever_decides_on_refunds_finds_each_and_their_number(office: Office, filer: User) -> None:
    first, second = asked(office, filer), asked(office, filer)
    found = told(office.people.deputy.user)
    assert [item.url for item in found.items] == [
        reverse("services:finance-refund", args=[one.pk]) for one in (first, second)
    ]
    assert all(dong(2 * EACH) in item.title for item in found.items)
    [count] = found.counts
    assert (count.number, count.url) == (2, reverse("services:finance-waiting"))


def test_a_refund_that_was_denied_waits_no_more(office: Office, filer: User) -> None:
    deputy = office.people.deputy.user
    deny_refund(refund=asked(office, filer), reason="Đã xử lý", actor=deputy, now=office.tick())
    assert says_nothing(deputy)


def test_what_the_bank_has_to_do_is_counted_and_is_nobody_s_work(office: Office, filer: User) -> None:
    deputy = office.people.deputy.user
    approve_refund(refund=asked(office, filer), actor=deputy, now=office.tick())
    found = told(deputy)
    assert [count.number for count in found.counts] == [1]
    assert not found.items


def test_the_desk_finds_exemptions_that_are_asked_for_and_no_refunds(office: Office, filer: User) -> None:
    asked(office, filer)
    dossier = online(office, filer, claim=Claim("poor", "Giấy chứng nhận hộ nghèo số 12"))
    found = told(office.people.desk_officer.user)
    assert [item.url for item in found.items] == [reverse("services:desk-fee", args=[dossier.pk])]
    assert not found.counts


@pytest.mark.parametrize("role", ["specialist", "outsider"])
def test_nobody_else_is_told_of_money(office: Office, filer: User, role: str) -> None:
    asked(office, filer)
    online(office, filer, claim=Claim("poor", "Giấy chứng nhận hộ nghèo số 12"))
    member: Member = getattr(office.people, role)
    assert says_nothing(member.user)
    assert says_nothing(filer)
