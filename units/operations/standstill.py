"""New work at a unit, and an act that ends it: one waits for the other, so that nothing comes between two counts.

Who changes a thing locks its row. Where a thing is new there is no row yet, and this lock stands for the unit.
"""

from collections.abc import Collection

from django.db import connection

MOST_UNITS = 1000  # locks in the server's shared memory; a larger act stops new work everywhere

JOIN = """
select pg_advisory_xact_lock_shared(hashtextextended('units.work', 0)),
  pg_advisory_xact_lock_shared(hashtextextended('units.work:' || unit, 0)) from unnest(%s::bigint[]) as unit"""
STOP = "select pg_advisory_xact_lock(hashtextextended('units.work:' || unit, 0)) from unnest(%s::bigint[]) as unit"
STOP_ALL = "select pg_advisory_xact_lock(hashtextextended('units.work', 0))"


def begin_work_at(*units: int) -> None:
    """Something new comes to these units in this transaction. Waits while an act ends them."""
    _ask(JOIN, [sorted(set(units))])


def stop_new_work(units: Collection[int]) -> None:
    """Until the end of the transaction nothing new comes to these units; what was under way is there."""
    if len(units) > MOST_UNITS:
        _ask(STOP_ALL, [])
    else:
        _ask(STOP, [sorted(units)])


def _ask(statement: str, values: list[list[int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        cursor.fetchall()
