"""What the sandbox's payment platform and its bank remember: orders, money, what went back. Memory of one process."""

import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST = 2_000  # orders, and transfers
SETTLES_AFTER = timedelta(minutes=2)


class Deed(StrEnum):
    """What somebody does on the page of an order."""

    PAY = "pay"
    CANCEL = "cancel"
    WAIT = "wait"
    TWICE = "twice"
    WRONG_AMOUNT = "wrong_amount"
    BAD_HASH = "bad_hash"
    LATE = "late"
    SILENT = "silent"
    NOTICE_TWICE = "notice_twice"


WORDS: dict[Deed, str | Promise] = {
    Deed.PAY: _("Pay"),
    Deed.CANCEL: _("Do not pay"),
    Deed.WAIT: _("Go back and decide later"),
    Deed.TWICE: _("Pay twice"),
    Deed.WRONG_AMOUNT: _("Pay another amount"),
    Deed.BAD_HASH: _("Pay, and let the notice bear a wrong signature"),
    Deed.LATE: _("Pay, and let the notice come 30 seconds late"),
    Deed.SILENT: _("Pay, and lose the notice: the comparison of the day finds it"),
    Deed.NOTICE_TWICE: _("Pay, and let the notice come twice"),
}


@dataclass
class Money:
    """One movement on the organ's account. `reference` empty: a transfer, known by its `content`."""

    key: str
    reference: str
    content: str
    account: str
    amount: int
    at: datetime

    @property
    def is_settled(self) -> bool:
        return timezone.now() - self.at > SETTLES_AFTER


@dataclass
class Order:
    reference: str
    amount: int
    account: str
    purpose: str
    what: str
    organ: str
    begun_at: datetime
    cancelled: bool = False
    paid: list[Money] = field(default_factory=list)


class Ledger:
    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}
        self._transfers: list[Money] = []
        self._back: dict[str, tuple[str, int]] = {}
        self._lock = threading.Lock()

    def open(self, order: Order) -> Order | None:
        """The order as it is kept; None when the name was used for another amount."""
        with self._lock:
            while len(self._orders) >= MOST:
                self._orders.pop(next(iter(self._orders)))
            kept = self._orders.setdefault(order.reference, order)
            return kept if kept.amount == order.amount else None

    def order(self, reference: str) -> Order | None:
        return self._orders.get(reference)

    def orders(self) -> list[Order]:
        """Newest first."""
        return list(self._orders.values())[::-1]

    def pay(self, order: Order, amount: int) -> Money:
        money = Money(_key("GD"), order.reference, order.purpose, order.account, amount, timezone.now())
        with self._lock:
            order.paid.append(money)
        return money

    def transfer(self, *, content: str, account: str, amount: int) -> Money:
        money = Money(_key("FT"), "", content, account, amount, timezone.now())
        with self._lock:
            self._transfers = [*self._transfers[-MOST:], money]
        return money

    def of_day(self, on: date) -> Iterator[Money]:
        for order in self.orders():
            yield from (one for one in order.paid if timezone.localdate(one.at) == on)
        yield from (one for one in self._transfers if timezone.localdate(one.at) == on)

    def give_back(self, *, key: str, reference: str, amount: int) -> bool:
        """Once for each `key`; never more than was paid for the order."""
        with self._lock:
            if key in self._back:
                return self._back[key] == (reference, amount)
            order = self._orders.get(reference)
            paid = sum(one.amount for one in order.paid) if order else 0
            gone = sum(sent for name, sent in self._back.values() if name == reference)
            if not 0 < amount <= paid - gone:
                return False
            self._back[key] = reference, amount
            return True

    def gone_back(self) -> list[tuple[str, str, int]]:
        return [(key, reference, amount) for key, (reference, amount) in self._back.items()][::-1]


def _key(prefix: str) -> str:
    return f"{prefix}{timezone.localtime():%y%m%d}{secrets.token_hex(5).upper()}"


LEDGER = Ledger()
