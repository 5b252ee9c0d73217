"""What a dossier owes and has paid, and what a unit has collected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from services.models import CollectingAccount, Dossier, Fee, Payment, PaymentMessage, Refund
from services.models.payments import PaymentQuerySet
from services.money_states import COUNTED, HELD, Outcome, PaymentState, RefundReason, RefundState
from services.states import CLOSED, State

ENDED = frozenset({State.WITHDRAWN, State.STOPPED, State.REFUSED})  # nothing is owed for these any more
UNDENIED = Q(state__in=[str(state) for state in RefundState if state is not RefundState.DENIED])
COUNTING, HOLDING = ([str(state) for state in sorted(states)] for states in (COUNTED, HELD))
NOT_OURS = [str(one) for one in (Outcome.UNKNOWN_ORDER, Outcome.BAD_SIGNATURE, Outcome.UNREADABLE)]
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Balance:
    """`owed` None: not assessed. `paid` counts neither surplus nor what went back."""

    fee: Fee | None
    paid: int
    owed: int | None

    @property
    def is_due(self) -> bool:
        return bool(self.owed)


def current_fee(dossier: Dossier) -> Fee | None:
    return Fee.objects.filter(dossier=dossier, replaced_at=None).first()


def is_asked(fee: Fee) -> bool:
    """Whether an exemption waits for the desk's word."""
    return bool(fee.claimed) and fee.claim_denied_at is None


def balance_of(dossier: Dossier) -> Balance:
    """In one statement. Nothing is paid before something was assessed."""
    sums = {"came": _sum(_came(OuterRef("dossier")), "received"), "back": _sum(_back(OuterRef("dossier")), "amount")}
    fee = Fee.objects.filter(dossier=dossier, replaced_at=None).annotate(**sums).first()
    counted: Any = fee
    paid = int(counted.came) - int(counted.back) if counted else 0
    if fee is None or State(dossier.state) in ENDED:
        return Balance(fee, paid, 0)
    return Balance(fee, paid, None if fee.amount is None else max(fee.amount - paid, 0))


def paid_for(dossier: Dossier) -> int:
    """What was paid, without what went back of it or is on its way."""
    came = _came(dossier.pk).aggregate(sum=Sum("received"))["sum"] or 0
    return int(came) - int(_back(dossier.pk).aggregate(sum=Sum("amount"))["sum"] or 0)


def _came(dossier_id: Any) -> QuerySet[Payment]:
    return Payment.objects.filter(dossier=dossier_id, state__in=COUNTING)


def _back(dossier_id: Any) -> QuerySet[Refund]:
    return Refund.objects.filter(UNDENIED, dossier=dossier_id, payment__state__in=COUNTING)


def _sum(rows: QuerySet[Any], field: str) -> Coalesce:
    summed = rows.order_by().values("dossier").annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(summed), 0)


def left_of(payment: Payment) -> int:
    """What of this payment can still go back."""
    back = Refund.objects.filter(UNDENIED, payment=payment).aggregate(sum=Sum("amount"))["sum"] or 0
    return (payment.received or 0) - int(back)


def account_on(unit_id: int, on: date) -> CollectingAccount | None:
    return CollectingAccount.objects.filter(unit=unit_id, valid__contains=on).first()


def payments_of(dossier: Dossier) -> list[Payment]:
    """Newest first."""
    rows = Payment.objects.filter(dossier=dossier).select_related("receipt__form", "fee")
    return list(rows.order_by("-begun_at", "-id")[:MOST_ROWS])


def refunds_of(dossier: Dossier) -> list[Refund]:
    return list(Refund.objects.filter(dossier=dossier).order_by("-asked_at", "-id")[:MOST_ROWS])


def open_payment(dossier: Dossier, way: str, now: datetime) -> Payment | None:
    """The attempt that can still be gone on with."""
    rows = Payment.objects.open().filter(dossier=dossier, way=way, expires_at__gt=now)
    return rows.order_by("-begun_at", "-id").first()


