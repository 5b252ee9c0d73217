"""The whole way of a payment over real HTTP: ordered, paid on the platform's page, heard, and given back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from services.models import ProcedureVersion, Refund
from services.money_states import Way
from services.operations.citizen import withdraw
from services.operations.hearing import HEAR
from services.operations.paying import ORDER, begin_payment
from services.operations.refunds import SEND, approve_refund
from services.queries.money import balance_of
from tests.cast import Cast
from tests.integrations.sandboxed import SECRET, Sandbox, running
from tests.integrations.test_payments import notices, press, tell
from tests.services.build import Office
from tests.services.money import EACH, account, again, costing, online
from tests.services.own import citizen
from tests.services.working import work_off


@pytest.fixture(scope="module")
def platform() -> Iterator[Sandbox]:
    with running() as found:
        yield found


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


@pytest.fixture
def filer(office: Office, platform: Sandbox, settings: Any) -> User:
    settings.PAYMENT_ADDRESS, settings.PAYMENT_PARTNER, settings.PAYMENT_SECRET = platform.origin, "portal", SECRET
    account(office)
    return citizen()


@pytest.mark.parametrize(
    ("deed", "state"),
    [
        ("pay", "paid"), ("notice_twice", "paid"), ("twice", "paid"), ("wrong_amount", "surplus"),
        ("cancel", "failed"), ("bad_hash", "open"),
    ],
)  # fmt: skip  # a table
def test_each_thing_that_can_happen(office: Office, filer: User, platform: Sandbox, deed: str, state: str) -> None:
    dossier = online(office, filer)
    payment = begin_payment(dossier=dossier, way=Way.GATEWAY, amount=2 * EACH, actor=filer, now=office.tick())
    assert work_off(office.tick(), ORDER) == 1
    page = again(payment).address
    assert page.startswith(platform.origin)
    press(page, deed)
    for notice in notices(platform, payment.reference):
        tell(Client(), notice, 403 if deed == "bad_hash" else 200)
    work_off(office.tick(), HEAR)
    assert again(payment).state == state
    assert Refund.objects.exists() == (deed in {"twice", "wrong_amount"})
    assert balance_of(dossier).owed == (0 if state == "paid" else 2 * EACH)


def test_what_was_paid_goes_back_the_same_way(office: Office, filer: User, platform: Sandbox) -> None:
    dossier = online(office, filer)
    payment = begin_payment(dossier=dossier, way=Way.GATEWAY, amount=2 * EACH, actor=filer, now=office.tick())
    work_off(office.tick(), ORDER)
    press(again(payment).address, "pay")
    [notice] = notices(platform, payment.reference)
    tell(Client(), notice, 200)
    work_off(office.tick(), HEAR)
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    work_off(office.tick(), "services.dossier.withdrawn")
    refund = Refund.objects.get()
    approve_refund(refund=refund, actor=office.people.deputy.user, now=office.tick())
    work_off(office.tick(), SEND)
    refund.refresh_from_db()
    assert (refund.state, refund.note[:2]) == ("done", "HT")
