"""The verifier: walks every chain and every seal, and names the first break.

It takes a psycopg connection and asks PostgreSQL for columns only. Every hash is computed here, so a function that
somebody replaced in the database cannot lie for its rows.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.events.breaks import Break, Counts, Kind
from portal.events.chain import EMPTY, Row, classify, rows_of
from portal.events.seals import check_seals

Connection = psycopg.Connection[Any]


def verify(
    connection: Connection,
    keys: Mapping[str, Ed25519PublicKey],
    *,
    unit: int | None = None,
    published: Iterable[Mapping[str, Any]] = (),
) -> Break | Counts:
    """The first break, or what was checked. `published` are the seals as they stand outside the database.

    The connection is in a transaction that sees all events (purpose `verify`); REPEATABLE READ gives one moment for
    everything.
    """
    units = [unit] if unit is not None else _units(connection)
    events = 0
    for one in units:
        result = check_chain(connection, one)
        if isinstance(result, Break):
            return result
        events += result
    if broken := _stray(connection, unit):
        return broken
    seals = check_seals(connection, keys, unit=unit, published=published)
    if isinstance(seals, Break):
        return seals
    if broken := _concerns(connection, unit):
        return broken
    return Counts(units=len(units), events=events, seals=seals)


def _units(connection: Connection) -> list[int]:
    rows = connection.execute(
        "select unit_id from events_eventlink union select unit_id from events_chainhead order by 1"
    )
    return [row[0] for row in rows]


def check_chain(connection: Connection, unit: int) -> Break | int:
    """Walk one chain from its beginning and compare the head; the number of its links when it holds."""
    seq, prev = 0, EMPTY
    for row in rows_of(connection, unit):
        if broken := _check_row(connection, row, unit, seq + 1, prev):
            return broken
        seq, prev = row.seq, row.hash
    return _check_head(connection, unit, seq, prev) or seq


def _check_row(connection: Connection, row: Row, unit: int, seq: int, prev: bytes) -> Break | None:
    sound = (
        row.seq == seq
        and row.fields is not None
        and row.event_unit == unit
        and row.prev_hash == prev
        and row.content_from_event() == row.content_hash
        and row.expected_hash(unit, seq) == row.hash
    )
    return None if sound else classify(connection, row, unit, seq, prev)


def _check_head(connection: Connection, unit: int, seq: int, last: bytes) -> Break | None:
    head = connection.execute("select seq, hash from events_chainhead where unit_id = %s", [unit]).fetchone()
    if head is None or head[0] < seq:
        return Break(Kind.HEAD_BEHIND, unit, seq, detail=f"head at {head[0] if head else 'none'}, last link at {seq}")
    if head[0] > seq:
        return Break(Kind.HEAD_AHEAD, unit, seq + 1, detail=f"head at {head[0]}, last link at {seq}")
    return None if bytes(head[1]) == last else Break(Kind.HEAD_WRONG, unit, seq)


STRAY = """
select coalesce(e.unit_id, 0), e.id from events_event e
where not exists (select 1 from events_eventlink l where l.event_id = e.id) and (%(unit)s::bigint is null
  or coalesce(e.unit_id, 0) = %(unit)s) order by 1, 2 limit 1
"""


def _stray(connection: Connection, unit: int | None) -> Break | None:
    """An event that no link holds."""
    row = connection.execute(STRAY, {"unit": unit}).fetchone()
    return Break(Kind.ROW_INSERTED, row[0], None, row[1], detail="no link holds this event") if row else None


CONCERNS = """
with told as (
  select e.id, p.person from events_event e cross join lateral unnest(e.concerns) as p (person)
  where %(unit)s::bigint is null or coalesce(e.unit_id, 0) = %(unit)s
), kept as (
  select c.event_id, c.person from events_eventconcern c left join events_event e on e.id = c.event_id
  where %(unit)s::bigint is null or coalesce(e.unit_id, 0) = %(unit)s
)
select coalesce(told.id, kept.event_id)
from told full join kept on told.id = kept.event_id and told.person = kept.person
where told.id is null or kept.event_id is null order by 1 limit 1
"""


def _concerns(connection: Connection, unit: int | None) -> Break | None:
    """The index that shows people their events must say what the events say."""
    row = connection.execute(CONCERNS, {"unit": unit}).fetchone()
    if row is None:
        return None
    place = connection.execute("select unit_id, seq from events_eventlink where event_id = %s", [row[0]]).fetchone()
    chain, seq = place or (None, None)
    return Break(Kind.CONCERNS_WRONG, chain, seq, row[0])
