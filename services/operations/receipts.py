"""Each payment that counts has its numbered receipt: its number under the lock of a counter, the paper by a worker."""

from datetime import datetime

from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import scope
from services.events import Fact
from services.models import Dossier, FeeReceipt, Payment, ReceiptCounter
from services.operations.forms import order_fee_receipt
from services.operations.moving import people
from services.queries.money import account_on

NO_SYMBOL = "TT"  # where the unit has no account of its own: by number alone, and the finance page says so


def issue_receipt(*, payment: Payment, dossier: Dossier, actor: Actor, now: datetime) -> FeeReceipt:
    """The caller holds the locks of dossier and payment. The scope is the organ's: a bank has none of its own."""
    account = account_on(payment.unit_id, localdate(now))
    symbol = account.receipt_symbol if account else f"{NO_SYMBOL}-{localdate(now):%y}"
    receipt = FeeReceipt(
        payment=payment,
        dossier=dossier,
        unit_id=payment.unit_id,
        symbol=symbol,
        number=_next(payment.unit_id, symbol),
        payer_name=dossier.filer_name or dossier.owner_name,
        amount=payment.amount,
        issued_at=now,
    )
    receipt.save(force_insert=True)
    with scope(units=dossier.unit_ids()):
        officer = actor if isinstance(actor, User) and actor.is_officer else None
        receipt.form = order_fee_receipt(
            receipt=receipt, account=account, dossier=dossier, officer=officer, actor=actor, now=now
        )
    receipt.save(update_fields=["form"])
    record(
        Fact.RECEIPT_ISSUED,
        subject=receipt,
        actor=actor,
        unit=receipt.unit_id,
        at=now,
        facts={"symbol": symbol, "number": receipt.number, "payment": str(payment.pk)},
        concerns=people(dossier),
    )
    return receipt


def _next(unit_id: int, symbol: str) -> int:
    ReceiptCounter.objects.get_or_create(unit_id=unit_id, symbol=symbol)
    counter = ReceiptCounter.objects.select_for_update().get(unit_id=unit_id, symbol=symbol)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
