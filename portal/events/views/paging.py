"""Pages by cursor: a list that grows at its beginning keeps its pages."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest

SIZE = 50
BEFORE = "truoc"


def page_before(request: HttpRequest, rows: QuerySet[Any, Model], key: str) -> tuple[list[Any], str]:
    """At most 50 rows whose `key` is below that in the address, newest first; and the next page's address."""
    text = request.GET.get(BEFORE, "")
    if text.isdecimal() and text.isascii() and len(text) <= 18:
        rows = rows.filter(**{f"{key}__lt": int(text)})
    found = list(rows.order_by(f"-{key}")[: SIZE + 1])
    more = found[SIZE:] and "?" + urlencode({BEFORE: getattr(found[SIZE - 1], key)})
    return found[:SIZE], more or ""
