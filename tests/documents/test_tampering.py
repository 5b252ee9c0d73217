"""Whoever changes a book behind the portal's back is found out, and the number is named."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import transaction

from documents.models import RegisterBook
from documents.operations.registers import Column, add_remark, void_entry
from documents.registers.verifying import Break, BreakKind, verify_book
from portal.isolation import scope
from tests.cast import Cast, cast
from tests.documents.books import NOW, TODAY, outgoing

Attack = Callable[[psycopg.Connection, int], None]


@pytest.fixture
def book(real_db: str) -> tuple[Cast, RegisterBook]:
    """Nine numbers: the third is voided, the fifth handed over."""
    with transaction.atomic():
        people = cast()
    with transaction.atomic(), scope(units=[people.home]):
        entries = [outgoing(people) for _ in range(9)]
        void_entry(entry=entries[2], reason="Ghi nhầm", actor=people.clerk.user, now=NOW)
        add_remark(entry=entries[4], column=Column.MOVED, on=TODAY, actor=people.clerk.user, now=NOW)
    return people, entries[0].book


def found(people: Cast, book: RegisterBook) -> Break | None:
    with transaction.atomic(), scope(units=[people.home]):
        return verify_book(book)


def test_an_untouched_book_has_no_break(book: tuple[Cast, RegisterBook]) -> None:
    assert found(*book) is None


CHANGES = {
    "subject": "'Quyết định khác'",
    "notation": "'QĐ-KHAC'",
    "dated_on": "date '2026-11-19'",
    "signer": "'Ai đó'",
    "recipients": "''",
    "copies": "9",
    "keeper": "'x'",
    "note": "'x'",
    "late": "true",
    "recorded_at": "recorded_at - interval '1 hour'",
    "recorded_by": "'user:x'",
    "kind": "'incoming'",
    "year": "2025",
}


@pytest.mark.parametrize("column", sorted(CHANGES))
def test_a_changed_column_is_named(book: tuple[Cast, RegisterBook], superuser: psycopg.Connection, column: str) -> None:
    superuser.execute("set session_replication_role = replica")
    statement = f"update documents_register_entry set {column} = {CHANGES[column]} where number = 5"
    superuser.execute(statement.encode())
    assert found(*book) == Break(BreakKind.CONTENT_CHANGED, 5)


REHASH = """
do $$ declare e documents_register_entry; head text := repeat('0', 64); begin
  for e in select * from documents_register_entry order by number loop
    e.prev_hash := head;
    head := documents_entry_hash(e);
    update documents_register_entry set prev_hash = e.prev_hash, hash = head where id = e.id;
  end loop;
  update documents_register_book set head_hash = head;
end $$
"""
COPY = """
insert into documents_register_entry (book_id, unit_id, kind, year, number, notation, dated_on, late, type_code,
  subject, author, reference, signer, recipients, keeper, copies, file_code, permitted_by, note, recorded_at,
  recorded_by, prev_hash, hash, state, voided_by, void_reason)
select book_id, unit_id, kind, year, {number}, 'QĐ-THEM', dated_on, late, type_code, subject, author, reference, signer,
  recipients, keeper, copies, file_code, permitted_by, note, recorded_at, recorded_by, prev_hash, hash, 'valid', '', ''
