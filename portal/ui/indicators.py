"""Measures of the service index that apps bring with them (QĐ 766/QĐ-TTg): petitions, payments, the exchange.

An app says when it starts how one of the indicators is counted; what nobody says is shown as not available, with why.
The page asks with the scope of whoever looks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Asked:
    """For which units, their predecessors included, and for which days, both included."""

    unit_ids: tuple[int, ...]
    first: date
    last: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """`why` says in words why there is nothing to divide. `url`: the list of what lowers the ratio."""

    numerator: int | None
    denominator: int | None
    why: str | Promise = ""
    url: str = ""


Function = Callable[[Asked], Measured]
_functions: dict[str, Function] = {}


class RegisteredTwiceError(ValueError):
    """Two apps count the same indicator."""


def register(indicator: str, function: Function) -> None:
    """`indicator` is its number in the index, such as "5.2"."""
    if _functions.get(indicator, function) is not function:
        raise RegisteredTwiceError(indicator)
    _functions[indicator] = function


def function_of(indicator: str) -> Function | None:
    return _functions.get(indicator)


def unregister(indicator: str) -> None:
    """For tests that register their own."""
    _functions.pop(indicator, None)
