"""Each guard of money is taken away once, and the check that stands for it sees it: a test that cannot fail proves
nothing. What the database itself holds (a counted payment is whole, one for each assessment) is not listed here.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from services import errors, money_errors
from services.errors import ServicesError
from services.models import Payment, ProcedureVersion, Refund
from services.money_states import RefundReason, Way
from services.operations import fees, hearing, paying, refunds
from services.operations.citizen import withdraw
from services.operations.fees import Assessment, Claim, assess_fee, deny_exemption
from services.operations.paying import begin_payment, take_cash
from services.operations.refunds import approve_refund, refund_ended
from services.queries.money import balance_of
from tests.cast import Cast
from tests.services.build import Office
from tests.services.money import EACH, account, begun, costing, heard, online, word
from tests.services.own import citizen

OWED = 2 * EACH
# Where a guard is gone, another one or the database says no: that is not what the guard stands for.
OTHERS = (ServicesError, DatabaseError)


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


def refused(error: type[Exception], deed: Callable[[], object]) -> bool:
    try:
        deed()
    except error:
        return True
    except Exception:
        return False
    return False


def cash_by_whoever(office: Office) -> bool:
    dossier, user = online(office, citizen()), office.people.outsider.user
    return refused(
        errors.NotAllowedError, lambda: take_cash(dossier=dossier, amount=OWED, actor=user, now=office.tick())
    )


def another_amount_in_cash(office: Office) -> bool:
    dossier, desk = online(office, citizen()), office.people.desk_officer.user
    return refused(
        money_errors.OtherAmountError,
        lambda: take_cash(dossier=dossier, amount=OWED - 1, actor=desk, now=office.tick()),
    )


def paying_for_somebody_else(office: Office) -> bool:
    account(office)
    dossier, other = online(office, citizen()), citizen("khac")
    return refused(
        errors.NotAllowedError,
        lambda: begin_payment(dossier=dossier, way=Way.GATEWAY, amount=OWED, actor=other, now=office.tick()),
    )


def a_wrong_amount_by_the_bank(office: Office) -> bool:
    account(office)
    filer = citizen()
    dossier = online(office, filer)
    try:
        heard(office, word(begun(office, dossier, filer), amount=OWED - 1000))
    except Exception:
        return False
    return balance_of(dossier).paid == 0 and Refund.objects.get().amount == OWED - 1000


def money_once_more(office: Office) -> bool:
    account(office)
    filer = citizen()
    payment = begun(office, online(office, filer), filer)
    heard(office, word(payment))
    try:
        heard(office, word(payment, bank_key="GD2"))
    except Exception:
        return False
    return Payment.objects.count() == 2 and Refund.objects.get().amount == OWED


def assessed_by_whoever(office: Office) -> bool:
    dossier, user = online(office, citizen()), office.people.outsider.user
    said = Assessment(amount=0, ground="x")
    return refused(
        errors.NotAllowedError, lambda: assess_fee(dossier=dossier, said=said, actor=user, now=office.tick())
    )


def exempt_by_a_reason_that_is_none(office: Office) -> bool:
    dossier, desk = online(office, citizen()), office.people.desk_officer.user
    said = Assessment(exemption="nobody", evidence="x")
    return refused(
        money_errors.NoSuchExemptionError,
        lambda: assess_fee(dossier=dossier, said=said, actor=desk, now=office.tick()),
    )


def denied_by_whoever(office: Office) -> bool:
    filer = citizen()
    dossier = online(office, filer, claim=Claim("poor", "Số 12"))
    return refused(
        errors.NotAllowedError,
        lambda: deny_exemption(dossier=dossier, reason="x", actor=filer, now=office.tick()),
    )


def refund_decided_by_whoever(office: Office) -> bool:
    refund = _asked(office)
    user = office.people.outsider.user
    return refused(errors.NotAllowedError, lambda: approve_refund(refund=refund, actor=user, now=office.tick()))


def more_back_than_came(office: Office) -> bool:
    refund = _asked(office)
    actor, reason = office.people.leader.user, RefundReason(refund.reason)
    more: dict[str, Any] = {"amount": 1, "reason": reason, "ground": "", "actor": actor, "now": office.now}
    return refused(money_errors.TooMuchError, lambda: refunds.open_refund(payment=refund.payment, **more))


def given_back_twice(office: Office) -> bool:
    refund = _asked(office)
    try:
        refund_ended(dossier=refund.dossier, actor=office.people.leader.user, now=office.tick())
    except Exception:
        return True
    return Refund.objects.count() == 1


def _asked(office: Office) -> Refund:
    filer = citizen()
    dossier = online(office, filer)
    take_cash(dossier=dossier, amount=OWED, actor=office.people.desk_officer.user, now=office.tick())
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    refund_ended(dossier=dossier, actor=filer, now=office.tick())
    return Refund.objects.select_related("payment", "dossier").get()


def yes(*_args: object, **_more: object) -> bool:
    return True


GUARDS: list[tuple[Callable[[Office], bool], Any, str, Any]] = [
    (cash_by_whoever, paying, "may_take", yes),
    (another_amount_in_cash, paying, "_owed", lambda dossier, amount: dossier.fees.get(replaced_at=None)),
    (paying_for_somebody_else, paying, "may_begin", yes),
    (a_wrong_amount_by_the_bank, hearing, "_surplus", lambda *_more: None),
    (money_once_more, hearing, "HELD", frozenset()),
    (assessed_by_whoever, fees, "may_assess", yes),
    (exempt_by_a_reason_that_is_none, fees, "_exemption", lambda *_more: None),
    (denied_by_whoever, fees, "may_assess", yes),
    (refund_decided_by_whoever, refunds, "may_decide", yes),
    (more_back_than_came, refunds, "left_of", lambda _payment: 10**9),
]


@pytest.mark.parametrize("case", GUARDS, ids=lambda case: case[0].__name__)
def test_the_check_holds_and_sees_its_guard_go(
    office: Office, monkeypatch: pytest.MonkeyPatch, case: tuple[Callable[[Office], bool], Any, str, Any]
) -> None:
    check, module, guard, gone = case
    with monkeypatch.context() as without:
        without.setattr(module, guard, gone)
        assert not _in_its_own(check, office), f"nothing was seen without {guard}"
    assert _in_its_own(check, office)


def test_a_dossier_gives_its_money_back_once(office: Office) -> None:
    assert given_back_twice(office)


def _in_its_own(check: Callable[[Office], bool], office: Office) -> bool:
    """Each try on untouched ground: what one of them leaves would decide the other."""
    with transaction.atomic():
        sid = transaction.savepoint()
        found = check(office)
        transaction.savepoint_rollback(sid)
    return found
