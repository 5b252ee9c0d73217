"""Where in the answers a JSON pointer of a supplement request leads: to a question, or into a row of a group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.declarations import Definition, Page, Question, World
from services.declarations.walking import row_questions, rows_of, walk

ROW_ID = "id"


@dataclass(frozen=True, slots=True)
class Spot:
    """`row` counts from 0; None for a question that is asked once."""

    question: Question
    page: Page
    value: Any
    row: int | None = None

    @property
    def group(self) -> str:
        return self.page.repeat.key if self.page.repeat and self.row is not None else ""


def spot_of(definition: Definition, answers: Mapping[str, Any], world: World, pointer: str) -> Spot | None:
    """None for what does not exist, does not apply, or is answered by a register: nobody can type it.

    `/key`, or `/group/row/key` where the row is named by its id or its place, and the group by its key or its page's.
    """
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    if len(parts) == 1:
        return _plain(definition, answers, world, parts[0])
    return _in_row(definition, answers, world, parts) if len(parts) == 3 else None


def _plain(definition: Definition, answers: Mapping[str, Any], world: World, key: str) -> Spot | None:
    for step in walk(definition, answers, world).steps:
        for asked in step.to_ask:
            if asked.question.key == key:
                return Spot(asked.question, step.page, asked.value)
    return None


def _in_row(definition: Definition, answers: Mapping[str, Any], world: World, parts: list[str]) -> Spot | None:
    group, name, key = parts
    page = next((one for one in definition.pages if one.repeat and group in {one.key, one.repeat.key}), None)
    if page is None or page.repeat is None:
        return None
    rows = rows_of(answers, page.repeat.key)
    number = next((place for place, row in enumerate(rows) if str(row.get(ROW_ID, "")) == name), None)
    if number is None and name.isascii() and name.isdigit() and len(name) < 4 and int(name) < len(rows):
        number = int(name)
    if number is None:
        return None
    for asked in row_questions(definition, page, rows[number], answers, world):
        if asked.question.key == key and asked.sourced is None:
            return Spot(asked.question, page, asked.value, number)
    return None


def answered(spot: Spot, answers: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """What changes among all answers when the spot holds `value`."""
    if spot.row is None:
        return {spot.question.key: value}
    rows = [dict(row) for row in rows_of(answers, spot.group)]
    rows[spot.row][spot.question.key] = value
    return {spot.group: rows}
