"""Small forms and an invented country for tests of the engine."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.declarations import Definition, Known, World, read
from services.declarations.definition import embed

TODAY = date(2026, 11, 24)
TYPES: dict[str, Any] = {
    "line": {"type": "string", "minLength": 1, "maxLength": 200},
    "name": {"type": "string", "minLength": 2, "maxLength": 100},
    "day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "rough_day": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "count": {"type": "integer", "minimum": 0, "maximum": 1000},
    "unit": {"type": "object", "additionalProperties": False, "required": ["unit"]},
}


class Country:
    """Commune 1 lives, commune 2 has ended, and there are no others."""

    def name(self, unit_id: int) -> str | None:
        return {1: "Xã Mới, Tỉnh An", 2: "Xã Cũ, Tỉnh An"}.get(unit_id)

    def lives(self, unit_id: int) -> bool:
        return unit_id == 1


def world(known: Known | None = None) -> World:
    return World(TODAY, Country(), known or Known())


def ref(name: str, **narrower: Any) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}", **narrower}


def asked(key: str, **options: Any) -> dict[str, Any]:
    told = {"label": {"vi": f"Câu {key}", "en": f"Question {key}"}, "missing": {"vi": "Trả lời.", "en": "Answer."}}
    return {"key": key, **told, **options}


def page(key: str, *questions: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    return {"key": key, "title": {"vi": f"Trang {key}", "en": f"Page {key}"}, "questions": list(questions), **options}


def source(properties: Mapping[str, Any], *pages: Mapping[str, Any]) -> dict[str, Any]:
    ui = {"sections": [{"key": "one", "title": {"vi": "Phần", "en": "Part"}, "pages": list(pages)}]}
    schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    return embed({"code": "t", "title": {"vi": "Tờ khai", "en": "Form"}, "schema": schema, "ui": ui}, TYPES)


def form(properties: Mapping[str, Any], *pages: Mapping[str, Any]) -> Definition:
    return read(source(properties, *pages))
