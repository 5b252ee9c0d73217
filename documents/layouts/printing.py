"""From a layout and data to a PDF with places for signatures and fields for number and date."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from documents import pdf
from documents.layouts.catalogue import Layout, layout
from documents.layouts.checking import check, plain
from documents.pdf import Composed

PERSON, ORGAN = "KyNguoi", "KyCoQuan"
MILLIMETRE = 72 / 25.4  # in points


@dataclass(frozen=True)
class Box:
    """Where a signature is drawn: page counted from 0, points from the page's lower left corner."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Printed:
    """`boxes`: by name of the signature; `fields`: names of what is filled in after the signature, in reading order."""

    pdf: bytes
    boxes: dict[str, Box]
    fields: tuple[str, ...]
    layout: str
    version: int
    pages: int


def render(code: str, data: Mapping[str, Any], *, on: datetime.date, draft: bool = False) -> Printed:
    """The layout `code` as it holds on that day, filled with `data`; the same bytes for the same arguments. A
    `draft` says on every page that it is one, and is never signed.

    Raises UnknownLayoutError, or LayoutDataError naming every missing or impossible value.
    """
    chosen = layout(code, on)
    known = plain(data)
    check(chosen, known)
    content = {"layout": chosen.code, "version": chosen.version, "on": on.isoformat(), "data": known}
    composed = pdf.compose(
        render_to_string(chosen.template_name, {**known, "layout": chosen, "on": on, "draft": draft}),
        styles=chosen.styles,
        data=json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        made_on=on,
        fillable=bool(chosen.fields),
    )
    return Printed(
        pdf=composed.pdf,
        boxes=_boxes(chosen, composed),
        fields=composed.fields,
        layout=chosen.code,
        version=chosen.version,
        pages=composed.pages,
    )


def _boxes(chosen: Layout, composed: Composed) -> dict[str, Box]:
    found = {}
    for name in chosen.places:
        if place := composed.places.get(name):
            found[name] = Box(place.page, place.x1, place.y1, place.x2, place.y2)
        elif name == ORGAN:
            found[name] = _seal(found[PERSON], chosen.seal_mm * MILLIMETRE)
    return found


def _seal(person: Box, size: float) -> Box:
    """Over the left third of the person's signature, in its real size (NĐ 30/2020 PL I)."""
    right, middle = person.x1 + (person.x2 - person.x1) / 3, (person.y1 + person.y2) / 2
    return Box(person.page, right - size, middle - size / 2, right, middle + size / 2)
