"""Which lists can be taken away as files, and where. Apps fill it when they start; the frame of a page asks."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

Rows = Callable[[HttpRequest], QuerySet[Any]]
_keys: dict[str, tuple[str, str]] = {}
_rows: dict[str, Rows] = {}


def provide(page: str, rows: Rows) -> None:
    """What the page of an app lists, for a floor above that describes it as a file."""
    _rows[page] = rows


def rows_of(page: str) -> Rows:
    """Looked for when it is asked: apps start in any order."""

    def rows(request: HttpRequest) -> QuerySet[Any]:
        return _rows[page](request)

    return rows


def register(page: str, address: str, key: str) -> None:
    """`page` and `address` are names of addresses; `address` takes the key, and the query of the page as it stands."""
    _keys[page] = (address, key)


def address_of(request: HttpRequest) -> str:
    """Where the list of this page becomes a file; empty for a page that is no such list."""
    match = request.resolver_match
    found = _keys.get(match.view_name) if match else None
    if found is None:
        return ""
    said = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    query = f"?{urlencode(said)}" if said else ""
    return reverse(found[0], args=[found[1]]) + query
