"""Many figures in one statement: each query as an array of JSON, and what is made of its rows.

A page of figures asks a dozen questions, and each would wait for its turn at the database. Row-level security judges
each table as it does anywhere.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

T = TypeVar("T")
Row = dict[str, Any]
ARRAY = "array(select to_jsonb(one) from ({}) one)"
NOTHING = "array[]::jsonb[]"
ALL = "select jsonb_build_array({})"


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """`rows` is a query with `values()`; JSON knows neither days nor ids, so `made` reads them from text."""

    rows: QuerySet[Any]
    made: Callable[[list[Row]], T]


def answers(*asked: Question[Any]) -> list[Any]:
    """In the order of the questions."""
    arrays: list[str] = []
    values: list[Any] = []
    for question in asked:
        try:
            statement, params = question.rows.query.sql_with_params()
        except EmptyResultSet:  # nothing can match, as Django sees
            arrays.append(NOTHING)
            continue
        arrays.append(ARRAY.format(statement))
        values += params
    with connection.cursor() as cursor:
        cursor.execute(ALL.format(", ".join(arrays)), values)
        found = json.loads(cursor.fetchone()[0])
    return [question.made(rows) for question, rows in zip(asked, found, strict=True)]


def answer(question: Question[T]) -> T:
    found: T = answers(question)[0]
    return found
