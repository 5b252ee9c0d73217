"""Dossiers that cost something, an account to collect on, and a gateway that is heard without a network."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from portal.accounts.models import User
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.gateways import Said, Word
from services.kinds import Channel
from services.models import CollectingAccount, Dossier, Payment, PaymentMessage, ProcedureVersion
from services.money_states import MessageKind, Outcome, Way
from services.operations.accounts import AccountData, enter_account
from services.operations.hearing import hear, keep_message
from services.operations.paying import begin_payment, keep_order
from services.queries.money import balance_of
from tests.services.build import COMPONENTS, Office, version_of

EACH = 8000
ACCOUNT = AccountData(
    bank_bin="970415",
    bank_name="VietinBank",
    account="113366668888",
    account_name="UBND XA AN",
    tax_code="0100233488",
    receipt_form="01BLP0-001",
    receipt_symbol="AN-26E",
)


def costing(*, fees: dict[str, Any] | None = None, code: str = "2.000635", **more: Any) -> ProcedureVersion:
    """Eight thousand for each copy, whichever way it is filed."""
    parts = {
        "limit": {"value": 3, "unit": "working_day"},
        "components": COMPONENTS,
        "forms": [{"component": "application_form", "name_vi": "Tờ khai"}],
        "results": [{"name_vi": "Bản sao trích lục", "code": "KQ.G15.000031", "kind": "issue"}],
        "channels": [],
        "fees": fees or {"amount_vnd": EACH, "rule_vi": "8.000 đồng/bản", "per": "copy"},
    }
    return version_of(code, name_vi="Cấp bản sao trích lục hộ tịch", parts=parts, **more)


def account(office: Office, unit_id: int | None = None) -> CollectingAccount:
    return enter_account(
        unit_id=unit_id or office.people.home,
        data=ACCOUNT,
        first_day=date(2025, 7, 1),
        actor=System.COMMAND,
        now=office.tick(),
    )


def online(office: Office, filer: User, copies: int = 2, **more: Any) -> Dossier:
    """Filed online by its own owner, not received yet."""
    said: dict[str, Any] = {"channel": Channel.ONLINE, "assisted_by": None, "level": 2, "filer": filer}
    return office.submitted(actor=filer, answers={"copies": copies}, **(said | more))


def begun(office: Office, dossier: Dossier, filer: User, way: Way = Way.GATEWAY) -> Payment:
    """The citizen goes to pay; the gateway has opened its page."""
    owed = balance_of(dossier).owed or 0
    payment = begin_payment(dossier=dossier, way=way, amount=owed, actor=filer, now=office.tick())
    if way is Way.GATEWAY:
        keep_order(payment_id=payment.pk, address="https://pay.example/x", actor=System.RELAY, now=office.tick())
    return again(payment)


def again(payment: Payment) -> Payment:
    return Payment.objects.select_related("dossier__version", "fee").get(pk=payment.pk)


def word(payment: Payment, *, said: Said = Said.PAID, amount: int = 0, bank_key: str = "GD1", **more: Any) -> Word:
    return Word(reference=payment.reference, said=said, amount=amount or payment.amount, bank_key=bank_key, **more)


def heard(office: Office, said: Word, kind: MessageKind = MessageKind.NOTICE) -> Outcome:
    message = keep_message(kind=kind, word=said, raw=said.raw, actor=System.RELAY, now=office.tick())
    return hear(message_id=message.pk, actor=System.RELAY, now=office.tick())


def messages() -> list[str]:
    """What became of everything that was heard."""
    with scope(purpose=Purpose.PAYMENTS):
        return list(PaymentMessage.objects.order_by("received_at", "id").values_list("outcome", flat=True))


class Counter:
    """A gateway of one process: `orders` by reference, what `said` of them."""

    def __init__(self) -> None:
        self.orders: dict[str, Any] = {}
        self.said: dict[str, Word] = {}
        self.back: dict[str, Any] = {}
        self.days: dict[date, list[Word]] = {}

    def begin(self, order: Any) -> str:
        self.orders[order.reference] = order
        return f"https://pay.example/{order.reference}"

    def check(self, reference: str) -> Word | None:
        return self.said.get(reference)

    def pay_back(self, order: Any) -> Word:
        self.back[order.reference] = order
        return Word(order.payment, Said.PAID, order.amount, bank_key=f"HT-{len(self.back)}")

    def statement(self, on: date) -> list[Word]:
        return self.days.get(on, [])


def moments(start: datetime) -> Iterator[datetime]:
    while True:
        start += timedelta(minutes=1)
        yield start


def key(value: object) -> UUID:
    return UUID(str(value))
