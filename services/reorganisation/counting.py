"""How many rows there are of each kind, counted by the database."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet


def grouped(rows: QuerySet[Any], *fields: str) -> Iterable[tuple[Any, ...]]:
    """Tuples of the fields and the number of rows that share them, in the order of the fields."""
    counted: QuerySet[Any, Any] = rows.order_by().values(*fields).annotate(number=Count("pk"))
    found: Iterable[tuple[Any, ...]] = counted.order_by(*fields).values_list(*fields, "number")
    return found
