"""New work at a unit, and an act that ends it: one waits for the other, so that nothing comes between two counts.

Who changes a thing locks its row. Where a thing is new there is no row yet, and this lock stands for the unit.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection

MOST_UNITS = 1000  # locks in the server's shared memory; a larger act stops new work everywhere

BEGIN = "select unit_begin_work(%s::bigint[], %s)"
STOP = "select pg_advisory_xact_lock(hashtextextended('units.work:' || unit, 0)) from unnest(%s::bigint[]) as unit"
STOP_ALL = "select pg_advisory_xact_lock(hashtextextended('units.work', 0))"


def begin_work_at(units: Collection[int], on: date) -> list[int]:
    """Something new comes to these units in this transaction. Waits while an act ends them.

    The units that take nothing new: they do not live on the day, or a scheduled act ends them without successor.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [sorted(set(units)), on])
        return list(cursor.fetchone()[0])


def stop_new_work(units: Collection[int]) -> None:
    """Until the end of the transaction nothing new comes to these units; what was under way is there."""
    with connection.cursor() as cursor:
        if len(units) > MOST_UNITS:
            cursor.execute(STOP_ALL)
        else:
            cursor.execute(STOP, [sorted(units)])
        cursor.fetchall()
