"""Money on its way back, jobs that look after money, and work that waits for it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import errors, money_errors, money_jobs
from services.gateways import GatewayError, Said
from services.models import Dossier, Payment, ProcedureVersion, Refund
from services.money_states import Way
from services.operations.asking_bank import CHECK
from services.operations.citizen import stop, withdraw
from services.operations.fees import Assessment, assess_fee
from services.operations.paying import ask_payment, begin_payment, take_cash
from services.operations.reception import accept, refuse
from services.operations.refunds import SEND, approve_refund, deny_refund, finish_refund, refund_ended
from services.payments_made import STATEMENT
from services.queries.money import balance_of
from services.states import State
from tests.cast import Cast
from tests.services.build import Office
from tests.services.money import EACH, Counter, account, again, begun, costing, heard, messages, online, word
from tests.services.own import citizen
from tests.services.working import work_off

OWED = 2 * EACH


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing(field="Hộ tịch")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Counter:
    made = Counter()
    monkeypatch.setattr("services.payments_made.gateway", lambda: made)
    monkeypatch.setattr("services.money_jobs.gateway", lambda: made)
    return made


@pytest.fixture
def filer(office: Office) -> User:
    account(office)
    return citizen()


def paid(office: Office, filer: User, way: Way = Way.GATEWAY) -> Dossier:
    dossier = online(office, filer)
    heard(office, word(begun(office, dossier, filer, way), bank_key=f"GD{dossier.reference}"))
    return dossier


def ended(office: Office, filer: User, way: Way = Way.GATEWAY) -> Refund:
    dossier = paid(office, filer, way)
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    work_off(office.tick(), "services.dossier.withdrawn")
    return Refund.objects.get(dossier=dossier)


def test_withdrawn_before_it_was_received_all_of_it_goes_back(office: Office, filer: User, gate: Counter) -> None:
    refund = ended(office, filer)
    assert (refund.state, refund.amount, refund.reason, refund.asked_by) == (
        "asked", OWED, "withdrawn", "system:relay",
    )  # fmt: skip
    assert refund_ended(dossier=refund.dossier, actor=System.RELAY, now=office.tick()) == []  # once


def test_after_the_work_began_nothing_goes_back(office: Office, filer: User) -> None:
    dossier = office.checked(paid(office, filer))
    accept(dossier=dossier, actor=office.people.desk_officer.user, now=office.tick())
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    work_off(office.tick(), "services.dossier.withdrawn")
    assert not Refund.objects.exists()


def test_refused_all_of_it_goes_back(office: Office, filer: User) -> None:
    dossier = paid(office, filer)
    desk = office.people.desk_officer.user
    refuse(dossier=dossier, reason="Sai thẩm quyền", ground="Đ.17.1c", actor=desk, now=office.tick())
    work_off(office.tick(), "services.dossier.refused")
    assert Refund.objects.get().reason == "refused"


def test_a_sector_keeps_what_its_law_says(office: Office, filer: User) -> None:
    version = costing(code="1.001612", field="Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)")
    dossier = online(office, filer, version=version)
    desk = office.people.desk_officer.user
    take_cash(dossier=dossier, amount=balance_of(dossier).owed or 0, actor=desk, now=office.tick())
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    work_off(office.tick(), "services.dossier.withdrawn")
    assert not Refund.objects.exists()


def test_approved_it_goes_back_through_the_gateway(office: Office, filer: User, gate: Counter) -> None:
    refund = ended(office, filer)
    approve_refund(refund=refund, actor=office.people.deputy.user, now=office.tick())
    assert work_off(office.tick(), SEND) == 1
    refund.refresh_from_db()
    assert (refund.state, refund.note) == ("done", "HT-1")
    [order] = gate.back.values()
    assert (order.payment, order.amount) == (refund.payment.reference, OWED)


def test_the_gateway_refuses_and_a_person_tries_again(office: Office, filer: User, gate: Counter) -> None:
    refund = ended(office, filer)
    good = gate.pay_back

    def refusing(order: object) -> object:
        raise GatewayError("error_code 2")

    gate.pay_back = refusing  # type: ignore[method-assign,assignment]  # one bad day
    approve_refund(refund=refund, actor=office.people.deputy.user, now=office.tick())
    work_off(office.tick(), SEND)
    refund.refresh_from_db()
    assert (refund.state, refund.note) == ("failed", "error_code 2")
    gate.pay_back = good  # type: ignore[method-assign]  # the next day
    approve_refund(refund=refund, actor=office.people.leader.user, now=office.tick())
    work_off(office.tick(), SEND)
    refund.refresh_from_db()
    assert refund.state == "done"


def test_who_asked_does_not_approve(office: Office, filer: User) -> None:
    dossier = paid(office, filer)
    deputy = office.people.deputy.user
    said = Assessment(exemption="poor", evidence="Số 12")
    assess_fee(dossier=dossier, said=said, actor=deputy, now=office.tick())
    refund = Refund.objects.get()
    with pytest.raises(money_errors.FourEyesError):
        approve_refund(refund=refund, actor=deputy, now=office.tick())
    approve_refund(refund=refund, actor=office.people.leader.user, now=office.tick())


def test_who_may_not(office: Office, filer: User) -> None:
    refund = ended(office, filer)
    for user in (office.people.desk_officer.user, office.people.outsider.user, filer):
        with pytest.raises(errors.NotAllowedError):
            approve_refund(refund=refund, actor=user, now=office.tick())
        with pytest.raises(errors.NotAllowedError):
            finish_refund(refund=refund, proof="x", actor=user, now=office.tick())


def test_money_that_nobody_owed_cannot_be_kept(office: Office, filer: User) -> None:
    dossier = online(office, filer)
    heard(office, word(begun(office, dossier, filer), amount=1))
    with pytest.raises(money_errors.MustGoBackError):
        deny_refund(refund=Refund.objects.get(), reason="x", actor=office.people.deputy.user, now=office.tick())


def test_a_transfer_goes_back_from_the_organs_account(office: Office, filer: User) -> None:
    refund, deputy = ended(office, filer, Way.TRANSFER), office.people.deputy.user
    with pytest.raises(errors.WrongStateError):
        finish_refund(refund=refund, proof="UNC 1", actor=deputy, now=office.tick())
    approve_refund(refund=refund, actor=deputy, now=office.tick())
    finish_refund(refund=refund, proof="UNC 1", actor=deputy, now=office.tick())
    refund.refresh_from_db()
    assert refund.state == "done"


def test_money_twice_goes_back_under_the_name_of_its_order(office: Office, filer: User, gate: Counter) -> None:
    dossier = online(office, filer)
    payment = begun(office, dossier, filer)
    heard(office, word(payment))
    heard(office, word(payment, bank_key="GD2"))
    approve_refund(refund=Refund.objects.get(), actor=office.people.deputy.user, now=office.tick())
    work_off(office.tick(), SEND)
    [order] = gate.back.values()
    assert order.payment == payment.reference


def test_an_order_reaches_the_gateway_with_all_that_it_needs(office: Office, filer: User, gate: Counter) -> None:
    dossier = online(office, filer)
    payment = begin_payment(dossier=dossier, way=Way.GATEWAY, amount=OWED, actor=filer, now=office.tick())
    assert work_off(office.tick(), "services.payment.order") == 1
    assert again(payment).address == f"https://pay.example/{payment.reference}"
    sent = gate.orders[payment.reference]
    assert (sent.amount, sent.account, sent.purpose) == (OWED, "113366668888", str(dossier))
    assert sum(amount for _name, amount in sent.items) == OWED


def test_without_a_gateway_the_attempt_fails(office: Office, filer: User) -> None:
    payment = begin_payment(dossier=online(office, filer), way=Way.GATEWAY, amount=OWED, actor=filer, now=office.tick())
    work_off(office.tick(), "services.payment.order")
    assert (again(payment).state, again(payment).note) == ("failed", "no_gateway")


def test_a_lost_notice_is_found_by_asking(office: Office, filer: User, gate: Counter) -> None:
    payment = begun(office, online(office, filer), filer)
    gate.said[payment.reference] = word(payment)
    assert money_jobs.look_up_orders(now=office.tick(minutes=6)) == 1
    work_off(office.tick(), CHECK)
    work_off(office.tick(), "services.payment.hear")
    assert again(payment).state == "paid"
    assert messages() == ["paid"]


def test_an_order_is_asked_about_before_it_ends(office: Office, filer: User, gate: Counter) -> None:
    payment = begun(office, online(office, filer), filer)
    gate.said[payment.reference] = word(payment, said=Said.PENDING)
    money_jobs.look_up_orders(now=office.tick(hours=1))
    assert again(payment).state == "open"
    work_off(office.tick(), CHECK)
    assert again(payment).state == "expired"


def test_a_transfer_ends_by_itself_and_late_money_still_finds_it(office: Office, filer: User, gate: Counter) -> None:
    dossier = online(office, filer)
    payment = begun(office, dossier, filer, Way.TRANSFER)
    money_jobs.look_up_orders(now=office.tick(days=2))
    assert again(payment).state == "expired"
    heard(office, word(payment))
    assert again(payment).state == "paid"


def test_the_statement_of_the_day_finds_what_was_missed(office: Office, filer: User, gate: Counter) -> None:
    missed, known = (begun(office, online(office, filer), filer) for _ in range(2))
    heard(office, word(known, bank_key="K"))
    gate.days[localdate(office.now)] = [word(missed, bank_key="M"), word(known, bank_key="K")]
    assert money_jobs.compare_days(now=office.tick()) == money_jobs.DAYS_BACK
    work_off(office.tick(), STATEMENT)
    work_off(office.tick(), "services.payment.hear")
    assert again(missed).state == "paid"
    assert messages() == ["paid", "paid"]  # what was known is not heard again


def test_the_statement_says_what_reached_the_account(office: Office, filer: User, gate: Counter) -> None:
    payment = begun(office, online(office, filer), filer)
    heard(office, word(payment))
    gate.days[localdate(office.now)] = [word(payment, said=Said.SETTLED)]
    for _ in range(2):
        money_jobs.compare_days(now=office.tick())
        work_off(office.tick(), STATEMENT)
        work_off(office.tick(), "services.payment.hear")
    assert again(payment).state == "settled"
    assert messages() == ["paid", "settled"]


def test_late_money_is_told_once(office: Office, filer: User) -> None:
    payment = begun(office, online(office, filer), filer)
    heard(office, word(payment))
    due = again(payment).settle_due_at
    assert due is not None
    assert money_jobs.tell_of_late_money(now=due) == 0
    assert [money_jobs.tell_of_late_money(now=due + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(name="services.payment.late").count() == 1


@pytest.mark.parametrize("pauses", [False, True])
def test_work_waits_for_the_money_and_goes_on(office: Office, filer: User, pauses: bool) -> None:
    version = costing(code="1.013225", pause_on_payment=pauses)
    dossier = office.processing(filer=filer, version=version, answers={"copies": 2})
    pao = office.people.specialist.user
    ask_payment(item=office.open_step(dossier), reason="Nộp lệ phí", actor=pao, now=office.tick())
    waiting = office.again(dossier)
    assert (waiting.state, waiting.paused_at is not None, waiting.reason) == (State.PAYMENT, pauses, "Nộp lệ phí")
    owed = balance_of(waiting).owed or 0
    take_cash(dossier=waiting, amount=owed, actor=office.people.desk_officer.user, now=office.tick())
    on = office.again(dossier)
    assert (on.state, on.paused_at, on.reason) == (State.PROCESSING, None, "")


def test_work_does_not_wait_for_nothing(office: Office, filer: User) -> None:
    dossier = office.processing(filer=filer, answers={"copies": 1})
    desk, pao = office.people.desk_officer.user, office.people.specialist.user
    take_cash(dossier=dossier, amount=EACH, actor=desk, now=office.tick())
    with pytest.raises(money_errors.NothingOwedError):
        ask_payment(item=office.open_step(dossier), reason="x", actor=pao, now=office.tick())


def test_an_exemption_lets_the_work_go_on(office: Office, filer: User) -> None:
    dossier = office.processing(filer=filer, answers={"copies": 1})
    desk, pao = office.people.desk_officer.user, office.people.specialist.user
    ask_payment(item=office.open_step(dossier), reason="x", actor=pao, now=office.tick())
    said = Assessment(exemption="poor", evidence="Số 12")
    assess_fee(dossier=office.again(dossier), said=said, actor=desk, now=office.tick())
    assert office.again(dossier).state == State.PROCESSING


def test_stopped_while_it_waits_for_money(office: Office, filer: User) -> None:
    dossier = office.processing(filer=filer, answers={"copies": 1})
    pao = office.people.specialist.user
    ask_payment(item=office.open_step(dossier), reason="x", actor=pao, now=office.tick())
    stop(dossier=dossier, reason="x", ground="Đ.21.3", actor=pao, now=office.tick())
    assert office.again(dossier).state == State.STOPPED
    assert balance_of(office.again(dossier)).owed == 0


def test_another_unit_sees_no_refund(office: Office, filer: User) -> None:
    ended(office, filer)
    with scope(units=[office.people.neighbour]):
        assert not Refund.objects.exists()
        assert not Payment.objects.exists()
    with scope(purpose=Purpose.PAYMENTS):
        assert Refund.objects.count() == 1
