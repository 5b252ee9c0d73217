"""When a page or a question applies: a small language in JSON.

`{"question": key, "is": value}`, `"in": [values]`, `"has": value` (of several), `"answered": true`;
`{"proven": component}`; and `{"all": […]}`, `{"any": […]}`, `{"not": …}` around them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
TESTS = ("is", "in", "has", "answered")
DEPTH = 6


class BadCondition(ValueError):
    pass


def same(one: Any, other: Any) -> bool:
    """Equal as JSON: true is not 1."""
    return type(one) is type(other) and bool(one == other)


def holds(condition: Condition | None, answers: Mapping[str, Any], proven: frozenset[str]) -> bool:
    if condition is None:
        return True
    if "all" in condition:
        return all(holds(part, answers, proven) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers, proven) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers, proven)
    if "proven" in condition:
        return condition["proven"] in proven
    return _answered(condition, answers.get(condition["question"]))


def _answered(condition: Condition, value: Any) -> bool:
    if value is None:
        return False
    if "is" in condition:
        return same(value, condition["is"])
    if "in" in condition:
        return any(same(value, wanted) for wanted in condition["in"])
    if "has" in condition:
        return isinstance(value, list) and any(same(item, condition["has"]) for item in value)
    return True


def questions(condition: Condition | None) -> Iterator[tuple[str, Any]]:
    """Every question that it asks about, with each value that it compares with; None where it compares with none."""
    for part in _leaves(condition):
        if "question" in part:
            wanted = part.get("in", [part.get("is", part.get("has"))])
            yield from ((part["question"], value) for value in wanted)


def components(condition: Condition | None) -> Iterator[str]:
    yield from (part["proven"] for part in _leaves(condition) if "proven" in part)


def _leaves(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from _leaves(part)
    if "not" in condition:
        yield from _leaves(condition["not"])
    elif "question" in condition or "proven" in condition:
        yield condition


def checked(condition: Any, depth: int = DEPTH) -> Condition | None:
    """The condition, if it is one. Raises BadCondition."""
    if condition is None:
        return None
    if not isinstance(condition, dict) or depth == 0:
        raise BadCondition(f"no condition: {str(condition)[:80]}")
    match sorted(condition):
        case ["all" | "any" as key] if isinstance(condition[key], list) and condition[key]:
            for part in condition[key]:
                checked({} if part is None else part, depth - 1)
        case ["not"]:
            checked(condition["not"] or {}, depth - 1)
        case ["proven"] if isinstance(condition["proven"], str):
            pass
        case [_, _] if isinstance(condition.get("question"), str) and sum(test in condition for test in TESTS) == 1:
            if "in" in condition and not (isinstance(condition["in"], list) and condition["in"]):
                raise BadCondition(f"“in” needs a list: {condition}")
        case _:
            raise BadCondition(f"no condition: {str(condition)[:80]}")
    return condition
