"""Money comes in every way, twice, late, or in another amount, and goes back."""

from typing import Any

from portal.accounts.models import User
from portal.events.actors import System
from services import errors, money_errors
from services.gateways import Said, Word
from services.models import Dossier, Payment, Refund
from services.money_policies import fee_abilities, refund_abilities
from services.money_states import MessageKind, PaymentState, RefundState, Way
from services.operations.fees import Assessment, assess_fee, claim_exemption
from services.operations.hearing import keep_message
from services.operations.paying import begin_payment, settle_payment, take_cash
from services.operations.refunds import approve_refund, deny_refund, finish_refund
from services.queries.money import ENDED, balance_of
from services.states import Capability, State
from tests.services.walk.deed import deed
from tests.services.walk.who import dossiers, party, someone
from tests.services.walk.world import World

ELSE = (money_errors.OtherAmountError, money_errors.NothingOwedError, money_errors.NoAccountError)


def _owes(world: World, dossier: Dossier) -> bool:
    cost = dossier.version in (world.versions["copies"], world.versions["paid first"])
    return cost and State(dossier.state) not in ENDED and bool(balance_of(dossier).owed)


def _takers(world: World, dossier: Dossier) -> list[User]:
    return world.able(Capability.TAKE_PAYMENT, dossier.receiving_unit_id)


def _shown(key: str) -> Any:
    return lambda _world, dossier, actor: fee_abilities(actor, dossier, balance_of(dossier))[key]


def _amount(dossier: Dossier, pick: int) -> int:
    """What the person saw; seldom something else."""
    return (balance_of(dossier).owed or 1) + (pick % 9 == 0)


@deed(
    dossiers, lambda world, one: party(world, one) if _owes(world, one) else [], able=_shown("pay_online"), excused=ELSE
)
def pay_online(world: World, dossier: Dossier, actor: User, pick: int) -> Payment:
    amount = _amount(dossier, pick)
    return begin_payment(dossier=dossier, way=Way.GATEWAY, amount=amount, actor=actor, now=world.tick())


@deed(
    dossiers,
    lambda world, one: [*party(world, one), *_takers(world, one)] if _owes(world, one) else [],
    able=_shown("pay_by_transfer"),
    excused=ELSE,
)
def pay_by_transfer(world: World, dossier: Dossier, actor: User, pick: int) -> Payment:
    amount = _amount(dossier, pick)
    return begin_payment(dossier=dossier, way=Way.TRANSFER, amount=amount, actor=actor, now=world.tick())


@deed(
    dossiers,
    lambda world, one: _takers(world, one) if _owes(world, one) else [],
    able=_shown("take_cash"),
    excused=ELSE,
)
def count_cash(world: World, dossier: Dossier, actor: User, pick: int) -> Payment:
    return take_cash(dossier=dossier, amount=_amount(dossier, pick), actor=actor, now=world.tick())


def _assessors(world: World, dossier: Dossier) -> list[User]:
    cost = dossier.version in (world.versions["copies"], world.versions["paid first"])
    return _takers(world, dossier) if cost and State(dossier.state) not in ENDED else []


@deed(dossiers, _assessors, able=_shown("assess"), excused=(errors.NoReasonError, money_errors.NoEvidenceError))
def reckon_anew(world: World, dossier: Dossier, actor: User, pick: int) -> object:
    amount = someone([None, 8000, 16_000, 24_000, 0], pick)
    said = Assessment(amount=amount, ground="NQ 15/2026" if pick % 7 else "")
    return assess_fee(dossier=dossier, said=said, actor=actor, now=world.tick())


@deed(dossiers, lambda world, one: party(world, one) if _owes(world, one) else [])
def ask_for_less(world: World, dossier: Dossier, actor: User, _pick: int) -> object:
    return claim_exemption(dossier=dossier, exemption="merit", evidence="Thẻ", actor=actor, now=world.tick())


def payments(world: World) -> list[Payment]:
    return [row for row in world.look.payments if row.way != Way.CASH]


