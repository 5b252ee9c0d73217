"""Several lists of the ORM in one statement: each as an array of JSON, made into models again.

One dossier has a dozen kinds of rows, and a page shows most of them. Each list keeps its own order and limit, and
row-level security judges each table as it does anywhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BinaryField, Field, Model, QuerySet

if TYPE_CHECKING:
    AnyField = Field[Any, Any]
ARRAY = "array(select to_jsonb(one) from ({}) one)"
ALL = "select jsonb_build_array({})"
BYTEA = "\\x"  # before the hexadecimal digits, as PostgreSQL writes bytes into JSON


def together(**asked: QuerySet[Any]) -> dict[str, list[Any]]:
    """By the same names, what each query finds. Nothing is joined along; `.only()` and `.defer()` hold."""
    arrays: list[str] = []
    values: list[Any] = []
    for rows in asked.values():
        statement, params = rows.query.sql_with_params()
        arrays.append(ARRAY.format(statement))
        values += params
    with connection.cursor() as cursor:
        cursor.execute(ALL.format(", ".join(arrays)), values)
        found = json.loads(cursor.fetchone()[0])
    return {name: _models(rows, found[place]) for place, (name, rows) in enumerate(asked.items())}


def _models(rows: QuerySet[Any], found: list[dict[str, Any]]) -> list[Model]:
    if not found:
        return []
    known = cast("list[AnyField]", list(rows.model._meta.concrete_fields))
    fields = {str(field.column): field for field in known if field.column in found[0]}
    names = [field.attname for field in fields.values()]
    return [
        rows.model.from_db(rows.db, names, [_value(field, row[column]) for column, field in fields.items()])
        for row in found
    ]


def _value(field: AnyField, said: Any) -> Any:
    """What the driver would have brought; JSON knows neither moments nor bytes nor ids."""
    if isinstance(field, BinaryField) and said is not None:
        return bytes.fromhex(said.removeprefix(BYTEA))
    if isinstance(field, ArrayField) and said is not None:
        return [field.base_field.to_python(one) for one in said]
    return field.to_python(said)
