"""What somebody with every right in the database may do to the trail: as superuser, with triggers off, in one
transaction.
"""

from collections.abc import Callable
from typing import Any

import psycopg

from portal.events.breaks import Kind

Connection = psycopg.Connection[Any]

# Every column of events_event and another value for it; the test compares the list with the table.
EVENT_COLUMNS = {
    "id": "id + 1000000",
    "name": "name || 'x'",
    "subject_type": "'units.other'",
    "subject_id": "subject_id || '0'",
    "actor": "'user:somebody-else'",
    "on_behalf_of": "'user:a-victim'",
    "unit_id": "coalesce(unit_id, 0) + 1",
    "before": "'draft2'",
    "after": "'returned'",
    "facts": "facts || '{\"a\": 1.0}'",
    "concerns": "array[gen_random_uuid()]",
    "request_id": "'r2'",
    "ip": "'10.0.0.1/24'",
    "at": "at + interval '1 microsecond'",
    "recorded_at": "recorded_at - interval '1 microsecond'",
    "xact": "(xact::text::bigint + 1)::text::xid8",
    "salt": "sha256(salt)",
}
LINK_COLUMNS = {
    "unit_id": "unit_id + 1000",
    "seq": "seq + 100000",
    "event_id": "event_id + 1000000",
    "content_hash": "sha256(content_hash)",
    "prev_hash": "sha256(prev_hash)",
    "hash": "sha256(hash)",
}

RECOMPUTE = """
create or replace function pg_temp.recompute(chain bigint) returns void language plpgsql as $$
declare one record; place bigint := 0; prev bytea := decode(repeat('00', 32), 'hex');
begin
  delete from events_eventlink l where l.unit_id = chain
    and not exists (select 1 from events_event e where e.id = l.event_id);
  for one in select l.event_id, events_content_hash(e) as content from events_eventlink l
    join events_event e on e.id = l.event_id where l.unit_id = chain order by l.seq loop
    place := place + 1;
    update events_eventlink set seq = place, content_hash = one.content, prev_hash = prev,
      hash = events_link_hash(chain, place, prev, one.content) where event_id = one.event_id returning hash into prev;
  end loop;
  update events_chainhead set seq = place, hash = prev where unit_id = chain;
end $$
"""


def event_at(db: Connection, unit: int, seq: int) -> int:
    row = db.execute("select event_id from events_eventlink where unit_id = %s and seq = %s", [unit, seq]).fetchone()
    assert row is not None
    return int(row[0])


def change_event(db: Connection, unit: int, seq: int, column: str) -> set[Kind]:
    db.execute(
        f"update events_event set {column} = {EVENT_COLUMNS[column]} where id = %s",
        [event_at(db, unit, seq)],
    )
    return {Kind.ROW_MISSING} if column == "id" else {Kind.CONTENT_CHANGED}


def change_link(db: Connection, unit: int, seq: int, column: str) -> set[Kind]:
    db.execute(
        f"update events_eventlink set {column} = {LINK_COLUMNS[column]} where event_id = %s",
        [event_at(db, unit, seq)],
    )
    expected = {
        "unit_id": {Kind.ROW_MISSING, Kind.HEAD_AHEAD},
        "seq": {Kind.ORDER_CHANGED, Kind.HEAD_AHEAD},
        "event_id": {Kind.ROW_MISSING},
    }
    return expected.get(column, {Kind.LINK_WRONG})


def delete_event(db: Connection, unit: int, seq: int) -> set[Kind]:
    db.execute("delete from events_event where id = %s", [event_at(db, unit, seq)])
    return {Kind.ROW_MISSING}


def delete_link(db: Connection, unit: int, seq: int) -> set[Kind]:
    db.execute("delete from events_eventlink where event_id = %s", [event_at(db, unit, seq)])
    return {Kind.ROW_MISSING, Kind.HEAD_AHEAD}


def delete_both(db: Connection, unit: int, seq: int) -> set[Kind]:
    delete_event(db, unit, seq)
    return delete_link(db, unit, seq)


def close_up(db: Connection, unit: int, seq: int) -> set[Kind]:
    """Delete, and number the later rows anew, head included."""
    delete_both(db, unit, seq)
    shift(db, unit, seq, -1)
    db.execute("update events_chainhead set seq = seq - 1 where unit_id = %s", [unit])
    return {Kind.ROW_MISSING, Kind.HEAD_WRONG}


