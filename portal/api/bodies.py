"""Bodies of requests, declared once: the same declaration reads the JSON, and describes it in openapi.json.

Strict: a field that isn't declared is refused, and so is a number sent as text. All faults are named at once, each by
its JSON pointer.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from portal.api.problems import Fault, Kind, Problem

Words = str | Promise
FAULTS_LIMIT = 100  # of one answer; who has more has a program to mend
NAME_LIMIT = 60  # characters of an unknown name that are repeated
NUMBERS = 2**53 - 1  # whole numbers that every JSON reader keeps exactly
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_LINE = re.compile(r"[\x00-\x1f\x7f]")
_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # tab and line breaks are welcome


class Reading:
    """The faults found so far."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, pointer: str, code: str, sentence: str) -> None:
        if len(self.faults) < FAULTS_LIMIT:
            self.faults.append(Fault(pointer, code, sentence, where="body"))


Reader = Callable[[Any, str, Reading], Any]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One member of a JSON object. `schema` describes it, `read` takes (value, pointer, reading)."""

    name: str
    description: Words
    schema: Mapping[str, Any]
    read: Reader
    example: Any
    required: bool = True
    nullable: bool = False
    default: Any = None

    def described(self) -> dict[str, Any]:
        described = dict(self.schema) | {"description": self.description}
        if self.nullable:
            kind = described["type"]
            described["type"] = [*([kind] if isinstance(kind, str) else kind), "null"]
            if "enum" in described:
                described["enum"] = [*described["enum"], None]
        return described


class Body:
    """A JSON object. `name` is how the description calls its shape: "Receipt" becomes ReceiptRequest."""

    def __init__(self, name: str, *fields: Field) -> None:
        self.name = name
        self.fields = {field.name: field for field in fields}

    def read(self, data: Any) -> dict[str, Any]:
        """The values by name, defaults filled in. Raises one problem that names every fault at once."""
        reading = Reading()
        values = read_object(self.fields, data, "", reading)
        if reading.faults:
            raise Problem(Kind.BODY, errors=reading.faults)
        return values

    def described(self) -> dict[str, Any]:
        return object_schema(self.fields)

    @property
    def example(self) -> dict[str, Any]:
        return {name: field.example for name, field in self.fields.items()}

    def optional(self, name: str) -> "Body":
        """The same fields, none of them needed, for PATCH; `read` gives those that were sent."""
        return _Partial(name, *(replace(field, required=False) for field in self.fields.values()))


class _Partial(Body):
    def read(self, data: Any) -> dict[str, Any]:
        values = super().read(data)
        return {name: value for name, value in values.items() if name in data}


EMPTY = Body("Nothing")


def pointer_to(pointer: str, name: str) -> str:
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


def object_schema(fields: Mapping[str, Field]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: field.described() for name, field in fields.items()},
        "additionalProperties": False,
    }
    if needed := [name for name, field in fields.items() if field.required]:
        schema["required"] = needed
    return schema


def read_object(fields: Mapping[str, Field], data: Any, pointer: str, reading: Reading) -> dict[str, Any]:
    if not isinstance(data, dict):
        reading.wrong(pointer, "not-an-object", gettext("Send a JSON object here."))
        return {}
    for name in data:
        if name not in fields:
            known = ", ".join(fields) or "–"
            shown = _LINE.sub("", str(name))[:NAME_LIMIT]
            sentence = gettext("There is no such field here. Known: %(names)s.") % {"names": known}
            reading.wrong(pointer_to(pointer, shown), "unknown", sentence)
    return {name: _read_member(field, data, pointer_to(pointer, name), reading) for name, field in fields.items()}


def _read_member(field: Field, data: Mapping[str, Any], pointer: str, reading: Reading) -> Any:
    if field.name not in data:
        if field.required:
            reading.wrong(pointer, "required", gettext("This field is needed."))
        return field.default
    value = data[field.name]
    if value is None:
        if not field.nullable:
            reading.wrong(pointer, "null", gettext("This field cannot be null. Leave it out, or give it a value."))
        return None
    return field.read(value, pointer, reading)


def text(
    name: str,
    description: Words,
    *,
    longest: int,
    shortest: int = 1,
    lines: bool = False,
    pattern: str = "",
    hint: Words = "",
    example: str,
    **options: Any,
) -> Field:
    """Characters in NFC without blanks at the ends; `lines` allows line breaks, `hint` says what `pattern` asks for."""
    refused = _LINES if lines else _LINE
    wanted = re.compile(pattern, re.ASCII) if pattern else None

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        if not isinstance(value, str):
            return reading.wrong(pointer, "not-text", gettext("Send text in quotation marks here."))
        if refused.search(value) or any("\ud800" <= letter <= "\udfff" for letter in value):
            return reading.wrong(pointer, "control-character", gettext("Control characters are not allowed."))
        said = unicodedata.normalize("NFC", value).strip()
        if len(said) > longest:
            sentence = gettext("At most %(longest)d characters.") % {"longest": longest}
            return reading.wrong(pointer, "too-long", sentence)
        if len(said) < shortest:
            sentence = gettext("At least %(shortest)d characters that are no blanks.") % {"shortest": shortest}
            return reading.wrong(pointer, "too-short", sentence)
        if wanted and not wanted.fullmatch(said):
            return reading.wrong(pointer, "malformed", str(hint) or gettext("This is not written as it must be."))
        return said

    schema: dict[str, Any] = {"type": "string", "minLength": shortest, "maxLength": longest}
    if pattern:
        schema["pattern"] = f"^(?:{pattern})$"
    return Field(name=name, description=description, schema=schema, read=read, example=example, **options)


def number(
    name: str, description: Words, *, lowest: int = 0, highest: int = NUMBERS, example: int, **options: Any
) -> Field:
    """A whole number. The identity of something is one from 1 on."""

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            bounds = {"lowest": lowest, "highest": highest}
            sentence = gettext("A whole number from %(lowest)d to %(highest)d.") % bounds
            return reading.wrong(pointer, "not-in-range", sentence)
        return value

    schema = {"type": "integer", "format": "int64", "minimum": lowest, "maximum": highest}
    return Field(name=name, description=description, schema=schema, read=read, example=example, **options)


def truth(name: str, description: Words, *, example: bool = True, **options: Any) -> Field:
    def read(value: Any, pointer: str, reading: Reading) -> Any:
        if not isinstance(value, bool):
            return reading.wrong(pointer, "not-a-truth", gettext("Send true or false, without quotation marks."))
        return value

    return Field(name=name, description=description, schema={"type": "boolean"}, read=read, example=example, **options)


def choice(name: str, description: Words, choices: Iterable[str], *, example: str = "", **options: Any) -> Field:
    known = [str(one) for one in choices]

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        if not isinstance(value, str) or value not in known:
            sentence = gettext("Choose one of: %(options)s.") % {"options": ", ".join(known)}
            return reading.wrong(pointer, "not-a-choice", sentence)
        return value

    schema = {"type": "string", "enum": known}
    return Field(name=name, description=description, schema=schema, read=read, example=example or known[0], **options)


def day(name: str, description: Words, *, example: str = "2026-11-22", **options: Any) -> Field:
    """A `date`; its name ends in Date."""

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                sentence = gettext("There is no such day in the calendar.")
                return reading.wrong(pointer, "date-malformed", sentence)
        sentence = gettext("Write the day as YYYY-MM-DD, for example 2026-11-22.")
        return reading.wrong(pointer, "date-malformed", sentence)

    schema = {"type": "string", "format": "date"}
    return Field(name=name, description=description, schema=schema, read=read, example=example, **options)


def moment(name: str, description: Words, *, example: str = "2026-11-22T09:30:00+07:00", **options: Any) -> Field:
    """A `datetime` with its zone; its name ends in At."""

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        sentence = gettext("Write the moment with its zone, for example 2026-11-22T09:30:00+07:00.")
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            return reading.wrong(pointer, "moment-malformed", sentence)
        try:
            return datetime.fromisoformat(value.upper())
        except ValueError:
            return reading.wrong(pointer, "moment-malformed", sentence)

    schema = {"type": "string", "format": "date-time"}
    return Field(name=name, description=description, schema=schema, read=read, example=example, **options)


def group(name: str, description: Words, *fields: Field, **options: Any) -> Field:
    """An object inside the body; its value is a dictionary."""
    members = {field.name: field for field in fields}

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        return read_object(members, value, pointer, reading)

    example = {field.name: field.example for field in fields}
    return Field(
        name=name, description=description, schema=object_schema(members), read=read, example=example, **options
    )


def several(name: str, description: Words, each: Field, *, most: int, least: int = 0, **options: Any) -> Field:
    """A list of what `each` describes; the name of `each` is never seen."""

    def read(value: Any, pointer: str, reading: Reading) -> Any:
        if not isinstance(value, list):
            return reading.wrong(pointer, "not-a-list", gettext("Send a list in square brackets here."))
        if not least <= len(value) <= most:
            sentence = gettext("From %(least)d to %(most)d entries.") % {"least": least, "most": most}
            return reading.wrong(pointer, "wrong-count", sentence)
        return [each.read(item, f"{pointer}/{place}", reading) for place, item in enumerate(value)]

    schema = {"type": "array", "items": each.described(), "minItems": least, "maxItems": most}
    return Field(name=name, description=description, schema=schema, read=read, example=[each.example], **options)


def free(
    name: str, description: Words, *, check: Reader, schema: Mapping[str, Any], example: Any, **options: Any
) -> Field:
    """What another rule reads: `check(value, pointer, reading)` returns the value and tells `reading` the faults.

    For answers to a form that is data: its JSON Schema decides, and says the same on pages.
    """
    return Field(name=name, description=description, schema=schema, read=check, example=example, **options)
