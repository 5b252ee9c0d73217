"""How money is asked for and taken. Nothing is paid before the bank said so, or an officer counted it.

Whoever changes what is owed holds the dossier's lock first, then the payment's.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.calendar.ledger import EntryKind
from portal.events import Topic
from portal.events.actors import Actor, System
from services import vietqr
from services.errors import NoReasonError, NotAllowedError, StaleError, WrongStateError
from services.events import Fact
from services.models import Dossier, Fee, Payment, WorkItem
from services.models.payments import ADDRESS_LENGTH, NOTE_LENGTH
from services.money_errors import NoAccountError, NotAssessedError, NothingOwedError, OtherAmountError
from services.money_policies import may_begin, may_settle, may_take
from services.money_rules import money_rules_on
from services.money_states import PaymentAction, PaymentState, Way
from services.operations import clock
from services.operations.money_moves import lock_payment, move_payment, new_order
from services.operations.moving import hold, lock, require_processing, step, tell
from services.operations.receipts import issue_receipt
from services.policies import RESULT_ON_ITS_WAY
from services.queries.money import account_on, balance_of, open_payment
from services.states import Action, State

ORDER = "services.payment.order"  # topic of the delivery that asks the gateway for its page
PAUSED = "NĐ 118/2025 Đ.24"
REASON_LENGTH = 2000


@transaction.atomic
def begin_payment(*, dossier: Dossier, way: Way, amount: int, actor: User, now: datetime) -> Payment:
    """By the gateway or by transfer. The attempt that is still good is gone on with; there is one of each way.

    `amount` is what the person saw. Raises NotAllowedError, NotAssessedError, NothingOwedError, OtherAmountError,
    NoAccountError.
    """
    locked = lock(dossier)
    if not may_begin(actor, locked, way):
        raise NotAllowedError
    fee = _owed(locked, amount)
    found = open_payment(locked, way, now)
    if found is not None and (found.fee_id, found.amount) == (fee.pk, amount):
        return found
    account = account_on(locked.receiving_unit_id, localdate(now))
    if account is None:
        raise NoAccountError
    rules = money_rules_on(localdate(now))
    payment = _attempt(locked, fee, way=way, amount=amount, actor=actor, now=now)
    wanted = []
    if way is Way.TRANSFER:
        purpose = str(locked)
        payment.content_key = vietqr.key(purpose)
        payment.address = vietqr.transfer(
            bank_bin=account.bank_bin, account=account.account, amount=amount, purpose=purpose
        )
        payment.expires_at = now + rules.transfer_lasts
    else:
        payment.expires_at = now + rules.order_lasts
        wanted = [Topic(name=ORDER, payload={"payment": str(payment.pk)})]
    move_payment(payment, PaymentAction.BEGIN, actor=actor, now=now, deliveries=wanted)
    return payment


@transaction.atomic
def take_cash(*, dossier: Dossier, amount: int, actor: User, now: datetime, revision: int | None = None) -> Payment:
    """The officer has counted it. Raises NotAllowedError, StaleError, and those of `begin_payment`."""
    locked = lock(dossier, revision=revision)
    if not may_take(actor, locked):
        raise NotAllowedError
    fee = _owed(locked, amount)
    payment = _attempt(locked, fee, way=Way.CASH, amount=amount, actor=actor, now=now)
    payment.received, payment.paid_at = amount, now
    end_open_payments(dossier=locked, actor=actor, now=now)
    move_payment(payment, PaymentAction.TAKE, actor=actor, now=now)
    count(payment=payment, dossier=locked, actor=actor, now=now)
    return payment


def count(*, payment: Payment, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """What follows when a payment counts: its receipt, word of it, and the work goes on. Under both locks."""
    facts = {"payment": str(payment.pk), "amount": payment.amount, "way": payment.way}
    tell(Fact.FEE_PAID, dossier, actor=actor, now=now, facts=facts)
    issue_receipt(payment=payment, dossier=dossier, actor=actor, now=now)
    go_on_if_paid(dossier=dossier, actor=actor, now=now)


def end_open_payments(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """What is owed has changed: attempts at the old amount end. Money that still comes by them goes back."""
    rows = Payment.objects.open().select_for_update(of=("self",)).filter(dossier=dossier).order_by("begun_at", "id")
    for payment in rows:
        payment.dossier = dossier
        move_payment(payment, PaymentAction.EXPIRE, actor=actor, now=now)


@transaction.atomic
def keep_order(*, payment_id: UUID, address: str, actor: Actor, now: datetime) -> Payment:
    """The gateway has opened its page for the order."""
    dossier, payment = lock_payment(payment_id)
    if payment.state != PaymentState.OPEN or payment.address:
        return payment
    payment.address = address[:ADDRESS_LENGTH]
    payment.save(update_fields=["address"])
    tell(Fact.PAYMENT_TOLD, dossier, actor=actor, now=now, facts={"payment": str(payment.pk), "kind": "order"})
    return payment


@transaction.atomic
def fail_payment(*, payment_id: UUID, reason: str, actor: Actor, now: datetime) -> Payment:
    """The gateway will not take the order."""
    _dossier, payment = lock_payment(payment_id)
    if payment.state == PaymentState.OPEN:
        payment.note = reason[:NOTE_LENGTH]
        move_payment(payment, PaymentAction.FAIL, "note", actor=actor, now=now)
    return payment


@transaction.atomic
def expire_payment(*, payment_id: UUID, actor: Actor, now: datetime) -> Payment | None:
    """Its time is over and nothing was heard. Money that comes later still finds it. None when it came in time."""
    _dossier, payment = lock_payment(payment_id)
    if payment.state != PaymentState.OPEN or payment.expires_at is None or payment.expires_at > now:
        return None
    move_payment(payment, PaymentAction.EXPIRE, actor=actor, now=now)
    return payment


@transaction.atomic
def settle_payment(*, payment: Payment, proof: str, actor: User, now: datetime) -> Payment:
    """It stands on the organ's account, as the statement of its bank says: `proof` names it.

    Raises NotAllowedError, NoReasonError, WrongStateError.
    """
    _dossier, locked = lock_payment(payment.pk)
    if not may_settle(actor, locked):
        raise NotAllowedError
    if not proof.strip():
        raise NoReasonError
    locked.note = proof.strip()[:NOTE_LENGTH]
    settle(payment=locked, actor=actor, now=now)
    return locked


def settle(*, payment: Payment, actor: Actor, now: datetime) -> None:
    payment.settled_at = now
    move_payment(payment, PaymentAction.SETTLE, "settled_at", "note", actor=actor, now=now)


@transaction.atomic
def alert_unsettled(*, payment_id: UUID, actor: System, now: datetime) -> Payment | None:
    """Once: the money is not where it has to be after the working hours of the law. NĐ 118/2025 Đ.24"""
    dossier, payment = lock_payment(payment_id)
    late = payment.settle_due_at is not None and payment.settle_due_at < now
    if payment.state != PaymentState.PAID or payment.alerted_at is not None or not late:
        return None
    payment.alerted_at = now
    payment.save(update_fields=["alerted_at"])
    facts = {"payment": str(payment.pk), "due_at": payment.settle_due_at}
    tell(Fact.PAYMENT_LATE, dossier, actor=actor, now=now, facts=facts)
    return payment


@transaction.atomic
def ask_payment(*, item: WorkItem, reason: str, actor: User, now: datetime, revision: int | None = None) -> Dossier:
    """Work waits for the money. The clock stands only where the version of the procedure says so.

    Raises what `moving.hold` raises, StaleError, NoReasonError, NotAssessedError, NothingOwedError, WrongStateError.
    """
    dossier, _item = hold(item, actor)
    if revision is not None and dossier.revision != revision:
        raise StaleError
    require_processing(dossier)
    if dossier.stage in RESULT_ON_ITS_WAY:
        raise WrongStateError
    if not reason.strip():
        raise NoReasonError
    balance = balance_of(dossier)
    if balance.owed is None:
        raise NotAssessedError
    if not balance.owed:
        raise NothingOwedError
    dossier.reason, changed = reason.strip()[:REASON_LENGTH], ["reason"]
    if dossier.version.pause_on_payment:
        clock.enter(dossier, EntryKind.PAUSE, ground=PAUSED, actor=actor, now=now)
        changed += clock.FIELDS
    facts = {"amount": balance.owed}
    step(dossier, Action.ASK_PAYMENT, actor=actor, now=now, changed=changed, facts=facts)
    return dossier


def go_on_if_paid(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """Everything is paid: the work that waited for it goes on. Under the dossier's lock."""
    if State(dossier.state) is not State.PAYMENT or balance_of(dossier).owed != 0:
        return
    dossier.reason, changed = "", ["reason"]
    if dossier.paused_at is not None:
        clock.enter(dossier, EntryKind.RESUME, ground=PAUSED, actor=actor, now=now)
        changed += clock.FIELDS
    step(dossier, Action.GO_ON_PAID, actor=System.RELAY, now=now, changed=changed, on_behalf_of=actor)


def _owed(dossier: Dossier, amount: int) -> Fee:
    balance = balance_of(dossier)
    if balance.owed is None or balance.fee is None:
        raise NotAssessedError if balance.owed is None else NothingOwedError
    if not balance.owed:
        raise NothingOwedError
    if balance.owed != amount:
        raise OtherAmountError
    return balance.fee


def _attempt(dossier: Dossier, fee: Fee, *, way: Way, amount: int, actor: User, now: datetime) -> Payment:
    return Payment(
        dossier=dossier,
        fee=fee,
        unit_id=dossier.receiving_unit_id,
        way=way,
        reference=new_order("TT"),
        amount=amount,
        begun_at=now,
        begun_by=actor.event_actor,
    )
