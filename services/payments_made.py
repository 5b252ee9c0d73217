"""What is said to the gateway and heard from it, by workers: while nobody waits and nothing is locked.

An order that the gateway does not take at once is tried again; a person who does not want to wait pays at the desk.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language

from portal.accounts.models import Citizen
from portal.events import Delivery, Event, Remote, subscribe
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.events import Fact
from services.fees import lines_of
from services.gateways import BackOrder, GatewayError, Order, Said, Word, gateway
from services.models import Dossier, Payment, Refund
from services.money_rules import money_rules_on
from services.money_states import MessageKind, PaymentState, RefundAction, RefundState
from services.operations.asking_bank import CHECK
from services.operations.hearing import HEAR, hear, keep_message
from services.operations.paying import ORDER, expire_payment, fail_payment, keep_order
from services.operations.refunds import SEND, note_refund, refund_ended
from services.queries.identifiers import identifier_of
from services.queries.money import account_on
from units.queries import version_at

STATEMENT = "services.payment.statement"  # topic: everything that was paid on one day
PARTNER = "payments"
NO_GATEWAY = "no_gateway"
MOST_ITEMS = 20


def prepare_order(delivery: Delivery) -> Order | None:
    """Nothing when it was paid, or given up, meanwhile."""
    payment = _payment(delivery)
    if payment is None or payment.state != PaymentState.OPEN or payment.address:
        return None
    return order_of(payment, ip=str(delivery.payload.get("ip", "")))


def order_of(payment: Payment, *, ip: str = "") -> Order | None:
    dossier, on = payment.dossier, localdate(payment.begun_at)
    account = account_on(payment.unit_id, on)
    unit = version_at(payment.unit_id, on)
    if account is None or unit is None:
        return None
    payer = Citizen.objects.filter(user=dossier.filer_id).first() if dossier.filer_id else None
    return Order(
        reference=payment.reference,
        amount=payment.amount,
        at=payment.begun_at,
        ip=ip,
        language=get_language() or settings.LANGUAGE_CODE,
        purpose=str(dossier),
        procedure_code=dossier.version.code,
        procedure_name=dossier.version.name_vi,
        unit_code=identifier_of(payment.unit_id, on),
        unit_name=unit.full_name,
        dossier=str(dossier),
        bank=account.bank_bin,
        account=account.account,
        account_name=account.account_name,
        payer_name=dossier.filer_name or dossier.owner_name,
        payer_number=payer.number if payer else dossier.filer_number,
        payer_address=str(dossier.contact.get("address") or ""),
        items=_items(payment),
    )


def _items(payment: Payment) -> Sequence[tuple[str, int]]:
    """One line in words of the law; what is paid on top of an earlier payment is one line of its own."""
    name = money_rules_on(localdate(payment.begun_at)).name_of(payment.dossier.version.field)["name_vi"]
    lines = lines_of(payment.fee.lines)
    if sum(line.amount for line in lines) != payment.amount or len(lines) > MOST_ITEMS:
        return [(name, payment.amount)]
    return [(name, line.amount) for line in lines]


def call_order(delivery: Delivery, prepared: Order | None) -> str | GatewayError | None:
    if prepared is None:
        return None
    door = gateway()
    if door is None:
        return GatewayError(NO_GATEWAY)
    try:
        return door.begin(prepared)
    except GatewayError as refusal:
        return refusal


def store_order(delivery: Delivery, reply: str | GatewayError | None, *, now: datetime) -> None:
    key = _key(delivery, "payment")
    if isinstance(reply, GatewayError):
        fail_payment(payment_id=key, reason=str(reply), actor=System.RELAY, now=now)
    elif reply:
        keep_order(payment_id=key, address=reply, actor=System.RELAY, now=now)


def prepare_check(delivery: Delivery) -> str | None:
    payment = _payment(delivery)
    return payment.reference if payment and payment.state == PaymentState.OPEN else None


def call_check(delivery: Delivery, prepared: str | None) -> Word | None:
    door = gateway()
    return door.check(prepared) if prepared and door else None


def store_check(delivery: Delivery, reply: Word | None, *, now: datetime) -> None:
    """Silence at the end of its time ends the attempt; what is paid then is found by the statement of the day."""
    if reply is not None and reply.said is not Said.PENDING:
        keep_message(kind=MessageKind.CHECK, word=reply, raw=reply.raw, actor=System.RELAY, now=now)
    elif delivery.payload.get("last"):
        with scope(purpose=Purpose.PAYMENTS):
            expire_payment(payment_id=_key(delivery, "payment"), actor=System.RELAY, now=now)


def call_statement(delivery: Delivery, prepared: object) -> list[Word]:
    door = gateway()
    return door.statement(date.fromisoformat(str(delivery.payload["day"]))) if door else []


def store_statement(delivery: Delivery, reply: list[Word], *, now: datetime) -> None:
    """Only what we do not know already: money that the portal missed, and money that reached its account."""
    with scope(purpose=Purpose.PAYMENTS):
        paid, settled = _known(reply)
    for word in reply:
        if word.said is Said.PAID and word.bank_key in paid | settled:
            continue
        if word.said is Said.SETTLED and word.bank_key in settled:
            continue
        keep_message(kind=MessageKind.STATEMENT, word=word, raw=word.raw, actor=System.RELAY, now=now)


def _known(words: Sequence[Word]) -> tuple[set[str], set[str]]:
    """Names of money that counts or is surplus already, and of what stands on its account."""
    keys = {word.bank_key for word in words}
    rows = list(Payment.objects.filter(bank_key__in=keys).values_list("bank_key", "state"))
    final = {PaymentState.SETTLED.value, PaymentState.SURPLUS.value}
    return {key for key, _state in rows}, {key for key, state in rows if state in final}


def prepare_back(delivery: Delivery) -> BackOrder | None:
    with scope(purpose=Purpose.PAYMENTS):
        refund = Refund.objects.select_related("payment").filter(pk=_key(delivery, "refund")).first()
    if refund is None or refund.state not in {RefundState.APPROVED, RefundState.SENT}:
        return None
    paid = refund.payment.reference
    if refund.payment.note and refund.payment.state == PaymentState.SURPLUS:
        paid = refund.payment.note  # money that came twice for one order bears that order's name at the gateway
    return BackOrder(refund.reference, paid, refund.amount)


def call_back(delivery: Delivery, prepared: BackOrder | None) -> Word | GatewayError | None:
    if prepared is None:
        return None
    door = gateway()
    if door is None:
        return GatewayError(NO_GATEWAY)
    try:
        return door.pay_back(prepared)
    except GatewayError as refusal:
        return refusal


def store_back(delivery: Delivery, reply: Word | GatewayError | None, *, now: datetime) -> None:
    if reply is None:
        return
    key = _key(delivery, "refund")
    with scope(purpose=Purpose.PAYMENTS):
        if isinstance(reply, GatewayError) or reply.said is Said.FAILED:
            note = str(reply) if isinstance(reply, GatewayError) else reply.bank_key
            note_refund(refund_id=key, action=RefundAction.FAIL, note=note, actor=System.RELAY, now=now)
            return
        note_refund(refund_id=key, action=RefundAction.SEND, note="", actor=System.RELAY, now=now)
        if reply.said in {Said.PAID, Said.SETTLED}:
            note_refund(refund_id=key, action=RefundAction.FINISH, note=reply.bank_key, actor=System.RELAY, now=now)


def on_heard(delivery: Delivery, *, now: datetime) -> None:
    hear(message_id=_key(delivery, "message"), actor=System.RELAY, now=now)


def on_ended(delivery: Delivery, *, now: datetime) -> None:
    """A citizen or the clock ended the dossier: neither may see the event, so the relay's own scope reads it."""
    with scope(purpose=Purpose.RELAY):
        event = Event.objects.filter(pk=delivery.event_id or 0).only("subject_id").first()
    if event is None:
        return
    with scope(purpose=Purpose.PAYMENTS):
        dossier = Dossier.objects.filter(pk=event.subject_id).first()
        if dossier is not None:
            refund_ended(dossier=dossier, actor=System.RELAY, now=now)


def _payment(delivery: Delivery) -> Payment | None:
    rows = Payment.objects.select_related("dossier__version__procedure", "fee")
    return rows.filter(pk=_key(delivery, "payment")).first()


def _key(delivery: Delivery, name: str) -> UUID:
    return UUID(str(delivery.payload[name]))


ORDERS = Remote(name="orders", partner=PARTNER, prepare=prepare_order, call=call_order, store=store_order)
CHECKS = Remote(name="checks", partner=PARTNER, prepare=prepare_check, call=call_check, store=store_check)
STATEMENTS = Remote(name="statements", partner=PARTNER, call=call_statement, store=store_statement)
BACK = Remote(name="refunds", partner=PARTNER, prepare=prepare_back, call=call_back, store=store_back)


def subscribe_all() -> None:
    subscribe(ORDER, ORDERS)
    subscribe(CHECK, CHECKS)
    subscribe(STATEMENT, STATEMENTS)
    subscribe(SEND, BACK)
    subscribe(HEAR, on_heard)
    for fact in (Fact.WITHDRAWN, Fact.STOPPED, Fact.REFUSED, Fact.EXPIRED):
        subscribe(fact, on_ended)
