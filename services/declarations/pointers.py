"""Where one answer stands among all, as RFC 6901 writes it: `/child_name`, or `/children/1/name` in the second row."""

from collections.abc import Mapping
from typing import Any

from services.declarations.definition import Definition, Page, Question


class NoSuchAnswerError(LookupError):
    """The pointer leads to no question of the form, or to a row that is not there."""


def pointer_to(question: str, *, rows: str = "", row: int | None = None) -> str:
    """`rows` is the key of the rows in the answers, `row` is counted from 0."""
    return f"/{rows}/{row}/{question}" if row is not None else f"/{question}"


def parts_of(pointer: str) -> tuple[str, int, str]:
    """Key of the rows (empty without rows), number of the row, key of the question."""
    parts = pointer.split("/")
    if len(parts) == 2 and not parts[0]:
        return "", 0, parts[1]
    if len(parts) == 4 and not parts[0] and parts[2].isascii() and parts[2].isdecimal():
        return parts[1], int(parts[2]), parts[3]
    raise NoSuchAnswerError(pointer)


def asked_at(definition: Definition, pointer: str) -> tuple[Page, Question]:
    """The question that the pointer leads to, with its page."""
    rows, _row, key = parts_of(pointer)
    pages = [definition.repeated[rows]] if rows in definition.repeated else definition.pages if not rows else ()
    for page in pages:
        for question in page.questions:
            if question.key == key and bool(page.repeat) == bool(rows):
                return page, question
    raise NoSuchAnswerError(pointer)


def answer_at(answers: Mapping[str, Any], pointer: str) -> Any:
    """None where nothing was answered."""
    rows, row, key = parts_of(pointer)
    return _row(answers, rows, row).get(key) if rows else answers.get(key)


def merged(answers: Mapping[str, Any], pointer: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """All answers, with those of `said` beside the one that the pointer leads to: in its row, or on top."""
    rows, row, _key = parts_of(pointer)
    if not rows:
        return {**answers, **said}
    changed = {**_row(answers, rows, row), **said}
    return {**answers, rows: [changed if number == row else one for number, one in enumerate(answers[rows])]}


def _row(answers: Mapping[str, Any], rows: str, row: int) -> Mapping[str, Any]:
    listed = answers.get(rows)
    found = listed[row] if isinstance(listed, list) and row < len(listed) else None
    if not isinstance(found, Mapping):
        raise NoSuchAnswerError(f"/{rows}/{row}")
    return found
