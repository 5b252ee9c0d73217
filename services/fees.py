"""What a filing costs, line by line, from the version of its procedure. Pure.

Amounts are whole dong. Where the province's council sets the amount, or the version names none for the way of filing,
nothing is guessed: the desk assesses it with its ground.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.models.catalogue import ProcedureVersion
from services.money_rules import Exemption, LateFee, money_rules_on

MOST = 1_000_000_000  # dong: nobody pays more at a desk of a commune
MOST_LINES = 60


class LineKind(StrEnum):
    FLAT = "flat"  # once
    COPIES = "copies"  # so many of a fixed amount each
    PAGES = "pages"  # a document of so many pages, in so many copies
    LATE = "late"  # registered after its days: a fee of its own; without an amount the desk assesses it
    BY_HAND = "by_hand"  # as an officer assessed it
    REDUCTION = "reduction"


@dataclass(frozen=True, slots=True)
class Line:
    kind: LineKind
    amount: int
    count: int = 1
    each: int = 0
    pages: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """`amount` None: the desk has to assess it."""

    lines: tuple[Line, ...]
    amount: int | None

    def kept(self) -> list[dict[str, Any]]:
        return [asdict(line) for line in self.lines]


def lines_of(kept: list[dict[str, Any]]) -> list[Line]:
    return [Line(**{**row, "kind": LineKind(row["kind"])}) for row in kept]


def calculate(
    version: ProcedureVersion,
    *,
    channel: str,
    answers: Mapping[str, Any],
    on: date,
    exemption: Exemption | None = None,
    filed_on: date | None = None,
    by_hand: int | None = None,
) -> Calculation:
    """`by_hand` is an officer's assessment, which counts instead of what the version says; `filed_on`, else `on`, is
    the day by which something is registered late.
    """
    late = late_fee(version, answers, filed_on or on)
    if late is not None and by_hand is None:
        amount = late.amount or 0
        one = Line(LineKind.LATE, amount, count=late.days, each=amount, name=version.code)
        return Calculation((one,), None) if late.amount is None else _reduced([one], exemption)
    lines = [Line(LineKind.BY_HAND, by_hand)] if by_hand is not None else _lines(version, channel, answers, on)
    if lines is None:
        return Calculation((), None)
    return _reduced(lines, exemption)


def late_fee(version: ProcedureVersion, answers: Mapping[str, Any], on: date) -> LateFee | None:
    """The rule that makes it late on this day, if there is one and it is."""
    rule = money_rules_on(on).late.get(version.code)
    happened = _day(answers.get(rule.answer)) if rule else None
    return rule if rule and happened and (on - happened).days > rule.days else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _reduced(lines: list[Line], exemption: Exemption | None) -> Calculation:
    full = sum(line.amount for line in lines)
    if exemption is not None and full:
        lines = [*lines, Line(LineKind.REDUCTION, -(full * exemption.percent // 100), each=exemption.percent)]
    return Calculation(tuple(lines), sum(line.amount for line in lines))


def _lines(version: ProcedureVersion, channel: str, answers: Mapping[str, Any], on: date) -> list[Line] | None:
    fees: Mapping[str, Any] = version.parts.get("fees") or {}
    asked = money_rules_on(on).quantities.get(version.code, {})
    if fees.get("formula") and asked.get("rows"):
        return _by_pages(fees["formula"], answers.get(asked["rows"]), asked)
    each = _each(version, channel, fees)
    if each is None:
        return None
    if fees.get("per") == "copy":
        count = _whole(answers.get(asked.get("count", "")), 1)
        return [Line(LineKind.COPIES, each * count, count=count, each=each)]
    return [Line(LineKind.FLAT, each)]


def _each(version: ProcedureVersion, channel: str, fees: Mapping[str, Any]) -> int | None:
    """What the way of filing costs goes before what the procedure costs."""
    rows = version.parts.get("channels") or []
    own = next((row.get("fee_vnd") for row in rows if row["channel"] == channel), None)
    if own is not None:
        return int(own)
    ways = [row for row in rows if row.get("fee_vnd") is not None]
    amount = fees.get("amount_vnd")
    return None if ways or amount is None else int(amount)


def _by_pages(formula: Mapping[str, int], rows: object, asked: Mapping[str, str]) -> list[Line] | None:
    """So much a page for the first two, less from the third on, and a ceiling for each copy. TT 226/2016/TT-BTC"""
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_LINES:
        return None
    found = []
    for row in rows:
        said: Mapping[str, Any] = row if isinstance(row, dict) else {}
        pages, copies = _whole(said.get(asked["pages"]), 1), _whole(said.get(asked["copies"]), 1)
        each = formula["page_1_2"] * min(pages, 2) + formula["page_3_up"] * max(pages - 2, 0)
        each = min(each, formula["max_per_copy"])
        name = str(said.get("title") or "")[:120]
        found.append(Line(LineKind.PAGES, each * copies, count=copies, each=each, pages=pages, name=name))
    return found


def _whole(said: object, least: int) -> int:
    return max(least, min(said, 1000)) if isinstance(said, int) and not isinstance(said, bool) else least
