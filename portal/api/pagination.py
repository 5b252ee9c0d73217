"""Pages by keyset: a cursor names the last row seen, so rows that are added or removed never shift a page.

The cursor is signed and remembers the filters it belongs to; changed by hand or taken to another list it is a 400.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.api.parameters import LIMIT, Parameter, WrongError
from portal.api.problems import Fault, parameter_problem

FORWARD, BACKWARD = "after", "before"
_signer = Signer(salt="portal.api.cursor", sep=".")


@dataclass(frozen=True)
class Cursor:
    """A place in a list: go `direction` from the row whose key columns hold `values`."""

    direction: str
    values: tuple[Any, ...]
    selection: str = ""

    def encode(self) -> str:
        return _signer.sign_object([self.direction, list(self.values), self.selection]).replace(":", "~")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Raises WrongError for a cursor that this portal didn't write."""
        try:
            direction, values, selection = _signer.unsign_object(text.replace("~", ":"))
        except (BadSignature, ValueError, TypeError):
            sentence = gettext("This cursor is not one of ours. Start again without it.")
            raise WrongError("cursor-invalid", sentence) from None
        return cls(direction, tuple(values), selection)


def _read_cursor(text: str) -> Cursor:
    if len(text) > 1000:
        raise WrongError("cursor-invalid", gettext("This cursor is not one of ours. Start again without it."))
    return Cursor.decode(text)


CURSOR = Parameter(
    name="cursor",
    description=_("Where the page begins; take it from the links of the page before, never build it."),
    schema={"type": "string", "maxLength": 1000},
    read=_read_cursor,
    selects=False,
)
PAGING = (LIMIT, CURSOR)


def selection_of(path: str, values: Mapping[str, Any], declared: Sequence[Parameter]) -> str:
    """A short digest of the list that the filters choose; a cursor is good for that list only."""
    chosen = {parameter.name: str(values[parameter.name]) for parameter in declared if parameter.selects}
    return hashlib.sha256(json.dumps([path, chosen], sort_keys=True).encode()).hexdigest()[:16]


def check_selection(cursor: Cursor | None, selection: str) -> None:
    if cursor is not None and cursor.selection != selection:
        sentence = gettext("This cursor belongs to another list. Start again without it.")
        raise parameter_problem(Fault("cursor", "cursor-invalid", sentence))


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next: Cursor | None
    prev: Cursor | None


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows strictly beyond `values` in this order: (a, b) > (x, y) spelt out for the ORM; "-a" runs downwards."""
    condition = Q()
    names = [key.removeprefix("-") for key in order]
    for position, name in enumerate(names):
        equal = dict(zip(names[:position], values[:position], strict=True))
        operator = "lt" if order[position].startswith("-") else "gt"
        condition |= Q(**equal, **{f"{name}__{operator}": values[position]})
    return condition


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def page(rows: QuerySet[Any], *, keys: Sequence[str], limit: int, cursor: Cursor | None, selection: str = "") -> Page:
    """One page of `rows` in the order of `keys`, which must be unique together (they end in the id), and never null.

    A key with a minus in front runs downwards.
    """
    backward = cursor is not None and cursor.direction == BACKWARD
    order = [_turned(key) for key in keys] if backward else list(keys)
    if cursor is not None:
        rows = rows.filter(_beyond(order, cursor.values))
    found = list(rows.order_by(*order)[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backward:
        found.reverse()
    has_next, has_prev = (True, more) if backward else (more, cursor is not None)

    def at(row: Model, direction: str) -> Cursor:
        return Cursor(direction, tuple(_value(row, key) for key in keys), selection)

    return Page(
        rows=found,
        next=at(found[-1], FORWARD) if found and has_next else None,
        prev=at(found[0], BACKWARD) if found and has_prev else None,
    )


def _value(row: Any, key: str) -> Any:
    for part in key.removeprefix("-").split("__"):
        row = getattr(row, part)
    if isinstance(row, date):
        return row.isoformat()
    return str(row) if isinstance(row, UUID) else row


def links(
    request: HttpRequest, found: Page, *, values: Mapping[str, Any], declared: Sequence[Parameter]
) -> dict[str, str | None]:
    """Addresses of the neighbouring pages, None where there is none."""
    kept = {
        parameter.name: request.GET.get(parameter.name, values[parameter.name])
        for parameter in declared
        if parameter.name != CURSOR.name
        and (parameter.name in request.GET or (parameter.pinned and values[parameter.name] is not None))
    }

    def address(cursor: Cursor | None) -> str | None:
        if cursor is None:
            return None
        query = urlencode({**kept, CURSOR.name: cursor.encode()})
        return request.build_absolute_uri(f"{request.path}?{query}")

    return {"next": address(found.next), "prev": address(found.prev)}


def link_header(addresses: Mapping[str, str | None]) -> str:
    """RFC 8288."""
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in addresses.items() if address)
