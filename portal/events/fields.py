"""PostgreSQL's 64-bit transaction id as a model field."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import BaseExpression

if TYPE_CHECKING:
    Field = models.Field[int, int]
else:
    Field = models.Field  # Django's class takes no type arguments at run time


class TransactionField(Field):
    """`xid8`; psycopg hands it over as text."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: BaseExpression, connection: BaseDatabaseWrapper) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or hasattr(value, "resolve_expression") else str(value)


class CurrentTransaction(models.Func):
    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionField()