@dataclass(frozen=True, slots=True)
class Totals:
    number: int
    amount: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Which payments of which units: `first` until before `after`, by the moment of payment."""

    units: tuple[int, ...]
    first: datetime
    after: datetime
    way: str = ""


def collected(asked: Asked) -> PaymentQuerySet:
    """Money that came in these days, surplus included: it was received, and it goes back by a refund."""
    rows = Payment.objects.collected_by(list(asked.units)).filter(
        state__in=HOLDING, paid_at__gte=asked.first, paid_at__lt=asked.after
    )
    return rows.filter(way=asked.way) if asked.way else rows


def totals(rows: PaymentQuerySet) -> Totals:
    found = rows.aggregate(number=Count("id"), amount=Sum("received"))
    return Totals(found["number"], found["amount"] or 0)


def totals_by(rows: PaymentQuerySet, *fields: str) -> list[tuple[tuple[object, ...], Totals]]:
    """For each value of the fields, in their order."""
    found = rows.values(*fields).annotate(number=Count("id"), amount=Sum("received")).order_by(*fields)
    return [(tuple(row[name] for name in fields), Totals(row["number"], row["amount"])) for row in found]


def paid_back(asked: Asked) -> Totals:
    """What went back in these days."""
    rows = Refund.objects.filter(
        unit__in=asked.units, state=RefundState.DONE, ended_at__gte=asked.first, ended_at__lt=asked.after
    )
    found = rows.aggregate(number=Count("id"), amount=Sum("amount"))
    return Totals(found["number"], found["amount"] or 0)


def waiting_refunds(unit_ids: list[int]) -> QuerySet[Refund]:
    """Those that a person or the gateway has still to do something with, oldest first."""
    open_states = [RefundState.ASKED, RefundState.APPROVED, RefundState.SENT, RefundState.FAILED]
    rows = Refund.objects.filter(unit__in=unit_ids, state__in=[str(state) for state in open_states])
    return rows.select_related("dossier", "payment").order_by("asked_at", "id")


def asked_exemptions(unit_ids: list[int]) -> QuerySet[Fee]:
    """Those that wait for the desk's word on dossiers that are still open, the longest waiting first."""
    rows = Fee.objects.filter(dossier__receiving_unit__in=unit_ids, replaced_at=None, claim_denied_at=None)
    open_ones = rows.exclude(claimed="").exclude(dossier__state__in=[str(state) for state in CLOSED])
    return open_ones.select_related("dossier").order_by("claimed_at", "id")


def late_payments(unit_ids: list[int], now: datetime) -> PaymentQuerySet:
    """Paid, and not on the organ's account after the working hours of the law, oldest first."""
    rows = Payment.objects.collected_by(unit_ids).unsettled(now).select_related("dossier")
    return rows.order_by("settle_due_at", "id")


def strange_messages(unit_ids: list[int]) -> QuerySet[PaymentMessage]:
    """What was heard of money and fits nothing of ours; nobody's unit counts as everybody's who may look."""
    rows = PaymentMessage.objects.filter(Q(unit__in=unit_ids) | Q(unit=None), payment=None, outcome__in=NOT_OURS)
    return rows.order_by("-received_at", "-id")


def to_expire(now: datetime) -> Iterable[Payment]:
    return Payment.objects.open().filter(expires_at__lt=now).select_related("dossier").order_by("expires_at", "id")


def to_check(before: datetime) -> Iterable[Payment]:
    """Orders at the gateway of which nothing was heard for a while."""
    rows = Payment.objects.open().filter(way="gateway", begun_at__lt=before).exclude(address="")
    return rows.select_related("dossier").order_by("begun_at", "id")


def to_alert(now: datetime) -> Iterable[Payment]:
    return (
        Payment.objects.unsettled(now).filter(alerted_at=None).select_related("dossier").order_by("settle_due_at", "id")
    )


def refund_at(refund_id: UUID) -> Refund | None:
    return Refund.objects.select_related("payment", "dossier__version").filter(pk=refund_id).first()


OWED_TO_NOBODY = frozenset({RefundReason.OTHER_AMOUNT, RefundReason.TWICE, RefundReason.TOO_LATE, RefundReason.REDUCED})
SETTLING = str(PaymentState.SETTLED)
