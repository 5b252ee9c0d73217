"""Whether one value answers one question. The same for pages, REST and registers; junk of any shape gets a verdict."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from services.declarations.conditions import same
from services.declarations.definition import Kind, Question
from services.declarations.world import World

# What could not be printed, and what looks empty: control characters and lone surrogates would not even be stored.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LETTERS = re.compile(r"[^\W\d_]")
DIGITS = re.compile(r"\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wrong:
    """`code` is stable; `limit` goes into the sentence; `inside` is the rest of the JSON pointer."""

    code: str
    limit: Any = None
    inside: str = field(default="")


def problem(question: Question, value: Any, world: World) -> Wrong | None:
    """The first thing that is wrong with a value that was given; None when it may stand."""
    return CHECKS[question.kind](question, value, world)


def _text(question: Question, value: Any, _world: World) -> Wrong | None:
    rule = question.rule
    lines = question.kind is Kind.PARAGRAPH
    if not isinstance(value, str) or UNPRINTABLE.search(value) or (not lines and set(value) & set("\n\r")):
        return Wrong("wrong-type")
    if not value.strip() or len(value) < rule.get("minLength", 1):
        return Wrong("too-short", rule.get("minLength", 1))
    if len(value) > rule.get("maxLength", 200):
        return Wrong("too-long", rule.get("maxLength", 200))
    return _spelling(question, value)


def _spelling(question: Question, value: str) -> Wrong | None:
    if question.kind is Kind.NAME and (not LETTERS.search(value) or DIGITS.search(value)):
        return Wrong("no-name")
    pattern = question.rule.get("pattern")
    return Wrong("malformed") if pattern and not re.search(pattern.replace("$", r"\Z"), value, re.ASCII) else None


def whole_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def first_and_last(text: str) -> tuple[date, date] | None:
    """The span that a rough day means: a year, a month of a year, or one day."""
    year, month, day = [*(int(part) for part in text.split("-")), 0, 0][:3]
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        if month:
            return first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return first, date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def _day(question: Question, value: Any, world: World) -> Wrong | None:
    if wrong := _text(question, value, world):
        return Wrong("malformed") if wrong.code != "wrong-type" else wrong
    if question.kind is Kind.DAY:
        exact = whole_day(value)
        span = (exact, exact) if exact else None
    else:
        span = first_and_last(value)
    if span is None:
        return Wrong("no-such-day")
    latest, earliest = _bound(question.latest, world), _bound(question.earliest, world) or date(1850, 1, 1)
    if latest and span[0] > latest:
        return Wrong("too-late", latest)
    if span[1] < earliest:
        return Wrong("too-early", earliest)
    return None


def _bound(bound: str, world: World) -> date | None:
    """Bounds that are other questions are looked at when all answers are there (`checking`)."""
    return world.today if bound == "today" else whole_day(bound) if bound[:1].isdigit() else None


def _number(question: Question, value: Any, _world: World) -> Wrong | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return Wrong("wrong-type")
    if value < question.rule["minimum"]:
        return Wrong("too-small", question.rule["minimum"])
    return Wrong("too-large", question.rule["maximum"]) if value > question.rule["maximum"] else None


def _unit(question: Question, value: Any, world: World) -> Wrong | None:
    fields = {"unit", "detail"} if question.kind is Kind.ADDRESS else {"unit"}
    if not isinstance(value, dict) or set(value) - fields:
        return Wrong("wrong-type")
    unit_id = value.get("unit")
    if not isinstance(unit_id, int) or isinstance(unit_id, bool) or not 1 <= unit_id < 10**18:
        return Wrong("no-unit", inside="/unit")
    if world.units.name(unit_id) is None:
        return Wrong("no-unit", inside="/unit")
    if not question.former and not world.units.lives(unit_id):
        return Wrong("unit-ended", inside="/unit")
    if question.kind is Kind.ADDRESS:
        detail = value.get("detail")
        if not isinstance(detail, str) or not detail.strip() or UNPRINTABLE.search(detail) or len(detail) > 200:
            return Wrong("no-detail", inside="/detail")
    return None


def _files(question: Question, value: Any, _world: World) -> Wrong | None:
    rule = question.rule
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return Wrong("wrong-type")
    if len(value) > rule["maxItems"]:
        return Wrong("too-many", rule["maxItems"])
    pattern = re.compile(rule["items"]["pattern"].replace("$", r"\Z"))
    return Wrong("no-file") if len(set(value)) < len(value) or not all(map(pattern.match, value)) else None


def _choice(question: Question, value: Any, _world: World) -> Wrong | None:
    return None if any(same(value, allowed) for allowed, _words in question.choices) else Wrong("no-choice")


def _several(question: Question, value: Any, _world: World) -> Wrong | None:
    allowed = {choice for choice, _words in question.choices}
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return Wrong("wrong-type")
    return None if set(value) <= allowed and len(set(value)) == len(value) else Wrong("no-choice")


def _yes_no(_question: Question, value: Any, _world: World) -> Wrong | None:
    return None if isinstance(value, bool) else Wrong("no-choice")


CHECKS: dict[Kind, Callable[[Question, Any, World], Wrong | None]] = {
    Kind.LINE: _text,
    Kind.PARAGRAPH: _text,
    Kind.NAME: _text,
    Kind.DAY: _day,
    Kind.ROUGH_DAY: _day,
    Kind.TIME: _text,
    Kind.PERSONAL_NUMBER: _text,
    Kind.PHONE: _text,
    Kind.EMAIL: _text,
    Kind.COUNT: _number,
    Kind.MONEY: _number,
    Kind.UNIT: _unit,
    Kind.ADDRESS: _unit,
    Kind.FILES: _files,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.YES_NO: _yes_no,
}
