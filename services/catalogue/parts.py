"""What a description must hold before it is published: its shape by JSON Schema, and references that lead somewhere."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

DATA = Path(__file__).parents[1] / "data"
FAULTS_SHOWN = 20
Description = Mapping[str, Any]


@cache
def shape() -> Draft202012Validator:
    schema = json.loads((DATA / "procedure.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def faults(description: Description) -> list[str]:
    """What is wrong with a description, for the person who writes it; empty when it may be published."""
    found = [
        f"/{'/'.join(str(part) for part in error.absolute_path)}: {error.message[:200]}"
        for error in shape().iter_errors(description)
    ]
    if not found:  # references are only worth following where the shape is right
        found = [*_wrong_references(description), *_wrong_handling(description)]
    return found[:FAULTS_SHOWN]


def _twice(rows: list[dict[str, Any]], name: str, key: str = "key") -> Iterator[str]:
    for value, times in Counter(row[key] for row in rows).items():
        if times > 1:
            yield f"/{name}: {value} stands there {times} times"


def _wrong_references(description: Description) -> Iterator[str]:
    parts, steps = description["parts"], description["steps"]
    components = {component["key"]: component for component in parts["components"]}
    yield from _twice(parts["components"], "parts/components")
    yield from _twice(parts["channels"], "parts/channels", "channel")
    yield from _twice(parts["limit"]["cases"], "parts/limit/cases")
    yield from _twice(steps, "steps")
    for component in components.values():
        other = component.get("alternative_to")
        if other is None:
            continue
        if other not in components or other == component["key"]:
            yield f"/parts/components: {component['key']} stands in for {other}, which is no other component"
        elif "alternative_to" in components[other]:
            yield f"/parts/components: {component['key']} stands in for {other}, which itself stands in for another"
    for form in parts["forms"]:
        if form["component"] not in components:
            yield f"/parts/forms: there is no component {form['component']}"
    yield from _wrong_steps(steps)


def _wrong_steps(steps: list[dict[str, Any]]) -> Iterator[str]:
    before: set[str] = set()
    for step in steps:
        beside = step.get("parallel_with")
        if beside is not None and beside not in before:
            yield f"/steps: {step['key']} runs beside {beside}, which is no earlier step"
        before.add(step["key"])
    # What runs beside another step uses the same time.
    share = sum(step["share_of_limit"] for step in steps if "parallel_with" not in step)
    if abs(share - 1) > 0.001:
        yield f"/steps: the shares of the limit add up to {share:.3f}, not to 1"


def _wrong_handling(description: Description) -> Iterator[str]:
    handling = description["handling"]
    if handling["online_level"] == "partial" and not handling["online_reason_vi"]:
        yield "/handling: partly online needs its reason in public"  # NĐ 224/2026 Đ.14
    if handling["filing"] == "hand_off" and not handling["deep_link"]:
        yield "/handling: a hand-off needs the address that it leads to"
    if handling["filing"] == "here" and handling["processing_system"] != "local":
        yield "/handling: what another system works on is not filed here"
