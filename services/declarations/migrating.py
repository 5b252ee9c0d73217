"""What becomes of a draft's answers when a new version asks differently: kept while they answer, or asked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.declarations.checking import Fault, check_whole
from services.declarations.definition import Definition, Page, Question
from services.declarations.walking import rows_of, walk
from services.declarations.world import World


class Reason(StrEnum):
    NEW = "new"  # the old version did not ask it
    MEANS_ELSE = "means_else"  # same name, another kind or meaning
    NOT_ALLOWED = "not_allowed"  # the answer is no longer possible


@dataclass(frozen=True, slots=True)
class Again:
    page: Page
    question: Question
    reason: Reason


@dataclass(frozen=True, slots=True)
class Migrated:
    """`dropped`: keys that the new version doesn't know any more."""

    kept: dict[str, Any]
    to_answer_again: tuple[Again, ...]
    dropped: tuple[str, ...]


def migrate_answers(old: Definition, new: Definition, answers: Mapping[str, Any], world: World) -> Migrated:
    """Kept is what the new version asks in the same sense and takes as it is. `to_answer_again` has what applies."""
    kept: dict[str, Any] = {}
    for key, value in answers.items():
        if key in new.plain and key in old.plain and _means_the_same(old.plain[key], new.plain[key]):
            kept[key] = value
        elif key in new.repeated and key in old.repeated:
            kept[key] = _rows(old.repeated[key], new.repeated[key], rows_of(answers, key))
    again: dict[str, Again] = {}
    while True:  # an answer that goes may hide or show others; each round takes at least one away
        faults = check_whole(new, kept, world)
        for fault in faults:
            _ask_again(fault, old, new, answers, again)
        wrong = {fault.question for fault in faults if fault.code != "missing" and _is_plain(fault, new)} & set(kept)
        if not wrong:
            break
        kept = {key: value for key, value in kept.items() if key not in wrong}
    known = {*new.plain, *new.repeated}
    return Migrated(kept, _that_apply(new, kept, again, world), tuple(key for key in answers if key not in known))


def _is_plain(fault: Fault, new: Definition) -> bool:
    return fault.page in new.by_key and new.by_key[fault.page].repeat is None


def _means_the_same(old: Question, new: Question) -> bool:
    return (old.kind, old.meaning) == (new.kind, new.meaning)


def _rows(old: Page, new: Page, rows: Any) -> list[dict[str, Any]]:
    before = {question.key: question for question in old.questions}
    same = {
        question.key
        for question in new.questions
        if question.key in before and _means_the_same(before[question.key], question)
    }
    return [{key: value for key, value in row.items() if key in same} for row in rows]


def _ask_again(
    fault: Fault, old: Definition, new: Definition, answers: Mapping[str, Any], again: dict[str, Again]
) -> None:
    page = new.by_key.get(fault.page)
    question = next((one for one in page.questions if one.key == fault.question), None) if page else None
    if page is None or question is None or question.key in again:
        return
    before = old.plain.get(question.key)
    if fault.code != "missing":
        reason = Reason.NOT_ALLOWED
    elif before is not None and question.key in answers and not _means_the_same(before, question):
        reason = Reason.MEANS_ELSE
    elif before is None:
        reason = Reason.NEW
    else:
        return  # it was open before, and still is
    again[question.key] = Again(page, question, reason)


def _that_apply(
    new: Definition, kept: Mapping[str, Any], again: Mapping[str, Again], world: World
) -> tuple[Again, ...]:
    shown = {asked.question.key for step in walk(new, kept, world).steps for asked in step.asked}
    return tuple(one for one in again.values() if one.question.key in shown or one.page.repeat)
