"""Which pages and questions apply to these answers, in order, and what each is answered with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.declarations.conditions import holds
from services.declarations.definition import ANSWER, Definition, Page, Question
from services.declarations.values import problem
from services.declarations.world import Known, Sourced, World


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that applies. `sourced` is set when a register answers it, and then nobody is asked."""

    question: Question
    value: Any = None
    sourced: Sourced | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A page that applies: its questions, or for a page with rows the questions of each row."""

    page: Page
    asked: tuple[Asked, ...] = ()
    rows: tuple[tuple[Asked, ...], ...] = ()

    @property
    def to_ask(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.asked if asked.sourced is None)


@dataclass(frozen=True, slots=True)
class Walk:
    steps: tuple[Step, ...]
    seen: Mapping[str, Any]  # answers that count: of questions that apply, those of registers among them

    def step(self, page_key: str) -> Step | None:
        return next((step for step in self.steps if step.page.key == page_key), None)


def rows_of(answers: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """Whatever was sent: only a list of objects has rows."""
    found = answers.get(key)
    return [row if isinstance(row, Mapping) else {} for row in found] if isinstance(found, list) else []


def walk(definition: Definition, answers: Mapping[str, Any], world: World) -> Walk:
    """Conditions look back only, so one way through the pages decides everything. Answers of hidden questions count as
    not given."""
    seen: dict[str, Any] = {}
    steps = []
    for page in definition.pages:
        if not holds(page.show_if, seen, world.known.proven):
            continue
        if page.repeat:
            rows = rows_of(answers, page.repeat.key)
            told = tuple(_questions(page, row, dict(seen), world) for row in rows)
            if rows:
                seen[page.repeat.key] = [
                    {one.question.key: one.value for one in row if one.value is not None} for row in told
                ]
            steps.append(Step(page, rows=told))
        elif asked := _questions(page, answers, seen, world):
            steps.append(Step(page, asked))
    return Walk(tuple(steps), seen)


def row_questions(
    definition: Definition, page: Page, row: Mapping[str, Any], answers: Mapping[str, Any], world: World
) -> tuple[Asked, ...]:
    """The questions of one row, also of one that isn't there yet."""
    return _questions(page, row, dict(walk(definition, answers, world).seen), world)


def _questions(page: Page, answers: Mapping[str, Any], seen: dict[str, Any], world: World) -> tuple[Asked, ...]:
    """Adds to `seen` as it goes: a question may depend on one before it on the same page."""
    found = []
    for question in page.questions:
        if not holds(question.show_if, seen, world.known.proven):
            continue
        sourced = _sourced(question, seen, world.known, world)
        value = sourced.value if sourced else answers.get(question.key)
        if value is not None:
            seen[question.key] = value
        found.append(Asked(question, value, sourced))
    return tuple(found)


def _said_before(source: str, seen: Mapping[str, Any]) -> Sourced | None:
    """`answer.<key>`: what the person said on an earlier page is not asked twice (WCAG 3.3.7)."""
    key = source.removeprefix(ANSWER)
    return Sourced(seen[key], "answer") if source.startswith(ANSWER) and key in seen else None


def _sourced(question: Question, seen: Mapping[str, Any], known: Known, world: World) -> Sourced | None:
    """What a register says, unless the form could not take it: then the person is asked."""
    for prefill in question.prefill:
        found = _said_before(prefill.source, seen) or known.values.get(prefill.source)
        if found and holds(prefill.when, seen, known.proven) and problem(question, found.value, world) is None:
            return found
    return None
