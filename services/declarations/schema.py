"""The JSON Schema 2020-12 that clients read: the form's own, with what is required when.

What the engine takes, the schema takes too. The engine knows more: registers, units, and days that must follow others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from services.declarations.conditions import Condition
from services.declarations.definition import Definition, Question

Json = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published_schema(definition: Definition) -> Json:
    rules = list(_rules(definition))
    always = [key for key, condition in rules if not condition]
    dependent = [{"if": condition, "then": {"required": [key]}} for key, condition in rules if condition]
    schema: Json = {
        "$schema": DIALECT,
        **definition.schema,
        "title": definition.title.vi,
        "type": "object",
        "additionalProperties": False,
    }
    if always:
        schema["required"] = always
    if dependent:
        schema["allOf"] = dependent
    return schema


def _rules(definition: Definition) -> Iterator[tuple[str, Json]]:
    """Required keys, each with the schema of when; the empty schema is always. Those that a register may answer, and
    those whose condition only the engine can judge, are required of nobody here."""
    visible: dict[str, Json | None] = {}
    for page in definition.pages:
        on_page = _translated(page.show_if, visible)
        if page.repeat:
            visible[page.repeat.key] = on_page
            if page.repeat.least and on_page is not None:
                yield page.repeat.key, on_page
            continue
        for question in page.questions:
            own = _translated(question.show_if, visible)
            shown = None if on_page is None or own is None else _all([on_page, own])
            visible[question.key] = None if question.prefill else shown
            if shown is not None and not _may_stay_open(question):
                yield question.key, shown


def _may_stay_open(question: Question) -> bool:
    return question.optional or bool(question.prefill)


def _all(parts: list[Json]) -> Json:
    told = [part for part in parts if part]
    return told[0] if len(told) == 1 else {"allOf": told} if told else {}


def _translated(condition: Condition | None, visible: Mapping[str, Json | None]) -> Json | None:
    """As a schema; None for what a schema cannot judge."""
    if condition is None:
        return {}
    for key, word in (("all", "allOf"), ("any", "anyOf")):
        if key in condition:
            parts = [_translated(part, visible) for part in condition[key]]
            return None if any(part is None for part in parts) else {word: parts}
    if "not" in condition:
        inner = _translated(condition["not"], visible)
        return None if inner is None else {"not": inner}
    key = str(condition.get("question", ""))
    if visible.get(key) is None:
        return None
    return _all([visible[key] or {}, {"required": [key], "properties": {key: _compared(condition)}}])


def _compared(condition: Condition) -> Json:
    if "is" in condition:
        return {"const": condition["is"]}
    if "in" in condition:
        return {"enum": condition["in"]}
    if "has" in condition:
        return {"contains": {"const": condition["has"]}, "type": "array"}
    return {"not": {"const": None}}
