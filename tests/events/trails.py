"""Trails to tamper with, written by the application through the real triggers, and what is shared in doing so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.test import override_settings

from portal.events import keys, sealing
from portal.events.breaks import Break, Counts
from portal.events.verifying import verify
from tests import databases

UNITS = 7
PARTS = 5
T0 = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

FILL = """
insert into events_event (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after, facts, concerns,
  request_id, ip, at, salt)
select 'services.dossier.received', 'services.dossier', n::text, 'user:' || n %% 50, '', nullif(n %% %s, 0), 'draft',
  'received',  jsonb_build_object('số', n, 'dài', repeat('ộ', n %% 9)),
  case when n %% 10 = 0 then array[md5(n::text)::uuid] else '{}'::uuid[] end, 'r' || n,
  case when n %% 3 = 0 then '10.1.2.3'::inet end, '2026-11-23 09:00+00'::timestamptz + n * interval '1 second', ''
from generate_series(%s::int, %s::int) n
"""


@contextmanager
def sealed_trail(database: str, folder: Path, *, rows: int) -> Iterator[psycopg.Connection[Any]]:
    """`rows` events in 7 chains under 5 seals, key and published seals in `folder`; the connection is a superuser's."""
    batch = min(250, rows // PARTS)
    with override_settings(SEAL_KEY_FILE=folder / "seal.key", SEAL_PUBLISH_DIR=folder / "seals"):
        for first in range(1, rows + 1, batch):
            with connection.cursor() as cursor:
                cursor.execute("begin")
                cursor.execute("select set_config('mc.purpose', 'demo', true)")
                cursor.execute(FILL, [UNITS, first, first + batch - 1])
                cursor.execute("commit")
            done = first + batch - 1
            if done % (rows // PARTS) == 0:
                sealing.seal(now=T0 + timedelta(minutes=done * PARTS // rows - 1))
        with psycopg.connect(databases.address("superuser", database), autocommit=True) as superuser:
            yield superuser


@contextmanager
def undone(db: psycopg.Connection[Any]) -> Iterator[None]:
    """All rights and no triggers; what was done is rolled back."""
    with db.transaction(force_rollback=True):
        db.execute("set local session_replication_role = replica")
        yield


def judge(db: psycopg.Connection[Any], unit: int | None = None) -> Break | Counts:
    return verify(db, keys.trusted_keys(), unit=unit, published=list(sealing.published()))
