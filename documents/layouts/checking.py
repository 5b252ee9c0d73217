"""Data are whole or are refused: a missing value is an error, never a blank or an invented word on paper."""

import datetime
import json
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry, Resource

from documents.layouts.catalogue import DATA, Layout
from documents.layouts.errors import LayoutDataError
from documents.pdf import faces


def _is_day(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


def _is_moment(value: object) -> bool:
    """With its zone: an hour without one is a guess."""
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value).tzinfo is not None


FORMATS = FormatChecker(formats=())
FORMATS.checkers.update({"day": (_is_day, ValueError), "moment": (_is_moment, ValueError)})


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON would carry it: days and moments in ISO 8601, every text in NFC, keys in order."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=_iso)
    found: dict[str, Any] = json.loads(unicodedata.normalize("NFC", text))
    return found


def _iso(value: object) -> str:
    if isinstance(value, datetime.date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place on paper")


def check(layout: Layout, data: dict[str, Any]) -> None:
    """Raises LayoutDataError naming every place that is missing, unknown, too long, or that the face can't draw."""
    problems = [f"{error.json_path}: {_why(error)}" for error in _validator(layout.schema).iter_errors(data)]
    for path, text in _texts(data, "$"):
        if lost := faces.undrawable(text):
            problems.append(f"{path}: no letter for " + " ".join(f"U+{ord(sign):04X}" for sign in lost))
    if problems:
        raise LayoutDataError(layout.code, tuple(sorted(problems)))


def _why(error: ValidationError) -> str:
    """Without the value, which may be somebody's name: errors travel to logs."""
    names_only = {"required", "additionalProperties"}
    return error.message if error.validator in names_only else f"breaks the rule “{error.validator}”"


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, f"{path}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, f"{path}[{number}]")


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def _validator(name: str) -> Draft202012Validator:
    common = Resource.from_contents(schema("common"))
    registry: Registry[Any] = Registry().with_resource("common.json", common)
    return Draft202012Validator(schema(name), registry=registry, format_checker=FORMATS)
