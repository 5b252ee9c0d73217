"""Who answers from outside: the bank's gateway and the register of personal numbers, without a network."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services import money_jobs, numbers, payments_made
from services.gateways import BackOrder, Order, Said, Word
from services.sources import Issued, Newborn, NotFound, Pending, SourceKey


@dataclass
class Bank:
    """`sent`: money that left somebody's account for an order of ours, by the bank's own name for it."""

    sent: dict[str, tuple[str, int]] = field(default_factory=dict)
    asked: set[UUID] = field(default_factory=set)
    refuses: bool = False

    def begin(self, order: Order) -> str:
        return f"https://pay.example/{order.reference}"

    def check(self, _reference: str) -> Word | None:
        return None

    def pay_back(self, order: BackOrder) -> Word:
        said = Said.FAILED if self.refuses else Said.PENDING if order.amount % 16_000 else Said.PAID
        return Word(order.payment, said, order.amount, bank_key=f"HT-{order.reference}")

    def statement(self, _on: date) -> list[Word]:
        return []

    # The register of personal numbers: it asks for patience once.

    def request(self, _newborn: Newborn, *, key: UUID, now: datetime) -> Pending | Issued:
        self.asked.add(key)
        return Pending(now)

    def look(self, *, key: UUID, now: datetime) -> Any:
        return Issued("001326900001", now) if key in self.asked else NotFound(SourceKey.POPULATION, now)


def answer_instead(monkeypatch: Any, bank: Bank) -> None:
    for module in (payments_made, money_jobs):
        monkeypatch.setattr(module, "gateway", lambda: bank)
    monkeypatch.setattr(numbers, "personal_numbers", lambda: bank)
