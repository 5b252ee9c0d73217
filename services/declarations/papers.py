"""The generic form asks for the papers of the procedure at hand: a section made from its components."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.declarations.definition import REFERENCE

Json = dict[str, Any]
ON_A_PAGE = 4


def with_papers(generic: Mapping[str, Any], parts: Mapping[str, Any], types: Mapping[str, Any]) -> Json:
    """`generic` with one question per paper that is handed in. What is only shown at the desk, and the paper that this
    form stands for, is not asked for."""
    told = generic["papers"]
    form = {key: part for key, part in generic.items() if key != "papers"}
    declared = {declared["component"] for declared in parts["forms"]}
    asked = [one for one in parts["components"] if not one["present"] and one["key"] not in declared]
    asked = [one for one in asked if one["originals"] or one["copies"]]
    if not asked:
        return form
    alternatives = {one["alternative_to"] for one in parts["components"] if "alternative_to" in one}
    questions = [_question(one, alternatives, told) for one in asked]
    properties = {question["key"]: {"$ref": f"{REFERENCE}files"} for question in questions}
    schema = {
        **form["schema"],
        "properties": {**form["schema"]["properties"], **properties},
        "$defs": {**form["schema"]["$defs"], "files": types["files"]},
    }
    section = {"key": "papers", "title": told["section"], "pages": list(_pages(questions, told["page"]))}
    ui = {**form["ui"], "sections": [*form["ui"]["sections"], section]}
    return {**form, "schema": schema, "ui": ui}


def _question(component: Mapping[str, Any], alternatives: set[str], told: Mapping[str, Any]) -> Json:
    name_vi, name_en = component["name_vi"][:100], component["name_en"][:100]
    optional = not component["required"] or component["key"] in alternatives
    question: Json = {
        "key": f"paper_{component['key']}",
        "component": component["key"],
        "label": {"vi": name_vi, "en": name_en},
        "optional": optional,
    }
    if condition := component["condition_vi"][:300]:
        question["hint"] = {"vi": condition, "en": condition}
    if not optional:
        names = {"vi": name_vi, "en": name_en}
        question["missing"] = {
            language: told["missing"][language].replace("{name}", names[language]) for language in names
        }
    if component.get("replaceable_by"):
        question["show_if"] = {"not": {"proven": component["key"]}}
    return question


def _pages(questions: Sequence[Json], title: Mapping[str, str]) -> Iterator[Json]:
    for number, start in enumerate(range(0, len(questions), ON_A_PAGE), 1):
        several = f" ({number})" if len(questions) > ON_A_PAGE else ""
        yield {
            "key": f"papers_{number}",
            "title": {language: f"{text}{several}" for language, text in title.items()},
            "questions": list(questions[start : start + ON_A_PAGE]),
        }
