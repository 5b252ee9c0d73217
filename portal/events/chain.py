"""One chain: its rows as they lie in the tables, and what a row that does not fit tells about what was done to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from portal.events.breaks import Break, Kind
from portal.events.verify_proof import content_hash, link_hash

EMPTY = bytes(32)
BATCH = 2000
REACH = 1000  # how far a row may have been moved for the verifier still to say in which direction

# The columns of events_event but the salt, in the order of the canonical form and of ROWS.
COLUMNS = (
    "id", "name", "subject_type", "subject_id", "actor", "on_behalf_of", "unit_id", "before", "after",
    "facts", "concerns", "request_id", "ip", "at", "recorded_at", "xact",
)  # fmt: skip
_SELECT = """
select l.seq, l.event_id, l.content_hash, l.prev_hash, l.hash, e.id, e.unit_id, e.salt,
  e.id::text, e.name, e.subject_type, e.subject_id, e.actor, e.on_behalf_of, e.unit_id::text, e.before, e.after,
  e.facts::text, e.concerns::text, e.request_id, text(e.ip),
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.xact::text
from events_eventlink l left join events_event e on e.id = l.event_id
"""
ROWS = _SELECT + " where l.unit_id = %s and l.seq > %s order by l.seq limit %s"
ONE = _SELECT + " where e.id = %s"


@dataclass(frozen=True)
class Row:
    """A link with its event; `fields` is None when the event is gone."""

    seq: int
    event_id: int
    content_hash: bytes
    prev_hash: bytes
    hash: bytes
    event_unit: int
    salt: bytes
    fields: list[tuple[str, str | None]] | None

    def content_from_event(self) -> bytes:
        return content_hash(self.salt, self.fields) if self.fields is not None else b""

    def expected_hash(self, unit: int, seq: int, content: bytes | None = None) -> bytes:
        return link_hash(unit, seq, self.prev_hash, self.content_hash if content is None else content)


def read_row(values: tuple[Any, ...]) -> Row:
    seq, event_id, content, prev, own, found, unit, salt, *texts = values
    fields = list(zip(COLUMNS, texts, strict=True)) if found is not None else None
    return Row(seq, event_id, bytes(content), bytes(prev), bytes(own), unit or 0, bytes(salt or b""), fields)


def rows_of(connection: psycopg.Connection[Any], unit: int, after: int = -(2**62)) -> Iterator[Row]:
    """By keyset, so that a chain of any length fits into memory."""
    while True:
        rows = connection.execute(ROWS, [unit, after, BATCH]).fetchall()
        for values in rows:
            yield read_row(values)
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


def classify(connection: psycopg.Connection[Any], row: Row, unit: int, seq: int, prev: bytes) -> Break:
    """Say what was done, given the first row that does not fit behind `prev` at `seq`."""
    place = (unit, seq, row.event_id)
    if row.seq < seq:
        return Break(Kind.ROW_INSERTED, *place)
    follows = _one(connection, "select seq from events_eventlink where unit_id = %s and prev_hash = %s", unit, prev)
    if row.seq > seq:
        return Break(Kind.ORDER_CHANGED if follows else Kind.ROW_MISSING, unit, seq, detail=f"next is seq {row.seq}")
    if row.prev_hash != prev:
        return _misplaced(connection, row, unit, seq) or Break(Kind.LINK_WRONG, *place)
    if row.fields is None:
        return Break(Kind.ROW_MISSING, *place)
    return _altered(connection, row, place)


def _misplaced(connection: psycopg.Connection[Any], row: Row, unit: int, seq: int) -> Break | None:
    """The row names another predecessor: something was put in, taken out or exchanged before it."""
    named = 0 if row.prev_hash == EMPTY else _seq_of(connection, unit, row.prev_hash)
    if named is not None and named < seq - 1 and row.expected_hash(unit, named + 1) == row.hash:
        event = _one(
            connection, "select event_id from events_eventlink where unit_id = %s and seq = %s", unit, named + 1
        )
        return Break(Kind.ROW_INSERTED, unit, named + 1, event)
    if named is not None and named != seq - 1:
        return Break(Kind.ORDER_CHANGED, unit, seq, row.event_id)
    if any(row.expected_hash(unit, later) == row.hash for later in range(seq + 1, seq + REACH)):
        return Break(Kind.ROW_MISSING, unit, seq, detail=f"event {row.event_id} stood later")
    return None


def _altered(connection: psycopg.Connection[Any], row: Row, place: tuple[int, int, int]) -> Break:
    """Seq and predecessor are right: the event, or the link's own hashes, were changed."""
    unit, seq, _ = place
    content = row.content_from_event()
    if row.event_unit != unit:
        return Break(Kind.CONTENT_CHANGED, *place, detail=f"the event says unit {row.event_unit}")
    if content == row.content_hash or row.expected_hash(unit, seq, content) == row.hash:
        return Break(Kind.LINK_WRONG, *place)
    home = _one(connection, "select seq from events_eventlink where unit_id = %s and content_hash = %s", unit, content)
    if home is not None:
        return Break(Kind.ORDER_CHANGED, *place, detail=f"the event belongs to seq {home}")
    return Break(Kind.CONTENT_CHANGED, *place)


def _seq_of(connection: psycopg.Connection[Any], unit: int, link: bytes) -> int | None:
    return _one(connection, "select seq from events_eventlink where unit_id = %s and hash = %s", unit, link)


def _one(connection: psycopg.Connection[Any], query: str, *values: Any) -> int | None:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
