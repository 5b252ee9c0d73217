"""What keeps a form from being published: whatever a reader, a keyboard or a screen reader would stumble over."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from services.declarations.conditions import Condition, components, questions, same
from services.declarations.definition import ANSWER, BadForm, Definition, Kind, Page, Question, read
from services.declarations.schema import published_schema
from services.declarations.words import Words

LABEL, HINT, TITLE = 120, 300, 80  # characters
QUESTIONS_ON_A_PAGE = 8
# What registers, the account and the birth notice may answer (`Known.values`).
PERSON = (
    "name",
    "birth_day",
    "sex",
    "personal_number",
    "nationality",
    "ethnic_group",
    "residence",
    "hometown",
    "phone",
)
SOURCES = frozenset(
    f"{who}.{what}" for who in ("person", "spouse", "child", "mother", "father", "deceased") for what in PERSON
) | {"notice.day", "notice.place", "notice.number", "marriage.number", "marriage.day", "marriage.registered"}


def faults_of_form(source: Mapping[str, Any], component_keys: Collection[str]) -> list[str]:
    """For the person who writes it; empty when it may be published with a procedure of these components."""
    try:
        definition = read(source)
        Draft202012Validator.check_schema(published_schema(definition))
    except (BadForm, SchemaError) as error:
        return [str(error)[:300]]
    return [
        *_texts(definition),
        *_shape(definition),
        *_order(definition),
        *_references(definition, set(component_keys)),
    ]


def _told(words: Words, place: str, limit: int, *, needed: bool = True) -> Iterator[str]:
    for language, text in (("vi", words.vi), ("en", words.en)):
        if (needed or words) and not text.strip():
            yield f"{place}: no text in {language}"
        if len(text) > limit:
            yield f"{place}: {len(text)} characters in {language}, at most {limit}"


def _texts(definition: Definition) -> Iterator[str]:
    yield from _told(definition.title, "title", TITLE)
    for key, title in definition.sections:
        yield from _told(title, f"section {key}", TITLE)
    for page in definition.pages:
        yield from _told(page.title, f"page {page.key}", TITLE)
        yield from _told(page.intro, f"intro of {page.key}", 500, needed=False)
        if page.repeat:
            yield from _told(page.repeat.item, f"rows of {page.key}", TITLE)
    for page, question in definition.everything():
        place = f"{page.key}/{question.key}"
        yield from _told(question.label, place, LABEL)
        yield from _told(question.hint, f"hint of {place}", HINT, needed=False)
        yield from _told(question.missing, f"missing of {place}", HINT, needed=not question.optional)
        for value, told in question.choices:
            yield from _told(told, f"choice {value} of {place}", LABEL)


def _shape(definition: Definition) -> Iterator[str]:
    used = Counter(question.key for page in definition.pages if not page.repeat for question in page.questions)
    used.update(page.repeat.key for page in definition.pages if page.repeat)
    yield from (f"{key} is asked on {times} pages" for key, times in used.items() if times > 1)
    yield from (
        f"{key} stands in the schema and on no page" for key in definition.schema["properties"] if key not in used
    )
    pages = Counter(page.key for page in definition.pages)
    yield from (f"page {key} is there {times} times" for key, times in pages.items() if times > 1)
    for page in definition.pages:
        if not 1 <= len(page.questions) <= QUESTIONS_ON_A_PAGE:
            yield f"page {page.key}: {len(page.questions)} questions, one thing to a page"
        labels = Counter((question.label.vi, str(question.show_if)) for question in page.questions)
        yield from (
            f"page {page.key}: two questions are called “{told[0]}”" for told, times in labels.items() if times > 1
        )
        if page.repeat and not page.repeat.least <= page.repeat.most <= 100:
            yield f"page {page.key}: rows from {page.repeat.least} to {page.repeat.most}"
    for page, question in definition.everything():
        yield from (f"{page.key}/{question.key}: {fault}" for fault in _limits(question, page))


def _limits(question: Question, page: Page) -> Iterator[str]:
    rule = question.rule
    if rule.get("type") == "string" and "maxLength" not in rule and "pattern" not in rule:
        yield "text without a limit"
    if rule.get("type") == "integer" and not {"minimum", "maximum"} <= set(rule):
        yield "number without limits"
    if question.kind in {Kind.CHOICE, Kind.SEVERAL} and len({told.vi for _, told in question.choices}) < 2:
        yield "fewer than two different choices"
    if question.kind in {Kind.CHOICE, Kind.SEVERAL} and not all(
        isinstance(value, str) for value, _ in question.choices
    ):
        yield "choices must be words"
    if question.kind is Kind.FILES and (not question.component or page.repeat):
        yield "files belong to a component, and to no row"
    if question.component and question.kind is not Kind.FILES:
        yield "only files belong to a component"


def _order(definition: Definition) -> Iterator[str]:
    """Conditions look back, at questions that are there, and compare with answers that can be given."""
    before: dict[str, Question] = {}
    for page in definition.pages:
        yield from _reachable(page.show_if, before, f"page {page.key}")
        own = dict(before)
        for question in page.questions:
            place = f"{page.key}/{question.key}"
            yield from _reachable(question.show_if, own, place)
            for prefill in question.prefill:
                yield from _reachable(prefill.when, own, place)
                key = prefill.source.removeprefix(ANSWER)
                if prefill.source.startswith(ANSWER) and (key not in own or own[key].kind is not question.kind):
                    yield f"{place}: repeats {key}, which is no earlier question of its kind"
            if question.earliest[:1].isalpha() and question.earliest != "today" and question.earliest not in own:
                yield f"{place}: not before {question.earliest}, which is no earlier question"
            own[question.key] = question
        if not page.repeat:
            before = own


def _reachable(condition: Condition | None, before: Mapping[str, Question], place: str) -> Iterator[str]:
    for key, wanted in questions(condition):
        if key not in before:
            yield f"{place}: depends on {key}, which is no earlier question"
        elif wanted is not None and not _can_be(before[key], wanted):
            yield f"{place}: waits for {key} = {wanted}, which nobody can answer"


def _can_be(question: Question, wanted: Any) -> bool:
    if question.kind is Kind.YES_NO:
        return isinstance(wanted, bool)
    return not question.choices or any(same(value, wanted) for value, _words in question.choices)


def _references(definition: Definition, known: set[str]) -> Iterator[str]:
    for page, question in definition.everything():
        place = f"{page.key}/{question.key}"
        if question.component and question.component not in known:
            yield f"{place}: the procedure has no component {question.component}"
        for prefill in question.prefill:
            if prefill.source not in SOURCES and not prefill.source.startswith(ANSWER):
                yield f"{place}: no source is called {prefill.source}"
        for condition in (question.show_if, page.show_if):
            yield from (
                f"{place}: the procedure has no component {key}" for key in components(condition) if key not in known
            )
