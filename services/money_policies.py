"""Who may do what with money, asked the same way by pages, REST and operations."""

from portal.accounts.models import User
from portal.events.actors import Actor
from services.models import Dossier, Payment, Refund
from services.money_states import REFUND_MOVES, RefundAction, RefundState, Way
from services.policies import Capability, is_party, may_at
from services.queries.money import OWED_TO_NOBODY, Balance, is_asked
from services.states import State


def may_assess(actor: Actor, dossier: Dossier) -> bool:
    """The desk that receives it, and the organ that works on it."""
    return may_take(actor, dossier) or may_at(actor, Capability.PROCESS, dossier.competent_unit_id)


def may_take(actor: Actor, dossier: Dossier) -> bool:
    """Money is taken where the dossier was handed in. NĐ 118/2025 Đ.24"""
    return may_at(actor, Capability.TAKE_PAYMENT, dossier.receiving_unit_id)


def may_pay(actor: Actor, dossier: Dossier) -> bool:
    return isinstance(actor, User) and actor.is_citizen and is_party(actor, dossier)


def may_begin(actor: Actor, dossier: Dossier, way: Way) -> bool:
    """The gateway's page asks the citizen; a QR is shown by the desk, or scanned at home."""
    return may_pay(actor, dossier) or (way is Way.TRANSFER and may_take(actor, dossier))


def may_oversee(actor: Actor, unit_id: int) -> bool:
    return may_at(actor, Capability.OVERSEE_PAYMENTS, unit_id)


def may_settle(actor: Actor, payment: Payment) -> bool:
    return may_oversee(actor, payment.unit_id)


def may_decide(actor: Actor, refund: Refund) -> bool:
    return may_at(actor, Capability.APPROVE_REFUND, refund.unit_id)


def fee_abilities(user: User, dossier: Dossier, balance: Balance) -> dict[str, bool]:
    """For buttons and for REST."""
    due, own = balance.is_due, may_pay(user, dossier)
    fee = balance.fee
    open_claim = fee is not None and is_asked(fee)
    return {
        "assess": may_assess(user, dossier)
        and State(dossier.state) not in {State.WITHDRAWN, State.STOPPED, State.REFUSED},
        "pay_online": due and own,
        "pay_by_transfer": due and may_begin(user, dossier, Way.TRANSFER),
        "take_cash": due and may_take(user, dossier),
        "claim_exemption": own and fee is not None and fee.amount != 0 and not open_claim and balance.owed != 0,
        "deny_exemption": open_claim
        and may_assess(user, dossier)
        and State(dossier.state) not in {State.WITHDRAWN, State.STOPPED, State.REFUSED},
    }


def refund_abilities(user: User, refund: Refund) -> dict[str, bool]:
    decides, state = may_decide(user, refund), RefundState(refund.state)
    foreign = refund.asked_by != user.event_actor
    by_hand = refund.payment.way != Way.GATEWAY
    return {
        "approve": decides and foreign and state in REFUND_MOVES[RefundAction.APPROVE].sources,
        "deny": decides and state in REFUND_MOVES[RefundAction.DENY].sources and refund.reason not in OWED_TO_NOBODY,
        "finish": by_hand and may_oversee(user, refund.unit_id) and state is RefundState.APPROVED,
    }
