"""What the law and our contracts say about money, as dated rows of `services/data/money_rules.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from portal.calendar.limits import Limit, LimitUnit

FILE = Path(__file__).parent / "data" / "money_rules.json"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who pays less. `percent` is what falls away. Luật 97/2015/QH13 Đ.10"""

    key: str
    name: Mapping[str, str]
    evidence: Mapping[str, str]
    percent: int
    ground: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class RefundRule:
    """What is given back when a dossier ends in a way. `received` None: before and after its acceptance."""

    ending: str
    received: bool | None
    fields: frozenset[str]
    percent: int
    ground: str
    text: Mapping[str, str]

    def fits(self, ending: str, *, field: str, received: bool) -> bool:
        if self.ending not in {"any", ending} or self.received not in {None, received}:
            return False
        return field in self.fields or ANY in self.fields


@dataclass(frozen=True, slots=True)
class LateFee:
    """What is registered more than `days` after the day that `answer` names has a fee of its own. `amount` None: the
    council of the province sets it, so the desk assesses it.
    """

    answer: str
    days: int
    amount: int | None
    name: Mapping[str, str]
    ground: str


@dataclass(frozen=True, slots=True)
class MoneyRules:
    """From `valid_from` until before `valid_to` (None: open)."""

    valid_from: date
    valid_to: date | None
    settle_within: Limit
    order_lasts: timedelta
    transfer_lasts: timedelta
    checked_after: timedelta
    names: Mapping[str, Mapping[str, str]]
    quantities: Mapping[str, Mapping[str, str]]
    late: Mapping[str, LateFee]
    exemptions: tuple[Exemption, ...]
    refunds: tuple[RefundRule, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def name_of(self, field: str) -> Mapping[str, str]:
        return self.names.get(field) or self.names[ANY]

    def exemptions_of(self, field: str) -> tuple[Exemption, ...]:
        return tuple(one for one in self.exemptions if field in one.fields or ANY in one.fields)

    def exemption(self, key: str) -> Exemption | None:
        return next((one for one in self.exemptions if one.key == key), None)

    def refund(self, ending: str, *, field: str, received: bool) -> RefundRule:
        """The first that fits; the last row fits always."""
        return next(one for one in self.refunds if one.fits(ending, field=field, received=received))


def _exemption(row: Mapping[str, Any]) -> Exemption:
    name = {"name_vi": row["name_vi"], "name_en": row["name_en"]}
    evidence = {"evidence_vi": row["evidence_vi"], "evidence_en": row["evidence_en"]}
    return Exemption(row["key"], name, evidence, row["percent"], row["ground"], frozenset(row["fields"]))


def _late(row: Mapping[str, Any]) -> LateFee:
    name = {"name_vi": row["name_vi"], "name_en": row["name_en"]}
    return LateFee(row["answer"], row["days"], row["amount_vnd"], name, row["ground"])


def _refund(row: Mapping[str, Any]) -> RefundRule:
    text = {"rule_vi": row["rule_vi"], "rule_en": row["rule_en"]}
    fields = frozenset(row["fields"])
    return RefundRule(row["ending"], row["received"], fields, row["percent"], row["ground"], text)


@cache
def _all() -> tuple[MoneyRules, ...]:
    return tuple(
        MoneyRules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            Limit(row["settle_working_hours"], LimitUnit.WORKING_HOUR),
            timedelta(minutes=row["order_minutes"]),
            timedelta(hours=row["transfer_hours"]),
            timedelta(minutes=row["check_minutes"]),
            row["names"],
            row["quantities"],
            {code: _late(one) for code, one in row["late"].items()},
            tuple(_exemption(one) for one in row["exemptions"]),
            tuple(_refund(one) for one in row["refunds"]),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def money_rules_on(on: date) -> MoneyRules:
    """The row of the day; of a day before the data the first row."""
    return next((row for row in _all() if row.holds(on)), _all()[0])
