"""Any one row of 10,000 changed, deleted, inserted or moved is named; seals expose what the chain alone cannot."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from portal.events import keys, sealing
from portal.events.breaks import Break, Counts, Kind
from portal.events.verifying import verify
from tests.events import tampering

UNITS = 7
ROWS = 10_000
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


@pytest.fixture
def trail(real_db: str, superuser: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """10,000 events in 7 chains, written by the application through the real triggers, under 5 seals."""
    step = ROWS // PARTS
    for part in range(PARTS):
        for start in range(part * step + 1, (part + 1) * step + 1, 250):
            with connection.cursor() as cursor:
                cursor.execute("begin")
                cursor.execute("select set_config('mc.purpose', 'demo', true)")
                cursor.execute(FILL, [UNITS, start, start + 249])
                cursor.execute("commit")
        sealing.seal(now=T0 + timedelta(minutes=part))
    return superuser


@contextmanager
def undone(db: psycopg.Connection[Any]) -> Iterator[None]:
    """All rights and no triggers; what was done is rolled back."""
    with db.transaction(force_rollback=True):
        db.execute("set local session_replication_role = replica")
        yield


def judge(db: psycopg.Connection[Any], unit: int | None = None) -> Break | Counts:
    return verify(db, keys.trusted_keys(), unit=unit, published=list(sealing.published()))


def places() -> st.SearchStrategy[tuple[int, int]]:
    """A chain and a place in it, never the last one: neighbours are exchanged too."""
    return st.tuples(st.integers(0, UNITS - 1), st.integers(1, ROWS // UNITS - 1))


def test_names_any_row_that_was_changed_deleted_inserted_or_moved(trail: psycopg.Connection[Any]) -> None:
    assert judge(trail) == Counts(units=UNITS, events=ROWS, seals=PARTS)
    deeds = [
        *((tampering.change_event, column) for column in tampering.EVENT_COLUMNS),
        *((tampering.change_link, column) for column in tampering.LINK_COLUMNS),
        *((deed, None) for deed in tampering.SIMPLE),
    ]
    draw = random.Random(20261123)  # noqa: S311  places to tamper with, the same in each run
    for deed, column in deeds:  # every deed at least once, then drawn ones
        named(trail, deed, column, draw.randrange(UNITS), draw.randrange(1, ROWS // UNITS))

    @given(st.sampled_from(deeds), places())
    def drawn(deed: Any, place: tuple[int, int]) -> None:
        named(trail, *deed, *place, only=place[0])

    drawn()
    assert judge(trail) == Counts(units=UNITS, events=ROWS, seals=PARTS)


def named(
    trail: psycopg.Connection[Any], deed: Any, column: str | None, unit: int, seq: int, *, only: int | None = None
) -> None:
    with undone(trail):
        event = tampering.event_at(trail, unit, seq)
        expected = deed(trail, unit, seq, column) if column else deed(trail, unit, seq)
        found = judge(trail, only)
        what = f"{deed.__name__} {column} at {unit}/{seq} was called {found}"
        assert isinstance(found, Break), what
        assert found.kind in expected, what
        assert found.unit == unit, what
        if deed is not tampering.insert_event:
            assert found.seq == seq, what
        if deed in {tampering.change_event, tampering.delete_event} and column != "id":
            assert found.event == event, what


def test_seals_name_what_was_done_with_all_later_hashes_computed_again(trail: psycopg.Connection[Any]) -> None:
    @given(st.sampled_from(tampering.HARD), places())
    def drawn(deed: Any, place: tuple[int, int]) -> None:
        exposed(trail, deed, *place, only=place[0])

    for deed in tampering.HARD:
        exposed(trail, deed, 3, 700)
    drawn()


def exposed(trail: psycopg.Connection[Any], deed: Any, unit: int, seq: int, *, only: int | None = None) -> None:
    with undone(trail):
        deed(trail, unit, seq)
        tampering.recompute(trail, unit)
        found = judge(trail, only)
        assert isinstance(found, Break)
        assert found.kind is Kind.NOT_AN_ANCESTOR, found
        assert found.unit == unit
        assert found.seq is not None
        first = int(found.detail.split("seq ")[1].split(" ")[0])
        assert first <= seq <= found.seq, found


def test_knows_every_column(trail: psycopg.Connection[Any]) -> None:
    columns = "select column_name from information_schema.columns where table_name = %s"
    for table, known in (("events_event", tampering.EVENT_COLUMNS), ("events_eventlink", tampering.LINK_COLUMNS)):
        assert {row[0] for row in trail.execute(columns, [table])} == set(known)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("delete from events_seal where number = 3", Kind.SEAL_MISSING),
        ("delete from events_seal where number = 5", Kind.SEAL_MISSING),
        ("update events_seal set signature = sha512(signature) where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set key_id = '0123456789abcdef' where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set root = sha256(root) where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set at = at + interval '1 s' where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set units = units + 1 where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set previous_hash = sha256('') where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set hash = sha256(hash) where number = 2", Kind.SEAL_CHANGED),
        ("update events_sealedhead set hash = sha256(hash) where seal_number = 2 and unit_id = 4", Kind.SEAL_CHANGED),
        ("update events_sealedhead set seq = seq + 1 where seal_number = 2 and unit_id = 4", Kind.SEAL_CHANGED),
        ("delete from events_sealedhead where seal_number = 2 and unit_id = 4", Kind.SEAL_CHANGED),
        ("update events_chainhead set seq = seq - 1 where unit_id = 4", Kind.HEAD_BEHIND),
        ("update events_chainhead set seq = seq + 1 where unit_id = 4", Kind.HEAD_AHEAD),
        ("update events_chainhead set hash = sha256(hash) where unit_id = 4", Kind.HEAD_WRONG),
        ("delete from events_chainhead where unit_id = 4", Kind.HEAD_BEHIND),
        ("delete from events_eventconcern", Kind.CONCERNS_WRONG),
        ("insert into events_eventconcern (person, event_id) values (gen_random_uuid(), 17)", Kind.CONCERNS_WRONG),
    ],
)
def test_names_each_change_of_seals_heads_and_index(real_db: str, superuser: Any, change: str, kind: Kind) -> None:
    small_trail()
    assert isinstance(judge(superuser), Counts)
    with undone(superuser):
        superuser.execute(change)
        found = judge(superuser)
        assert isinstance(found, Break)
        assert found.kind is kind, found


def small_trail() -> None:
    """50 events under five seals."""
    for part in range(5):
        with connection.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute("select set_config('mc.purpose', 'demo', true)")
            cursor.execute(FILL, [UNITS, part * 10 + 1, part * 10 + 10])
            cursor.execute("commit")
        sealing.seal(now=T0 + timedelta(minutes=part))


def test_a_seal_signed_with_another_key_is_named(real_db: str, superuser: Any, tmp_path: Any, settings: Any) -> None:
    small_trail()
    trusted = keys.trusted_keys()
    settings.SEAL_KEY_FILE = tmp_path / "thief.key"
    settings.SEAL_PUBLISH_DIR = tmp_path / "elsewhere"
    sealing.seal(now=T0 + timedelta(minutes=9))
    found = verify(superuser, trusted)
    assert isinstance(found, Break)
    assert (found.kind, found.seal) == (Kind.SEAL_SIGNATURE, 6)