from documents_register_entry where number = {source}
"""
SHIFT = "update documents_register_entry set number = number {by} where number > {after}"
ATTACKS: dict[str, tuple[list[str], Break]] = {
    "deleted in the middle": (
        ["delete from documents_register_entry where number = 4"],
        Break(BreakKind.NUMBER_MISSING, 4),
    ),
    "deleted, later ones numbered anew": (
        ["delete from documents_register_entry where number = 4", SHIFT.format(by="- 1", after=4), REHASH],
        Break(BreakKind.FACT_DIFFERS, 4),
    ),
    "deleted at the end, the book told": (
        [
            "delete from documents_register_entry where number = 9",
            ("update documents_register_book b set last_number = 8, head_hash = e.hash, last_at = e.recorded_at"
            " from documents_register_entry e where e.book_id = b.id and e.number = 8"),
        ],
        Break(BreakKind.ENTRY_MISSING, 9),
    ),
    "deleted at the end": (
        ["delete from documents_register_entry where number = 9"],
        Break(BreakKind.ENTRY_MISSING, 9),
    ),
    "inserted at the end": ([COPY.format(number=10, source=9)], Break(BreakKind.CONTENT_CHANGED, 10)),
    "inserted at the end with its hash": (
        [COPY.format(number=10, source=9), REHASH],
        Break(BreakKind.FACT_MISSING, 10),
    ),
    "inserted in the middle": (
        [
            "update documents_register_entry set number = number + 100 where number > 4",
            COPY.format(number=5, source=4),
            "update documents_register_entry set number = number - 99 where number > 100",
            REHASH,
        ],
        Break(BreakKind.FACT_MISSING, 5),
    ),
    "rewritten with all later hashes": (
        ["update documents_register_entry set subject = 'Khác' where number = 6", REHASH],
        Break(BreakKind.FACT_DIFFERS, 6),
    ),
    "swapped": (
        ["update documents_register_entry set number = case number when 2 then 1002 else 2 end where number in (2)",
         "update documents_register_entry set number = 2 where number = 7",
         "update documents_register_entry set number = 7 where number = 1002"],
        Break(BreakKind.CONTENT_CHANGED, 2),
    ),
    "voided without a deed": (
        [("update documents_register_entry set state = 'voided', voided_at = now(), voided_by = 'user:x',"
         " void_reason = 'x' where number = 8")],
        Break(BreakKind.VOIDING_DIFFERS, 8),
    ),
    "voiding undone": (
        [("update documents_register_entry set state = 'valid', voided_at = null, voided_by = '', void_reason = ''"
         " where number = 3")],
        Break(BreakKind.VOIDING_DIFFERS, 3),
    ),
    "reason changed": (
        ["update documents_register_entry set void_reason = 'Khác' where number = 3"],
        Break(BreakKind.VOIDING_DIFFERS, 3),
    ),
    "remark changed": (
        ['update documents_register_remark set "on" = \'2026-11-10\''],
        Break(BreakKind.REMARK_DIFFERS, 5),
    ),
    "remark deleted": (["delete from documents_register_remark"], Break(BreakKind.REMARK_DIFFERS, 5)),
    "book told another number": (
        ["update documents_register_book set last_number = 12"],
        Break(BreakKind.BOOK_DIFFERS, 9),
    ),
    "book told another head": (
        ["update documents_register_book set head_hash = repeat('a', 64)"],
        Break(BreakKind.BOOK_DIFFERS, 9),
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_an_attack_is_named(book: tuple[Cast, RegisterBook], superuser: psycopg.Connection, attack: str) -> None:
    statements, expected = ATTACKS[attack]
    superuser.execute("set session_replication_role = replica")
    for statement in statements:
        superuser.execute(statement.encode())
    assert found(*book) == expected


REFUSED = r"voided in open books|never changed or deleted|append-only"


@pytest.mark.parametrize(
    "statement",
    [
        "delete from documents_register_entry",
        "truncate documents_register_entry cascade",
        "update documents_register_entry set subject = 'x'",
        "update documents_register_entry set number = number + 1",
        (
            "update documents_register_entry set state = 'valid', void_reason = '', voided_by = '', voided_at = null"
            " where number = 3"
        ),
        "update documents_register_book set last_number = 3",
        "update documents_register_book set year = 2027",
        "delete from documents_register_book",
        "truncate documents_register_book cascade",
        "update documents_register_remark set text = 'x'",
        "delete from documents_register_remark",
        "truncate documents_register_remark",
    ],
)
def test_nobody_changes_a_book_while_its_triggers_stand(
    book: tuple[Cast, RegisterBook], superuser: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(psycopg.DatabaseError, match=REFUSED):
        superuser.execute(statement.encode())
    assert found(*book) is None


def test_a_state_without_its_event_is_refused_at_commit(
    book: tuple[Cast, RegisterBook], superuser: psycopg.Connection
) -> None:
    with pytest.raises(psycopg.DatabaseError, match="without an event"):
        superuser.execute(
            "update documents_register_entry set state = 'voided', voided_at = now(), voided_by = 'user:x',"
            " void_reason = 'x' where number = 8"
        )
    assert found(*book) is None
