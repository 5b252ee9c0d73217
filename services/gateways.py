"""What the portal asks of a payment gateway, as a Protocol with a dotted setting: the floors above speak to one.

Without a setting nothing is paid online. Whoever calls holds no transaction open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class GatewayError(Exception):
    """It says no for good: another try would not help. The message names nobody."""


class GatewayAwayError(Exception):
    """No answer, or none that makes sense: tried again later."""


class Said(StrEnum):
    PAID = "paid"
    SETTLED = "settled"  # and on the organ's account
    FAILED = "failed"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Word:
    """What was said about one order. `content` is the purpose of a transfer, `account` where it went."""

    reference: str
    said: Said
    amount: int
    bank_key: str = ""
    content: str = ""
    account: str = ""
    at: datetime | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def kept(self) -> dict[str, Any]:
        return {
            "reference": self.reference,
            "said": self.said.value,
            "amount": self.amount,
            "bank_key": self.bank_key,
            "content": self.content,
            "account": self.account,
            "raw": dict(self.raw),
        }


def word_of(kept: Mapping[str, Any]) -> Word:
    names = ("reference", "amount", "bank_key", "content", "account")
    return Word(said=Said(kept["said"]), raw=kept.get("raw", {}), **{name: kept[name] for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that the gateway's page needs, whole before anybody is called."""

    reference: str
    amount: int
    at: datetime
    ip: str
    language: str
    purpose: str
    procedure_code: str
    procedure_name: str
    unit_code: str
    unit_name: str
    dossier: str
    bank: str
    account: str
    account_name: str
    payer_name: str = field(repr=False)
    payer_number: str = field(repr=False)
    payer_address: str = field(repr=False)
    items: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class BackOrder:
    """Money that goes back by the way it came."""

    reference: str
    payment: str  # the reference of what was paid
    amount: int


class Gateway(Protocol):
    """Each call bounds its own time. Raises GatewayAwayError, GatewayError."""

    def begin(self, order: Order) -> str:
        """The address of the page on which it is paid."""

    def check(self, reference: str) -> Word | None:
        """None when the gateway knows no such order."""

    def pay_back(self, order: BackOrder) -> Word:
        """`said`: PAID when it is done, PENDING, or FAILED. The same order twice is carried out once."""

    def statement(self, on: date) -> list[Word]:
        """Everything that was paid on the day."""


def gateway() -> Gateway | None:
    if not settings.PAYMENT_GATEWAY or not settings.PAYMENT_ADDRESS:
        return None
    made: Gateway = import_string(settings.PAYMENT_GATEWAY)()
    return made