def shift(db: Connection, unit: int, seq: int, by: int) -> None:
    """In two steps, because the key is checked row by row."""
    db.execute("update events_eventlink set seq = -seq where unit_id = %s and seq >= %s", [unit, seq])
    db.execute("update events_eventlink set seq = -seq + %s where unit_id = %s and seq < 0", [by, unit])


FORGED = """
insert into events_event (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after, facts, concerns,
  request_id, ip, at, recorded_at, xact, salt)
select name, subject_type, subject_id, 'user:forged', on_behalf_of, unit_id, before, after, facts, concerns,
  request_id, ip, at, recorded_at, xact, salt from events_event where id = %s returning id
"""


def insert_event(db: Connection, unit: int, seq: int) -> set[Kind]:
    """Only the event: no link holds it."""
    db.execute(FORGED, [event_at(db, unit, seq)])
    return {Kind.ROW_INSERTED}


def insert_between(db: Connection, unit: int, seq: int) -> set[Kind]:
    """A forged row with a right link at `seq`; the rows from there on move up."""
    before = event_at(db, unit, seq)
    forged = db.execute(FORGED, [before]).fetchone()
    shift(db, unit, seq, 1)
    db.execute(
        "insert into events_eventlink (unit_id, seq, event_id, content_hash, prev_hash, hash)"
        " select %(unit)s, %(seq)s, e.id, events_content_hash(e), p.hash,"
        " events_link_hash(%(unit)s, %(seq)s, p.hash, events_content_hash(e)) from events_event e,"
        " (select coalesce((select hash from events_eventlink where unit_id = %(unit)s and seq = %(seq)s - 1),"
        " decode(repeat('00', 32), 'hex')) as hash) p where e.id = %(event)s",
        {"unit": unit, "seq": seq, "event": forged[0] if forged else None},
    )
    db.execute("update events_chainhead set seq = seq + 1 where unit_id = %s", [unit])
    return {Kind.ROW_INSERTED}


def swap_places(db: Connection, unit: int, seq: int) -> set[Kind]:
    """Two neighbours change places, their hashes go with them."""
    db.execute("update events_eventlink set seq = -seq where unit_id = %s and seq in (%s, %s)", [unit, seq, seq + 1])
    db.execute("update events_eventlink set seq = %s + seq where unit_id = %s and seq < 0", [2 * seq + 1, unit])
    return {Kind.ORDER_CHANGED}


def swap_events(db: Connection, unit: int, seq: int) -> set[Kind]:
    """The links stay, the events behind them change places."""
    one, other = event_at(db, unit, seq), event_at(db, unit, seq + 1)
    for old, new in ((one, -1), (other, one), (-1, other)):
        db.execute("update events_eventlink set event_id = %s where event_id = %s", [new, old])
    return {Kind.ORDER_CHANGED}


SIMPLE: list[Callable[[Connection, int, int], set[Kind]]] = [
    delete_event,
    delete_link,
    delete_both,
    close_up,
    insert_event,
    insert_between,
    swap_places,
    swap_events,
]


def rewrite(db: Connection, unit: int, seq: int) -> None:
    change_event(db, unit, seq, "actor")


def cut_off(db: Connection, unit: int, seq: int) -> None:
    """The whole end of the chain from here on."""
    db.execute(
        "delete from events_event where id in (select event_id from events_eventlink where unit_id = %s and seq >= %s)",
        [unit, seq],
    )


def forge_before(db: Connection, unit: int, seq: int) -> None:
    insert_between(db, unit, seq)


def drop_one(db: Connection, unit: int, seq: int) -> None:
    delete_event(db, unit, seq)


def exchange(db: Connection, unit: int, seq: int) -> None:
    swap_places(db, unit, seq)


HARD: list[Callable[[Connection, int, int], None]] = [rewrite, cut_off, forge_before, drop_one, exchange]


def recompute(db: Connection, unit: int) -> None:
    """What makes it hard: all later hashes and the head are right again."""
    db.execute(RECOMPUTE)
    db.execute("select pg_temp.recompute(%s)", [unit])