SAID = (Said.PAID, Said.PAID, Said.PAID, Said.SETTLED, Said.FAILED, Said.PENDING)


@deed(payments, lambda _world, _one: [System.RELAY], by_itself=True)
def hear_from_bank(world: World, payment: Payment, actor: Any, pick: int) -> object:
    """For this order, or for one that is not ours; once more, or under a new name; most often what is owed."""
    said, said_again = someone(SAID, pick), pick // 6 % 4 == 0
    known = [row.bank_key for row in payments(world) if row.bank_key]
    key = someone(known, pick) if said_again and known else f"{payment.reference}-{len(world.bank.sent)}"
    off = (0, 0, 0, 0, -1, 1000)[pick // 24 % 6]
    amount = world.bank.sent.get(key, ("", max(payment.amount + off, 1)))[1]
    reference = "TTKHONGCO" if pick % 31 == 0 else payment.reference
    if said in {Said.PAID, Said.SETTLED} and reference == payment.reference:
        world.bank.sent.setdefault(key, (str(payment.dossier_id), amount))
    word = Word(reference, said, amount, bank_key=key)
    return keep_message(kind=MessageKind.NOTICE, word=word, raw={}, actor=actor, now=world.tick())


def _overseers(world: World, payment: Payment) -> list[User]:
    return world.able(Capability.OVERSEE_PAYMENTS, payment.unit_id) if payment.state == PaymentState.PAID else []


@deed(lambda world: world.look.payments, _overseers)
def see_it_settled(world: World, payment: Payment, actor: User, pick: int) -> Payment:
    return settle_payment(payment=payment, proof="SK-12" if pick % 7 else "", actor=actor, now=world.tick())


def refunds(world: World) -> list[Refund]:
    return world.look.refunds


def _judges(world: World, refund: Refund) -> list[User]:
    waits = refund.state in {RefundState.ASKED, RefundState.FAILED}
    able = world.able(Capability.APPROVE_REFUND, refund.unit_id) if waits else []
    return [one for one in able if one.event_actor != refund.asked_by]


def _refund(key: str) -> Any:
    return lambda _world, refund, actor: refund_abilities(actor, refund)[key]


@deed(refunds, _judges, able=_refund("approve"))
def give_money_back(world: World, refund: Refund, actor: User, pick: int) -> Refund:
    world.bank.refuses = pick % 3 == 0
    return approve_refund(refund=refund, actor=actor, now=world.tick())


@deed(refunds, _judges, able=_refund("deny"), excused=(money_errors.MustGoBackError, errors.NoReasonError))
def keep_money(world: World, refund: Refund, actor: User, pick: int) -> Refund:
    return deny_refund(refund=refund, reason="Đã giải quyết" if pick % 7 else "", actor=actor, now=world.tick())


def _payers(world: World, refund: Refund) -> list[User]:
    by_hand = refund.state == RefundState.APPROVED and refund.payment.way != Way.GATEWAY
    return world.able(Capability.OVERSEE_PAYMENTS, refund.unit_id) if by_hand else []


@deed(refunds, _payers, able=_refund("finish"), excused=(errors.NoReasonError,))
def hand_money_back(world: World, refund: Refund, actor: User, pick: int) -> Refund:
    return finish_refund(refund=refund, proof="PC-7" if pick % 7 else "", actor=actor, now=world.tick())


@deed(
    lambda world: [row for row in world.look.refunds if row.state == RefundState.SENT],
    lambda _world, _one: [System.RELAY],
    by_itself=True,
)
def hear_of_refund(world: World, refund: Refund, actor: Any, pick: int) -> object:
    """The gateway said that its bank was not done yet; now it is, or it could not."""
    from services.money_states import RefundAction  # beside the only deed that needs it
    from services.operations.refunds import note_refund

    action = someone([RefundAction.FINISH, RefundAction.FAIL], pick)
    return note_refund(refund_id=refund.pk, action=action, note="GD", actor=actor, now=world.tick())
