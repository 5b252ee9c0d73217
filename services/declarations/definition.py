"""A form as data becomes a `Definition`. Reading is strict: what cannot be read cannot be published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from services.declarations.conditions import BadCondition, Condition, checked
from services.declarations.words import NO_WORDS, Words, words

Json = Mapping[str, Any]
REFERENCE = "#/$defs/"
ANSWER = "answer."


class BadForm(ValueError):
    """The file is no form; the message names the place."""


class Kind(StrEnum):
    LINE = "line"
    PARAGRAPH = "paragraph"
    NAME = "name"
    DAY = "day"
    ROUGH_DAY = "rough_day"  # a year, or month and year, are enough: old papers know no more
    TIME = "time"
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"
    EMAIL = "email"
    COUNT = "count"
    MONEY = "money"
    UNIT = "unit"
    ADDRESS = "address"
    FILES = "files"
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Prefill:
    """Where the answer comes from without asking, and when."""

    source: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`rule`: its JSON Schema with references resolved. `missing`: what is said when nothing was answered."""

    key: str
    kind: Kind
    rule: Json
    label: Words
    hint: Words = NO_WORDS
    missing: Words = NO_WORDS
    optional: bool = False
    show_if: Condition | None = None
    prefill: tuple[Prefill, ...] = ()
    choices: tuple[tuple[str, Words], ...] = ()
    component: str = ""  # files: which component of the procedure they are
    earliest: str = ""  # days: an ISO day, "today", or the key of another question
    latest: str = ""
    former: bool = False  # units that ended may be answered: where somebody was born long ago
    width: int | None = None
    autocomplete: str = ""
    meaning: int = 1  # counted up when the same key begins to mean something else


@dataclass(frozen=True, slots=True)
class Repeat:
    """A page whose questions are answered once per row, from `least` to `most` times."""

    key: str
    item: Words
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Page:
    key: str
    title: Words
    section: str
    questions: tuple[Question, ...]
    intro: Words = NO_WORDS
    show_if: Condition | None = None
    repeat: Repeat | None = None


@dataclass(frozen=True)
class Definition:
    code: str
    title: Words
    schema: Json
    sections: tuple[tuple[str, Words], ...]
    pages: tuple[Page, ...]
    declaration: Words = field(default_factory=Words)  # what the filer vouches for at the end

    @cached_property
    def by_key(self) -> Mapping[str, Page]:
        return {page.key: page for page in self.pages}

    @cached_property
    def plain(self) -> Mapping[str, Question]:
        """The questions outside of rows."""
        return {question.key: question for page in self.pages if not page.repeat for question in page.questions}

    @cached_property
    def repeated(self) -> Mapping[str, Page]:
        """Pages with rows, by the key of their rows."""
        return {page.repeat.key: page for page in self.pages if page.repeat}

    def everything(self) -> Iterator[tuple[Page, Question]]:
        for page in self.pages:
            for question in page.questions:
                yield page, question


def embed(source: Json, types: Json) -> dict[str, Any]:
    """The form with the shared types that it uses inside, so that it says the same for ever."""
    used = sorted({found for found in _references(source) if found in types})
    return {**source, "schema": {**source["schema"], "$defs": {name: types[name] for name in used}}}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key == "$ref" and isinstance(part, str):
                yield part.removeprefix(REFERENCE)
            else:
                yield from _references(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _references(part)


class Source(dict[str, Any]):
    """A form as it is kept, read once however often it is asked for. Nobody writes into it."""

    @cached_property
    def definition(self) -> Definition:
        return _tried(self)


def read(source: Json) -> Definition:
    """Raises BadForm for whatever isn't a form."""
    return source.definition if isinstance(source, Source) else _tried(source)


def _tried(source: Json) -> Definition:
    try:
        return _read(source)
    except BadForm:
        raise
    except (BadCondition, KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadForm(f"{source.get('code', '?')}: {type(error).__name__} {error}") from error


def _read(source: Json) -> Definition:
    schema, ui = source["schema"], source["ui"]
    types = schema.get("$defs", {})
    pages = [
        _page(page, section["key"], schema["properties"], types)
        for section in ui["sections"]
        for page in section["pages"]
    ]
    return Definition(
        code=source["code"],
        title=words(source["title"]),
        schema=schema,
        sections=tuple((section["key"], words(section["title"])) for section in ui["sections"]),
        pages=tuple(pages),
        declaration=words(ui.get("declaration")),
    )


def _page(source: Json, section: str, properties: Json, types: Json) -> Page:
    repeat = _repeat(source["repeat"], properties) if "repeat" in source else None
    rules = properties[repeat.key]["items"]["properties"] if repeat else properties
    return Page(
        key=source["key"],
        title=words(source["title"]),
        section=section,
        questions=tuple(_question(question, rules[question["key"]], types) for question in source["questions"]),
        intro=words(source.get("intro")),
        show_if=checked(source.get("show_if")),
        repeat=repeat,
    )


def _repeat(source: Json, properties: Json) -> Repeat:
    rows = properties[source["key"]]
    return Repeat(source["key"], words(source["item"]), source.get("least", 0), rows["maxItems"])


OPTIONS = {"component", "earliest", "latest", "former", "width", "autocomplete", "meaning", "optional"}
TOLD = {"key", "label", "hint", "missing", "show_if", "prefill", "choices"}


def _question(source: Json, rule: Json, types: Json) -> Question:
    if unknown := set(source) - OPTIONS - TOLD:
        raise BadForm(f"{source['key']}: nothing knows what {sorted(unknown)} means")
    kind, resolved = _kind(rule, types)
    told = source.get("choices", {})
    values = resolved.get("enum") or resolved.get("items", {}).get("enum") or []
    return Question(
        key=source["key"],
        kind=kind,
        rule=resolved,
        label=words(source["label"]),
        hint=words(source.get("hint")),
        missing=words(source.get("missing")),
        show_if=checked(source.get("show_if")),
        prefill=tuple(_prefills(source.get("prefill"))),
        choices=tuple((value, words(told.get(value)) or Words(value, value)) for value in values),
        **{name: source[name] for name in OPTIONS & set(source)},
    )


def _prefills(source: Any) -> Iterator[Prefill]:
    for one in [source] if isinstance(source, str) else source or ():
        yield Prefill(one) if isinstance(one, str) else Prefill(one["from"], checked(one.get("if")))


def _kind(rule: Json, types: Json) -> tuple[Kind, Json]:
    """By the name of the shared type, else by the shape. What stands beside a reference narrows it."""
    if "$ref" in rule:
        name = rule["$ref"].removeprefix(REFERENCE)
        resolved = {**types[name], **{key: part for key, part in rule.items() if key != "$ref"}}
        return (Kind.CHOICE if "enum" in resolved else Kind(name)), resolved
    if "enum" in rule:
        return Kind.CHOICE, rule
    if rule.get("type") == "boolean":
        return Kind.YES_NO, rule
    if rule.get("type") == "array" and "enum" in rule.get("items", {}):
        return Kind.SEVERAL, rule
    raise BadForm(f"no kind of question has this shape: {str(dict(rule))[:80]}")
