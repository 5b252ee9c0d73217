"""What a person may answer where a supplement request points: the question, as it applies to these answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.declarations import Definition, Page, Question, World
from services.declarations.pointers import NoSuchAnswerError, parts_of, pointer_to
from services.declarations.walking import row_questions, rows_of, walk


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

    @property
    def name(self) -> str:
        """The label, in a table after the name of its row: “Line of business 2: Code”."""
        if self.page.repeat is None or self.row is None:
            return str(self.question.label)
        return f"{self.page.repeat.item} {self.row + 1}: {self.question.label}"

    @property
    def pointer(self) -> str:
        return pointer_to(self.question.key, rows=self.group, row=self.row)


def spot_of(definition: Definition, answers: Mapping[str, Any], world: World, pointer: str) -> Spot | None:
    """None for what does not exist, does not apply, or is answered by a register: nobody can type it."""
    try:
        group, number, key = parts_of(pointer)
    except NoSuchAnswerError:
        return None
    return (
        _in_row(definition, answers, world, (group, number, key)) if group else _plain(definition, answers, world, key)
    )


def _plain(definition: Definition, answers: Mapping[str, Any], world: World, key: str) -> Spot | None:
    for step in walk(definition, answers, world).steps:
        for asked in step.to_ask:
            if asked.question.key == key:
                return Spot(asked.question, step.page, asked.value)
    return None


def _in_row(
    definition: Definition, answers: Mapping[str, Any], world: World, where: tuple[str, int, str]
) -> Spot | None:
    group, number, key = where
    page, rows = definition.repeated.get(group), rows_of(answers, group)
    if page is None or number >= len(rows):
        return None
    for asked in row_questions(definition, page, rows[number], answers, world):
        if asked.question.key == key and asked.sourced is None:
            return Spot(asked.question, page, asked.value, number)
    return None
