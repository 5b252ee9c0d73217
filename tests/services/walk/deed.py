"""What can be tried: a deed on something, by somebody; whose turn it would be, and what the abilities of pages say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from services import errors
from tests.services.walk.world import World

On = Callable[[World], Sequence[Any]]
By = Callable[[World, Any], Sequence[Any]]
Do = Callable[[World, Any, Any, int], object]
Able = Callable[[World, Any, Any], bool | None]
SAID_NO = (errors.NotAllowedError, errors.WrongStateError)


@dataclass(frozen=True, slots=True)
class Deed:
    """`by` names those whose turn it is now, nobody when its time has not come. `able` is what a page would show.

    `excused`: what the deed may say though the page showed it, such as that a paper is missing.
    """

    name: str
    on: On
    by: By
    do: Do
    able: Able | None
    excused: tuple[type[Exception], ...]
    by_itself: bool


DEEDS: dict[str, Deed] = {}


def deed(
    on: On,
    by: By,
    *,
    able: Able | None = None,
    excused: tuple[type[Exception], ...] = (),
    by_itself: bool = False,
) -> Callable[[Do], Do]:
    """`by_itself`: nobody's deed, so nobody tries it either."""

    def entered(do: Do) -> Do:
        name = do.__name__
        assert name not in DEEDS
        DEEDS[name] = Deed(name, on, by, do, able, excused, by_itself)
        return do

    return entered
