"""What is heard of money, and what becomes of it: nothing is lost, and nothing is paid that was not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from documents.layouts import render
from portal.accounts.models import User
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import errors, money_errors, vietqr
from services.gateways import Said, Word
from services.models import Dossier, FeeReceipt, Payment, PaymentMessage, PrintedForm, ProcedureVersion, Refund
from services.money_states import MessageKind, Outcome, PaymentState, Way
from services.operations.citizen import withdraw
from services.operations.fees import Assessment, assess_fee
from services.operations.hearing import hear, keep_message
from services.operations.paying import begin_payment, expire_payment, fail_payment, settle_payment, take_cash
from services.queries.money import balance_of
from tests.cast import Cast
from tests.services.build import Office
from tests.services.money import EACH, account, again, begun, costing, heard, messages, online, word
from tests.services.own import citizen

OWED = 2 * EACH


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


@pytest.fixture
def filer(office: Office) -> User:
    account(office)
    return citizen()


@pytest.fixture
def dossier(office: Office, filer: User) -> Dossier:
    return online(office, filer)


def test_the_right_amount_counts_with_receipt_and_form(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    assert heard(office, word(payment)) == Outcome.PAID
    paid = again(payment)
    assert (paid.state, paid.received, paid.bank_key) == ("paid", OWED, "GD1")
    assert balance_of(dossier).owed == 0
    receipt = FeeReceipt.objects.get(payment=paid)
    assert (receipt.symbol, receipt.number, receipt.amount) == ("AN-26E", 1, OWED)
    form = PrintedForm.objects.get(dossier=dossier)
    assert render(form.form, form.data, on=localdate(office.now)).pages == 1
    assert paid.settle_due_at is not None
    assert not Refund.objects.exists()


def test_the_same_word_twice_has_one_effect(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    assert [heard(office, word(payment)) for _ in range(3)] == [Outcome.PAID, Outcome.REPEATED, Outcome.REPEATED]
    assert (FeeReceipt.objects.count(), Refund.objects.count()) == (1, 0)
    assert Event.objects.filter(name="services.fee.paid").count() == 1


def test_a_message_is_judged_once(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    kept = keep_message(kind=MessageKind.NOTICE, word=word(payment), raw={}, actor=System.RELAY, now=office.tick())
    told = [hear(message_id=kept.pk, actor=System.RELAY, now=office.tick()) for _ in range(2)]
    assert told == [Outcome.PAID, Outcome.PAID]
    assert FeeReceipt.objects.count() == 1


def test_money_twice_for_one_order_goes_back(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    heard(office, word(payment))
    assert heard(office, word(payment, bank_key="GD2")) == Outcome.SURPLUS
    second = Payment.objects.get(state=PaymentState.SURPLUS)
    assert (second.note, second.received) == (payment.reference, OWED)
    refund = Refund.objects.get()
    assert (refund.reason, refund.amount, refund.state) == ("twice", OWED, "asked")
    assert heard(office, word(payment, bank_key="GD2")) == Outcome.REPEATED
    assert balance_of(dossier).paid == OWED


@pytest.mark.parametrize("amount", [1, OWED - 1, OWED + 1, 10 * OWED])
def test_another_amount_pays_nothing_and_goes_back(office: Office, filer: User, dossier: Dossier, amount: int) -> None:
    payment = begun(office, dossier, filer)
    assert heard(office, word(payment, amount=amount)) == Outcome.SURPLUS
    assert (again(payment).state, again(payment).received) == ("surplus", amount)
    assert balance_of(dossier).owed == OWED
    assert not FeeReceipt.objects.exists()
    refund = Refund.objects.get()
    assert (refund.reason, refund.amount) == ("other_amount", amount)


def test_too_late_after_a_withdrawal_goes_back(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    assert heard(office, word(payment)) == Outcome.SURPLUS
    assert Refund.objects.get().reason == "too_late"


def test_late_but_still_owed_it_counts(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    office.tick(hours=2)
    assert expire_payment(payment_id=payment.pk, actor=System.SCHEDULE, now=office.tick()) is not None
    assert again(payment).state == "expired"
    assert heard(office, word(payment)) == Outcome.PAID
    assert balance_of(dossier).owed == 0


def test_a_second_attempt_paid_with_the_first_is_twice(office: Office, filer: User, dossier: Dossier) -> None:
    first = begun(office, dossier, filer)
    office.tick(hours=2)
    expire_payment(payment_id=first.pk, actor=System.SCHEDULE, now=office.tick())
    second = begun(office, dossier, filer)
    assert heard(office, word(second, bank_key="B")) == Outcome.PAID
    assert heard(office, word(first, bank_key="A")) == Outcome.SURPLUS
    assert (again(first).state, Refund.objects.get().reason) == ("surplus", "twice")


def test_paid_in_cash_meanwhile_the_bank_money_goes_back(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    desk = office.people.desk_officer.user
    cash = take_cash(dossier=dossier, amount=OWED, actor=desk, now=office.tick())
    assert (cash.state, again(payment).state, cash.settle_due_at) == ("paid", "expired", None)
    assert heard(office, word(payment)) == Outcome.SURPLUS
    assert FeeReceipt.objects.get().payment_id == cash.pk


def test_no_money_ends_the_attempt_and_a_new_one_begins(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    assert heard(office, word(payment, said=Said.FAILED)) == Outcome.FAILED
    assert begun(office, dossier, filer).pk != payment.pk
    assert heard(office, word(payment, said=Said.FAILED)) == Outcome.NOTHING


def test_who_waits_hears_nothing(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    assert heard(office, word(payment, said=Said.PENDING)) == Outcome.NOTHING
    assert again(payment).state == "open"


def test_an_unknown_order_is_kept(office: Office, filer: User) -> None:
    assert heard(office, Word("TTKHONGCO", Said.PAID, 5000, "GD9")) == Outcome.UNKNOWN_ORDER
    assert heard(office, Word("", Said.PAID, 5000, "GD8", content="abc", account="113366668888")) == (
        Outcome.UNKNOWN_ORDER
    )
    assert messages() == ["unknown_order", "unknown_order"]
    with scope(purpose=Purpose.PAYMENTS):
        assert PaymentMessage.objects.get(amount=5000, reference="").unit_id == office.people.home
    assert not Payment.objects.exists()


def test_a_transfer_is_found_by_its_purpose(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer, Way.TRANSFER)
    assert vietqr.is_whole(payment.address)
    bank = f"MBVCB.123 {str(dossier).replace('-', ' ').lower()} chuyen tien"
    assert heard(office, Word("", Said.PAID, OWED, "FT1", content=bank)) == Outcome.PAID
    assert again(payment).state == "paid"
    assert heard(office, Word("", Said.PAID, OWED, "FT2", content=str(dossier))) == Outcome.SURPLUS


def test_settled_once(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    heard(office, word(payment))
    assert heard(office, word(payment, said=Said.SETTLED)) == Outcome.SETTLED
    assert heard(office, word(payment, said=Said.SETTLED)) == Outcome.REPEATED
    assert again(payment).settled_at is not None


def test_cash_is_settled_by_who_oversees_it(office: Office, filer: User, dossier: Dossier) -> None:
    desk = office.people.desk_officer.user
    cash = take_cash(dossier=dossier, amount=OWED, actor=desk, now=office.tick())
    with pytest.raises(errors.NotAllowedError):
        settle_payment(payment=cash, proof="UNC 12", actor=desk, now=office.tick())
    settle_payment(payment=cash, proof="UNC 12", actor=office.people.deputy.user, now=office.tick())
    assert again(cash).state == "settled"
    with pytest.raises(errors.WrongStateError):
        settle_payment(payment=cash, proof="UNC 12", actor=office.people.deputy.user, now=office.tick())


def test_the_attempt_that_is_good_is_gone_on_with(office: Office, filer: User, dossier: Dossier) -> None:
    assert begun(office, dossier, filer).pk == begun(office, dossier, filer).pk


def test_an_attempt_at_the_old_amount_ends(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    said = Assessment(amount=EACH, ground="NQ 15/2026/NQ-HĐND")
    assess_fee(dossier=dossier, said=said, actor=office.people.desk_officer.user, now=office.tick())
    assert again(payment).state == "expired"
    assert heard(office, word(payment)) == Outcome.SURPLUS
    with pytest.raises(money_errors.OtherAmountError):
        begin_payment(dossier=dossier, way=Way.GATEWAY, amount=OWED, actor=filer, now=office.tick())


def test_paid_too_much_by_a_new_assessment_goes_back(office: Office, filer: User, dossier: Dossier) -> None:
    heard(office, word(begun(office, dossier, filer)))
    said = Assessment(exemption="poor", evidence="Số 12")
    assess_fee(dossier=dossier, said=said, actor=office.people.desk_officer.user, now=office.tick())
    refund = Refund.objects.get()
    assert (refund.reason, refund.amount, balance_of(dossier).paid) == ("reduced", OWED, 0)


def test_nothing_is_begun_that_is_not_owed(office: Office, filer: User, dossier: Dossier) -> None:
    heard(office, word(begun(office, dossier, filer)))
    for way in (Way.GATEWAY, Way.TRANSFER):
        with pytest.raises(money_errors.NothingOwedError):
            begin_payment(dossier=dossier, way=way, amount=OWED, actor=filer, now=office.tick())
    with pytest.raises(money_errors.NothingOwedError):
        take_cash(dossier=dossier, amount=OWED, actor=office.people.desk_officer.user, now=office.tick())


def test_who_may(office: Office, filer: User, dossier: Dossier) -> None:
    people = office.people
    for user in (citizen("khac"), people.desk_officer.user, people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            begin_payment(dossier=dossier, way=Way.GATEWAY, amount=OWED, actor=user, now=office.tick())
    for user in (filer, people.specialist.user, people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            take_cash(dossier=dossier, amount=OWED, actor=user, now=office.tick())


def test_without_an_account_nothing_is_begun(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer)
    with pytest.raises(money_errors.NoAccountError):
        begun(office, dossier, filer)
    cash = take_cash(dossier=dossier, amount=OWED, actor=office.people.desk_officer.user, now=office.tick())
    assert FeeReceipt.objects.get(payment=cash).symbol == "TT-26"


def test_not_assessed_nothing_is_taken(office: Office, filer: User) -> None:
    version = costing(fees={"amount_vnd": None, "rule_vi": ""}, code="1.004873")
    dossier = online(office, filer, version=version)
    with pytest.raises(money_errors.NotAssessedError):
        take_cash(dossier=dossier, amount=OWED, actor=office.people.desk_officer.user, now=office.tick())


def test_receipts_are_numbered_without_gap(office: Office, filer: User) -> None:
    desk = office.people.desk_officer.user
    for _ in range(3):
        take_cash(dossier=online(office, filer), amount=OWED, actor=desk, now=office.tick())
    assert list(FeeReceipt.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_the_gateway_that_says_no_fails_the_attempt(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begin_payment(dossier=dossier, way=Way.GATEWAY, amount=OWED, actor=filer, now=office.tick())
    fail_payment(payment_id=payment.pk, reason="no_gateway", actor=System.RELAY, now=office.tick())
    assert (again(payment).state, again(payment).note) == ("failed", "no_gateway")


def test_an_attempt_does_not_end_before_its_time(office: Office, filer: User, dossier: Dossier) -> None:
    payment = begun(office, dossier, filer)
    assert expire_payment(payment_id=payment.pk, actor=System.SCHEDULE, now=office.now + timedelta(minutes=1)) is None


BREAKS: dict[str, Callable[[Payment], int]] = {
    "paid without money": lambda one: Payment.objects.filter(pk=one.pk).update(state="paid"),
    "paid by another amount": lambda one: Payment.objects.filter(pk=one.pk).update(
        state="paid", received=1, paid_at=one.begun_at
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_itself_refuses_what_is_false(office: Office, filer: User, dossier: Dossier, name: str) -> None:
    payment = begun(office, dossier, filer)
    with pytest.raises(IntegrityError), transaction.atomic():
        BREAKS[name](payment)


def test_another_citizen_sees_no_money(office: Office, filer: User, dossier: Dossier) -> None:
    heard(office, word(begun(office, dossier, filer)))
    with scope(citizen=citizen("khac").pk):
        assert not Payment.objects.exists()
        assert not FeeReceipt.objects.exists()
        assert not PaymentMessage.objects.exists()
    with scope(citizen=filer.pk):
        assert Payment.objects.count() == 1
