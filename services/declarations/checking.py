"""One judge for a page, for a row and for all answers. What every page took, the whole takes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.declarations import sentences
from services.declarations.definition import Definition, Kind, Page, Question
from services.declarations.values import Wrong, first_and_last, problem
from services.declarations.walking import Asked, Step, Walk, row_questions, walk
from services.declarations.world import World

FAULTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """`pointer` is a JSON pointer into the answers; `page` and `question` say where a person mends it."""

    pointer: str
    code: str
    text: str
    page: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """`way`: how the answers lead through the form; None when they are none, or nothing is asked."""

    faults: list[Fault]
    way: Walk | None = None


def check_whole(definition: Definition, answers: Any, world: World) -> list[Fault]:
    """Everything that keeps these answers from being filed; empty when they may be."""
    return judge(definition, answers, world).faults


def judge(definition: Definition, answers: Any, world: World) -> Judged:
    """As `check_whole`, with the way for whoever goes on from there.

    Answers to questions that don't apply are judged by their shape only and count as not given. What a register answers
    needs no answer.
    """
    if not isinstance(answers, Mapping):
        return Judged([Fault("", "wrong-type", sentences.not_an_object())])
    faults = list(_unknown(answers, {*definition.plain, *definition.repeated}, ""))
    way = walk(definition, answers, world)
    shown = {step.page.key for step in way.steps}
    for step in way.steps:
        faults += _step(step, answers, world)
    for page in definition.pages:
        faults += _hidden(page, answers, world, way.step(page.key), on_the_way=page.key in shown)
    return Judged(faults[:FAULTS_SHOWN], way)


def check_page(definition: Definition, page_key: str, answers: Mapping[str, Any], world: World) -> list[Fault]:
    """The same, of one page; empty for a page that doesn't apply."""
    step = walk(definition, answers, world).step(page_key)
    return _step(step, answers, world) if step else []


def check_row(
    definition: Definition, page_key: str, row: Mapping[str, Any], answers: Mapping[str, Any], world: World
) -> list[Fault]:
    """One row of a page with rows; pointers begin at the row."""
    page = definition.by_key[page_key]
    asked = row_questions(definition, page, row, answers, world)
    return [*_unknown(row, {question.key for question in page.questions}, ""), *_judge(page, asked, row, "", world)]


def _step(step: Step, answers: Mapping[str, Any], world: World) -> list[Fault]:
    page = step.page
    if page.repeat is None:
        seen = {**answers, **{asked.question.key: asked.value for asked in step.asked}}
        return list(_judge(page, step.asked, seen, "", world))
    key, given = page.repeat.key, answers.get(page.repeat.key)
    if given is not None and not (isinstance(given, list) and all(isinstance(row, Mapping) for row in given)):
        return [Fault(f"/{key}", "wrong-type", sentences.bad_rows(page.title), page.key)]
    if len(step.rows) < page.repeat.least:
        return [Fault(f"/{key}", "too-few", sentences.too_few_rows(page.title, page.repeat.least), page.key)]
    if len(step.rows) > page.repeat.most:
        return [Fault(f"/{key}", "too-many", sentences.too_many_rows(page.title, page.repeat.most), page.key)]
    known = {question.key for question in page.questions}
    found: list[Fault] = []
    for number, (row, asked) in enumerate(zip(given or [], step.rows, strict=True)):
        found += [*_unknown(row, known, f"/{key}/{number}"), *_judge(page, asked, row, f"/{key}/{number}", world)]
    return found


def _judge(page: Page, asked: Iterable[Asked], answers: Mapping[str, Any], base: str, world: World) -> Iterator[Fault]:
    for one in asked:
        question = one.question
        if one.sourced is not None:
            continue
        if one.value is None:
            if not question.optional:
                place = f"{base}/{question.key}"
                yield Fault(place, "missing", sentences.missing(question), page.key, question.key)
        elif wrong := problem(question, one.value, world) or _order(question, one.value, answers):
            yield _fault(page, question, wrong, base)


def _fault(page: Page, question: Question, wrong: Wrong, base: str) -> Fault:
    place = f"{base}/{question.key}{wrong.inside}"
    return Fault(place, wrong.code, sentences.sentence(question, wrong), page.key, question.key)


def _order(question: Question, value: str, answers: Mapping[str, Any]) -> Wrong | None:
    """A day that must not lie before another answer: nobody dies before being born."""
    if question.kind not in {Kind.DAY, Kind.ROUGH_DAY} or not question.earliest[:1].isalpha():
        return None
    other = answers.get(question.earliest)
    mine, theirs = first_and_last(value), first_and_last(str(other)) if _is_rough_day(other) else None
    return Wrong("too-early", theirs[0]) if mine and theirs and mine[1] < theirs[0] else None


def _is_rough_day(value: Any) -> bool:
    return isinstance(value, str) and value.replace("-", "").isdecimal() and value.isascii() and value.count("-") <= 2


def _unknown(answers: Mapping[str, Any], known: set[str], base: str) -> Iterator[Fault]:
    for key in answers:
        if key not in known:
            place = str(key).replace("~", "~0").replace("/", "~1")[:60]
            yield Fault(f"{base}/{place}", "unknown", sentences.unknown(str(key)))


def _hidden(
    page: Page, answers: Mapping[str, Any], world: World, step: Step | None, *, on_the_way: bool
) -> Iterator[Fault]:
    """What doesn't apply now may stay, as it was typed, but never without limits."""
    if page.repeat:
        given = answers.get(page.repeat.key)
        if not on_the_way and given is not None and not (isinstance(given, list) and len(given) <= page.repeat.most):
            yield Fault(
                f"/{page.repeat.key}", "too-many", sentences.too_many_rows(page.title, page.repeat.most), page.key
            )
        return
    shown = {asked.question.key for asked in step.asked} if step else set()
    for question in page.questions:
        value = answers.get(question.key)
        if question.key not in shown and value is not None and (wrong := problem(question, value, world)):
            yield _fault(page, question, wrong, "")
