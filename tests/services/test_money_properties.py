"""Whatever happens in whatever order: nobody pays too much, nothing is paid twice, nothing that came is lost."""

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

import pytest
from django.db.models import Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.accounts.models import User
from portal.events.actors import System
from services import vietqr
from services.errors import ServicesError
from services.gateways import Said, Word
from services.models import FeeReceipt, Payment, ProcedureVersion, Refund
from services.money_states import COUNTED, HELD, PaymentState, RefundState, Way
from services.operations.citizen import withdraw
from services.operations.fees import Assessment, assess_fee
from services.operations.paying import begin_payment, expire_payment, settle_payment, take_cash
from services.operations.refunds import approve_refund, deny_refund, finish_refund, refund_ended
from services.queries.money import balance_of, left_of
from tests.cast import Cast
from tests.services.build import Office
from tests.services.money import account, costing, heard, online
from tests.services.own import citizen


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


class Money(RuleBasedStateMachine):
    """One dossier, its citizen, its desk, its bank. `came`: what the bank sent for orders of ours, by its name."""

    office: ClassVar[Office]
    filer: ClassVar[User]

    @initialize()
    def file(self) -> None:
        self.dossier = online(self.office, self.filer)
        self.came: dict[str, int] = {}

    def mine(self) -> list[Payment]:
        return list(Payment.objects.filter(dossier=self.dossier).order_by("begun_at", "id"))

    def tried(self, deed: Callable[[], object]) -> None:
        """A refusal is an answer; what it leaves behind is checked like all else."""
        with suppress(ServicesError):
            deed()

    @rule(way=st.sampled_from([Way.GATEWAY, Way.TRANSFER]), wrong=st.booleans())
    def begin(self, way: Way, wrong: bool) -> None:
        amount = (balance_of(self.office.again(self.dossier)).owed or 1) + wrong
        self.tried(
            lambda: begin_payment(
                dossier=self.dossier, way=way, amount=amount, actor=self.filer, now=self.office.tick()
            )
        )

    @rule()
    def pay_cash(self) -> None:
        amount = balance_of(self.office.again(self.dossier)).owed or 1
        desk = self.office.people.desk_officer.user
        self.tried(lambda: take_cash(dossier=self.dossier, amount=amount, actor=desk, now=self.office.tick()))

    @rule(
        data=st.data(),
        said=st.sampled_from([Said.PAID, Said.PAID, Said.SETTLED, Said.FAILED, Said.PENDING]),
        off=st.sampled_from([0, 0, 0, -1, 1000]),
        again=st.booleans(),
    )
    def hear_of_it(self, data: st.DataObject, said: Said, off: int, again: bool) -> None:
        attempts = [one for one in self.mine() if one.way != Way.CASH]
        if not attempts:
            return
        payment = data.draw(st.sampled_from(attempts))
        known = [one.bank_key for one in attempts if one.bank_key]
        key = data.draw(st.sampled_from(known)) if again and known else f"{payment.reference}-{len(self.came)}"
        amount = self.came.get(key, max(payment.amount + off, 1))
        if said in {Said.PAID, Said.SETTLED}:
            self.came.setdefault(key, amount)
        heard(self.office, Word(payment.reference, said, amount, bank_key=key))

    @rule()
    def hear_of_nothing_of_ours(self) -> None:
        heard(self.office, Word("TTKHONGCO", Said.PAID, 7000, bank_key=f"X{len(self.came)}"))

    @rule(data=st.data())
    def expire(self, data: st.DataObject) -> None:
        waiting = [one for one in self.mine() if one.state == PaymentState.OPEN]
        if not waiting:
            return
        one = data.draw(st.sampled_from(waiting))
        assert one.expires_at is not None
        expire_payment(payment_id=one.pk, actor=System.SCHEDULE, now=max(one.expires_at, self.office.tick()))

    @rule(amount=st.sampled_from([0, 1, 5000, 16_000, 40_000]))
    def assess(self, amount: int) -> None:
        desk = self.office.people.desk_officer.user
        said = Assessment(amount=amount, ground="NQ 15/2026")
        self.tried(lambda: assess_fee(dossier=self.dossier, said=said, actor=desk, now=self.office.tick()))

    @rule()
    def end(self) -> None:
        self.tried(lambda: withdraw(dossier=self.dossier, reason="", actor=self.filer, now=self.office.tick()))
        for _ in range(2):
            refund_ended(dossier=self.dossier, actor=System.RELAY, now=self.office.tick())

    @rule(data=st.data(), deed=st.sampled_from(["approve", "deny", "finish"]))
    def decide(self, data: st.DataObject, deed: str) -> None:
        refunds = list(Refund.objects.filter(dossier=self.dossier).order_by("asked_at", "id"))
        if not refunds:
            return
        refund, deputy = data.draw(st.sampled_from(refunds)), self.office.people.deputy.user
        deeds = {
            "approve": lambda: approve_refund(refund=refund, actor=deputy, now=self.office.tick()),
            "deny": lambda: deny_refund(refund=refund, reason="x", actor=deputy, now=self.office.tick()),
            "finish": lambda: finish_refund(refund=refund, proof="x", actor=deputy, now=self.office.tick()),
        }
        self.tried(deeds[deed])

    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        payments = self.mine()
        if not payments:
            return
        one, deputy = data.draw(st.sampled_from(payments)), self.office.people.deputy.user
        self.tried(lambda: settle_payment(payment=one, proof="x", actor=deputy, now=self.office.tick()))

    @invariant()
    def nobody_pays_too_much(self) -> None:
        balance = balance_of(self.office.again(self.dossier))
        assert balance.paid >= 0
        denied = Refund.objects.filter(dossier=self.dossier, state=RefundState.DENIED).exists()
        if balance.fee is not None and balance.fee.amount is not None and not denied:
            assert balance.paid <= balance.fee.amount

    @invariant()
    def nothing_counts_that_did_not_come(self) -> None:
        for one in self.mine():
            assert (one.received is not None) == (one.state in HELD)
            assert one.state not in COUNTED or one.received == one.amount
            assert left_of(one) >= 0

    @invariant()
    def nothing_that_came_is_lost(self) -> None:
        held = Payment.objects.filter(dossier=self.dossier).exclude(way=Way.CASH)
        assert (held.aggregate(sum=Sum("received"))["sum"] or 0) == sum(self.came.values())

    @invariant()
    def each_payment_has_its_receipt(self) -> None:
        counted = {one.pk for one in self.mine() if one.state in COUNTED}
        receipts = FeeReceipt.objects.filter(dossier=self.dossier).values_list("payment_id", flat=True)
        assert set(receipts) == counted
        assert len(receipts) == len(counted)

    @invariant()
    def what_is_owed_to_nobody_goes_back_whole(self) -> None:
        for one in self.mine():
            if one.state == PaymentState.SURPLUS:
                assert left_of(one) == 0


def test_money_is_never_wrong(office: Office) -> None:
    account(office)
    Money.office, Money.filer = office, citizen()
    run_state_machine_as_test(Money, settings=settings(stateful_step_count=15))
    assert Payment.objects.exists()


@pytest.mark.parametrize("text", ["H01.00001-261116-0001", "DK-RYDQG-JQFU8"])
def test_a_purpose_keeps_its_letters_through_a_bank(text: str) -> None:
    assert vietqr.key(text) in vietqr.key(f"IBFT 123 {text.replace('.', ' ').replace('-', '')}".replace(" ", ""))
