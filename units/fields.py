"""The ltree column: the ids of all ancestors, and of the unit itself, joined by dots."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import PostgresOperatorLookup

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField  # Django's fields cannot be subscripted at run time


class PathField(Text):
    """A path such as `1.34.2817`."""

    def db_type(self, connection: Any) -> str:
        return "ltree"


@PathField.register_lookup
class Under(PostgresOperatorLookup):
    """The path itself or anything below it."""

    lookup_name = "under"
    postgres_operator = "<@"


@PathField.register_lookup
class Above(PostgresOperatorLookup):
    """The path itself or anything above it."""

    lookup_name = "above"
    postgres_operator = "@>"
