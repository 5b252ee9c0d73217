"""A table with a guarded state, as a migration of another app would make it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, connections

from portal.events import System, guard_state, record
from portal.isolation import Purpose, scope

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DOSSIER = "services.dossier"


def make_dossiers() -> None:
    """On the test's own database (`real_db`), as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "create table t_dossier (id bigint primary key, state text not null, note text not null default '')"
        )
        for operation in guard_state("t_dossier", DOSSIER):
            cursor.execute(str(operation.sql))
    connections["owner"].close()


@contextmanager
def demo() -> Iterator[None]:
    with scope(purpose=Purpose.DEMO):
        yield


def born(number: int, state: str = "draft") -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into t_dossier (id, state) values (%s, %s)", [number, state])


def moved(number: int, state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update t_dossier set state = %s where id = %s", [state, number])


def told(number: int, before: str, after: str, *, subject: str = DOSSIER, unit: int | None = 1) -> None:
    record(
        "services.dossier.moved",
        subject=(subject, str(number)),
        actor=System.DEMO,
        unit=unit,
        at=NOW,
        before=before,
        after=after,
    )


def state_of(number: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("select state from t_dossier where id = %s", [number])
        row = cursor.fetchone()
    return row[0] if row else None
