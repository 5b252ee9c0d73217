"""Days, moments, numbers and QR codes as a document shows them: in Vietnamese, whatever language the reader has set."""

import datetime
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import segno
from django.utils import timezone

from documents.layouts.catalogue import DATA

MAY_SPELL_BELOW = 10_000
MAY_SAY_BELOW = 1_000_000_000_000


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
    return found


def day(on: datetime.date) -> str:
    """ngày 05 tháng 02 năm 2026: days below 10 and the months 1 and 2 with a zero (NĐ 30/2020 PL I)."""
    month = f"{on.month:02}" if on.month <= 2 else str(on.month)
    return str(_words()["day"]).format(day=f"{on.day:02}", month=month, year=on.year)


def moment(at: datetime.datetime) -> str:
    """15 giờ 20 phút, ngày 20 tháng 11 năm 2026, in the portal's zone."""
    local = timezone.localtime(at)
    month = f"{local.month:02}" if local.month <= 2 else str(local.month)
    parts = {"hour": f"{local.hour:02}", "minute": f"{local.minute:02}", "day": f"{local.day:02}", "month": month}
    return str(_words()["moment"]).format(**parts, year=local.year)


def short_day(on: datetime.date) -> str:
    return f"{on.day:02}/{on.month:02}/{on.year}"


def short_moment(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.hour:02}:{local.minute:02}, {short_day(local.date())}"


def money(amount: int) -> str:
    """8.000 đồng."""
    return str(_words()["money"]).format(amount=f"{amount:,}".replace(",", "."))


def spelled(number: int) -> str:
    """In words, as certificates repeat it: 2026 is hai nghìn không trăm hai mươi sáu."""
    if not 0 <= number < MAY_SPELL_BELOW:
        raise ValueError(f"{number} is not between 0 and {MAY_SPELL_BELOW - 1}")
    words = _words()
    thousands, hundreds, rest = number // 1000, number // 100 % 10, number % 100
    said = [words["digits"][thousands], words["thousand"]] if thousands else []
    if number < 100 or rest or hundreds:
        if thousands or hundreds:
            said += [words["digits"][hundreds], words["hundred"]]
        said += _below_hundred(rest, follows=number >= 100)
    return " ".join(said)


def _below_hundred(number: int, *, follows: bool) -> list[str]:
    words = _words()
    tens, ones = divmod(number, 10)
    digit = words["digits"][ones]
    if tens == 0:
        return [] if follows and not ones else [words["odd"], digit] if follows else [digit]
    head = [words["ten"]] if tens == 1 else [words["digits"][tens], words["tens"]]
    special = {1: words["one_after_tens"] if tens > 1 else digit, 5: words["five_after_tens"]}
    return [*head, special.get(ones, digit)] if ones else head


def in_words(amount: int) -> str:
    """Any sum of money in words: 150000 is một trăm năm mươi nghìn. Groups of three digits, each with its name."""
    if not 0 <= amount < MAY_SAY_BELOW:
        raise ValueError(f"{amount} is not between 0 and {MAY_SAY_BELOW - 1}")
    if amount < MAY_SPELL_BELOW:
        return spelled(amount)
    words = _words()
    names = ["", words["thousand"], words["million"], words["billion"]]
    groups = [amount // 1000**place % 1000 for place in range(len(names))]
    said: list[str] = []
    for place in reversed(range(len(names))):
        group = groups[place]
        if said and 0 < group < 100:
            said += [words["digits"][0], words["hundred"], *_below_hundred(group, follows=True), names[place]]
        elif group:
            said += [spelled(group), names[place]]
    return " ".join(filter(None, said))


def spelled_day(on: datetime.date) -> str:
    """ngày mười lăm, tháng tư, năm hai nghìn không trăm hai mươi sáu."""
    month = _words()["month_four"] if on.month == 4 else spelled(on.month)
    return str(_words()["spelled_day"]).format(day=spelled(on.day), month=month, year=spelled(on.year))


@dataclass(frozen=True)
class Square:
    """A QR code as one SVG path to be stroked, over `size` by `size` units, and what it says in words."""

    size: int
    path: str
    words: str


@lru_cache(maxsize=256)
def square(address: str) -> Square:
    """Both copies of a slip show the same code."""
    code = segno.make(address, error="m", micro=False)
    rows = [list(row) for row in code.matrix_iter(border=2)]
    path = "".join(_runs(rows))
    return Square(len(rows), path, str(_words()["qr"]).format(address=address))


def _runs(rows: list[list[int]]) -> list[str]:
    """Dark modules that stand side by side are one stroke, a module thick: a fifth of what squares would be."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                found.append(f"M{start} {y}.5h{x - start}")
            x += 1
    return found
