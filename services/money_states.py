"""The life of a payment and of a refund: states, deeds, and one table each. Pure data."""

from dataclasses import dataclass
from enum import StrEnum

from services.events import Fact


class Way(StrEnum):
    """How money comes. NĐ 118/2025 Đ.24"""

    GATEWAY = "gateway"
    TRANSFER = "transfer"  # a QR of the organ's account, shown at the desk
    CASH = "cash"


class PaymentState(StrEnum):
    OPEN = "open"
    PAID = "paid"  # the bank said so, or an officer counted it
    SETTLED = "settled"  # and it stands on the organ's account
    SURPLUS = "surplus"  # money came that nobody owes: another amount, twice, too late. It goes back
    FAILED = "failed"
    EXPIRED = "expired"


COUNTED = frozenset({PaymentState.PAID, PaymentState.SETTLED})
HELD = COUNTED | {PaymentState.SURPLUS}  # money is here


class PaymentAction(StrEnum):
    BEGIN = "begin"
    TAKE = "take"
    CONFIRM = "confirm"
    SETTLE = "settle"
    EXCEED = "exceed"
    RECEIVE_TWICE = "receive_twice"
    FAIL = "fail"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class PaymentMove:
    """`sources` empty: the payment is born."""

    sources: frozenset[PaymentState]
    target: PaymentState


P = PaymentState
UNPAID = frozenset({P.OPEN, P.FAILED, P.EXPIRED})  # money may come late, whatever the gateway said before
PAYMENT_MOVES: dict[PaymentAction, PaymentMove] = {
    PaymentAction.BEGIN: PaymentMove(frozenset(), P.OPEN),
    PaymentAction.TAKE: PaymentMove(frozenset(), P.PAID),
    PaymentAction.RECEIVE_TWICE: PaymentMove(frozenset(), P.SURPLUS),
    PaymentAction.CONFIRM: PaymentMove(UNPAID, P.PAID),
    PaymentAction.EXCEED: PaymentMove(UNPAID, P.SURPLUS),
    PaymentAction.SETTLE: PaymentMove(frozenset({P.PAID}), P.SETTLED),
    PaymentAction.FAIL: PaymentMove(frozenset({P.OPEN}), P.FAILED),
    PaymentAction.EXPIRE: PaymentMove(frozenset({P.OPEN}), P.EXPIRED),
}


class RefundState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    SENT = "sent"  # the gateway has the order, its bank not done yet
    DONE = "done"
    FAILED = "failed"
    DENIED = "denied"


class RefundAction(StrEnum):
    ASK = "ask"
    APPROVE = "approve"
    DENY = "deny"
    SEND = "send"
    FINISH = "finish"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class RefundMove:
    """`sources` empty: the refund is born."""

    sources: frozenset[RefundState]
    target: RefundState
    fact: Fact


R, F = RefundState, Fact
REFUND_MOVES: dict[RefundAction, RefundMove] = {
    RefundAction.ASK: RefundMove(frozenset(), R.ASKED, F.REFUND_ASKED),
    RefundAction.APPROVE: RefundMove(frozenset({R.ASKED, R.FAILED}), R.APPROVED, F.REFUND_APPROVED),
    RefundAction.DENY: RefundMove(frozenset({R.ASKED, R.FAILED}), R.DENIED, F.REFUND_DENIED),
    RefundAction.SEND: RefundMove(frozenset({R.APPROVED}), R.SENT, F.REFUND_SENT),
    RefundAction.FINISH: RefundMove(frozenset({R.APPROVED, R.SENT}), R.DONE, F.REFUND_DONE),
    RefundAction.FAIL: RefundMove(frozenset({R.APPROVED, R.SENT}), R.FAILED, F.REFUND_FAILED),
}


class RefundReason(StrEnum):
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED = "refused"
    EXPIRED = "expired"
    OTHER_AMOUNT = "other_amount"
    TWICE = "twice"
    TOO_LATE = "too_late"
    REDUCED = "reduced"


class MessageKind(StrEnum):
    """How word of money came."""

    NOTICE = "notice"  # the gateway or the bank calls
    CHECK = "check"  # we asked for one order
    STATEMENT = "statement"  # we compared a day


class Outcome(StrEnum):
    """What became of a message about money."""

    KEPT = "kept"  # not looked at yet
    PAID = "paid"
    REPEATED = "repeated"  # known already
    SETTLED = "settled"
    SURPLUS = "surplus"
    FAILED = "failed"  # the gateway says that nothing was paid
    NOTHING = "nothing"  # it says nothing new
    UNKNOWN_ORDER = "unknown_order"
    BAD_SIGNATURE = "bad_signature"
    UNREADABLE = "unreadable"
