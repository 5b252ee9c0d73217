"""Query parameters, declared once: the same declaration reads the request, and describes it in openapi.json.

A parameter that isn't declared is refused, and so is one given twice: a misspelt filter must never widen a list unseen.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.api.problems import Fault, parameter_problem

Words = str | Promise
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
# Control characters: PostgreSQL refuses NUL, and no name holds any of the others.
_PRINTABLE = r"^[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f][^\u0000-\u001f\u007f]*$"  # and something to read
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class WrongError(ValueError):
    """The value can't be used; `code` is stable, the sentence is for people."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    name: str
    description: Words
    schema: Mapping[str, Any]
    read: Callable[[str], Any] = str
    default: Any = None  # a value, or a callable that gives it
    required: bool = False
    example: Any = None
    # Links to further pages repeat the default that was used (a day): midnight between two pages changes nothing.
    pinned: bool = False
    # Part of what a cursor continues; page size and the cursor itself are not.
    selects: bool = field(default=True)

    def absent(self) -> Any:
        return self.default() if callable(self.default) else self.default


def read_all(query: QueryDict, declared: Iterable[Parameter]) -> dict[str, Any]:
    """The values by name. Raises one problem that names every fault at once."""
    known = {parameter.name: parameter for parameter in declared}
    faults = [_unknown(name, known) for name in query if name not in known]
    values: dict[str, Any] = {}
    for name, parameter in known.items():
        given = query.getlist(name)
        if len(given) > 1:
            faults.append(Fault(name, "repeated", gettext("Give this parameter once.")))
        elif not given:
            if parameter.required:
                faults.append(Fault(name, "required", gettext("This parameter is needed.")))
            values[name] = parameter.absent()
        else:
            try:
                values[name] = parameter.read(given[0])
            except WrongError as wrong:
                faults.append(Fault(name, wrong.code, str(wrong)))
    if faults:
        raise parameter_problem(*faults)
    return values


def _unknown(name: str, known: Mapping[str, Parameter]) -> Fault:
    sentence = gettext("There is no such parameter here. Known: %(names)s.") % {"names": ", ".join(known) or "–"}
    return Fault(_CONTROL.sub("", name)[:60], "unknown", sentence)


def _read_day(first: Callable[[], date] | None, last: date) -> Callable[[str], date]:
    def read(text: str) -> date:
        if not _DAY.fullmatch(text):
            raise WrongError("date-malformed", gettext("Write the day as YYYY-MM-DD, for example 2026-11-22."))
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise WrongError("date-malformed", gettext("There is no such day in the calendar.")) from None
        if first and day < first():
            sentence = gettext("The data begin on %(day)s; nothing is known before.") % {"day": first().isoformat()}
            raise WrongError("date-before-data", sentence)
        if day > last:
            raise WrongError("date-too-far", gettext("The latest day is %(day)s.") % {"day": last.isoformat()})
        return day

    return read


def day(
    name: str,
    description: Words,
    *,
    default: Callable[[], date] | None = None,
    first: Callable[[], date] | None = None,
    last: date = date(9999, 12, 30),
    required: bool = False,
    example: str = "2026-11-22",
) -> Parameter:
    """A day of the calendar, not before `first`, the first day of the data."""
    return Parameter(
        name=name,
        description=description,
        schema={"type": "string", "format": "date", "example": example},
        read=_read_day(first, last),
        default=default,
        required=required,
        example=example,
        pinned=default is not None,
    )


def text(name: str, description: Words, *, longest: int, required: bool = False, example: str = "") -> Parameter:
    """Free text: 1 to `longest` characters after trimming, no control characters."""

    def read(value: str) -> str:
        if len(value) > longest:
            raise WrongError("too-long", gettext("At most %(longest)d characters.") % {"longest": longest})
        if _CONTROL.search(value):
            raise WrongError("control-character", gettext("Control characters are not allowed."))
        if not value.strip():
            raise WrongError("empty", gettext("Write at least one letter or leave the parameter out."))
        return value.strip()

    return Parameter(
        name=name,
        description=description,
        schema={
            "type": "string",
            "minLength": 1,
            "maxLength": longest,
            "pattern": _PRINTABLE,
        },
        read=read,
        required=required,
        example=example,
    )


def choice(name: str, description: Words, choices: Iterable[str]) -> Parameter:
    options = [str(option) for option in choices]

    def read(value: str) -> str:
        if value not in options:
            sentence = gettext("Choose one of: %(options)s.") % {"options": ", ".join(options)}
            raise WrongError("not-a-choice", sentence)
        return value

    return Parameter(name=name, description=description, schema={"type": "string", "enum": options}, read=read)


def number(
    name: str,
    description: Words,
    *,
    lowest: int = 1,
    highest: int = 10**18 - 1,
    default: int | None = None,
    selects: bool = True,
) -> Parameter:
    bounds = {"lowest": lowest, "highest": highest}

    def read(value: str) -> int:
        if not _NUMBER.fullmatch(value) or not lowest <= int(value) <= highest:
            sentence = gettext("A whole number from %(lowest)d to %(highest)d.") % bounds
            raise WrongError("not-in-range", sentence)
        return int(value)

    schema: dict[str, Any] = {"type": "integer", "format": "int64", "minimum": lowest, "maximum": highest}
    if default is not None:
        schema["default"] = default
    return Parameter(name=name, description=description, schema=schema, read=read, default=default, selects=selects)


def code(name: str, description: Words, *, example: str) -> Parameter:
    pattern = re.compile(r"[0-9A-Za-z][0-9A-Za-z.]{0,34}")

    def read(value: str) -> str:
        if not pattern.fullmatch(value):
            raise WrongError("code-malformed", gettext("A code has up to 35 digits, letters and dots."))
        return value

    return Parameter(
        name=name,
        description=description,
        schema={"type": "string", "pattern": f"^{pattern.pattern}$"},
        read=read,
        example=example,
    )


def path_id(name: str, description: Words) -> Parameter:
    """For the description only: the path converter `bigid` reads it."""
    schema = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 10**18 - 1}
    return Parameter(name=name, description=description, schema=schema, required=True, example=1)


def path_uuid(name: str, description: Words) -> Parameter:
    """For the description only: the path converter `uuid` reads it."""
    schema = {"type": "string", "format": "uuid"}
    example = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
    return Parameter(name=name, description=description, schema=schema, required=True, example=example)


LIMIT = number("limit", _("How many entries a page holds."), highest=200, default=50, selects=False)
