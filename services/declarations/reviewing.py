"""All answers once more, in words, with their source: for the person before filing, and for the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.ui.wording import day
from services.declarations.definition import Kind, Question
from services.declarations.pointers import pointer_to
from services.declarations.values import whole_day
from services.declarations.walking import Asked, Walk
from services.declarations.words import Words
from services.declarations.world import Sourced, World
from services.wording import dong


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. `page` and `row` say where it is changed; `sourced` answers are changed by nobody. `rows` is the key
    under which the answers keep the rows of its page.
    """

    question: Question
    words: str
    page: str
    row: int | None = None
    sourced: Sourced | None = None
    rows: str = ""

    @property
    def pointer(self) -> str:
        """Where it stands in the answers: see `pointers`."""
        return pointer_to(self.question.key, rows=self.rows, row=self.row)


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of a page, or of one row of it. `number` counts rows from 1; 0 for a page without."""

    title: Words
    page: str
    number: int
    lines: tuple[Line, ...]


def review(way: Walk, world: World) -> list[Section]:
    found = []
    for step in way.steps:
        page = step.page
        if page.repeat is None:
            found.append(Section(page.title, page.key, 0, _lines(step.asked, page.key, None, world)))
            continue
        for number, row in enumerate(step.rows):
            lines = _lines(row, page.key, number, world, page.repeat.key)
            found.append(Section(page.repeat.item, page.key, number + 1, lines))
    return found


def _lines(asked: tuple[Asked, ...], page: str, row: int | None, world: World, rows: str = "") -> tuple[Line, ...]:
    return tuple(
        Line(one.question, in_words(one.question, one.value, world), page, row, one.sourced, rows) for one in asked
    )


def in_words(question: Question, value: Any, world: World) -> str:
    """The answer as people read it. Empty when there is none, or none that can be read."""
    if value is None:
        return ""
    say = SAYING.get(question.kind)
    return say(question, value, world) if say else str(value)


def _choice(question: Question, value: Any, _world: World) -> str:
    return next((str(told) for choice, told in question.choices if choice == value), "")


def _several(question: Question, value: Any, _world: World) -> str:
    picked = value if isinstance(value, list) else []
    return "; ".join(str(told) for choice, told in question.choices if choice in picked)


def _yes_no(_question: Question, value: Any, _world: World) -> str:
    return gettext("Yes") if value is True else gettext("No")


def _money(_question: Question, value: Any, _world: World) -> str:
    return dong(value) if isinstance(value, int) else ""


def _files(_question: Question, value: Any, _world: World) -> str:
    return gettext("Files: %(count)d") % {"count": len(value) if isinstance(value, list) else 0}


def _day(_question: Question, value: Any, _world: World) -> str:
    if exact := whole_day(str(value)):
        return day(exact)
    return "/".join(reversed(str(value).split("-")))


def _place(_question: Question, value: Any, world: World) -> str:
    if not isinstance(value, dict) or not isinstance(value.get("unit"), int):
        return ""
    return ", ".join(filter(None, [str(value.get("detail", "")), world.units.name(value["unit"]) or ""]))


SAYING: dict[Kind, Callable[[Question, Any, World], str]] = {
    Kind.DAY: _day,
    Kind.ROUGH_DAY: _day,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.YES_NO: _yes_no,
    Kind.UNIT: _place,
    Kind.ADDRESS: _place,
    Kind.MONEY: _money,
    Kind.FILES: _files,
}
