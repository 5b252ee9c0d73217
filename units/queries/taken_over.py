"""Units that ended and whose closed work another unit keeps: it reads, searches and verifies what they decided."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.expressions import Combinable

from units.country import data_from
from units.queries.succession import successors_of_many
from units.queries.tree import ancestors


def taken_over(units: Iterable[int], on: date) -> set[int]:
    """All of them, over any number of acts. Where a unit was split, its default successor keeps what is closed."""
    with connection.cursor() as cursor:
        cursor.execute("select unit_taken_over(%s::bigint[], %s)", [sorted(units), on])
        return set(cursor.fetchone()[0])


def taken_over_by(column: str, on: date) -> Combinable:
    """The same as an annotation: a list of ids for the unit in `column`."""
    one = Func(F(column), function="array", template="%(function)s[%(expressions)s]")
    return Func(one, Value(on), function="unit_taken_over", output_field=ArrayField(BigIntegerField()))


def keepers(units: Iterable[int], on: date) -> dict[int, int]:
    """For each unit the one that keeps what it closed: itself while it lives. Where it went into several without one
    that keeps the rest, or ended without successor, it is missing.
    """
    found = {}
    for unit, after in successors_of_many(set(units), on).items():
        kept_by = after if len(after) == 1 else [one for one in after if one.is_default]
        if kept_by:
            found[unit] = kept_by[0].unit_id
    return found


def above_now(unit_id: int, on: date) -> set[int]:
    """The units over it; for one that has ended, those over the unit that keeps its closed work."""
    found = set(ancestors(unit_id, on).values_list("unit_id", flat=True))
    if found or on < data_from():
        return found
    kept_by = [one.unit_id for one in successors_of_many([unit_id], on)[unit_id] if one.is_default]
    return {one for keeper in kept_by for one in (keeper, *ancestors(keeper, on).values_list("unit_id", flat=True))}


BELOW_EVER = """
with below as (
  select unit_id from units_unit_version where valid @> %(on)s::date and path <@ (
    select path from units_unit_version where unit_id = %(unit)s and valid @> %(on)s::date)
)
select unit_id from below union select unnest(unit_taken_over(array(select unit_id from below), %(on)s)) order by 1"""


def below_ever(unit_id: int, on: date) -> list[int]:
    """The unit, everything below it, and what those have taken over; empty when it did not live that day."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW_EVER, {"unit": unit_id, "on": on})
        return [row[0] for row in cursor.fetchall()]
