"""Without a scope PostgreSQL shows nothing; with one it shows that and no more, whatever the query set forgot."""

import uuid
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from portal import isolation
from portal.isolation import EMPTY, OutsideTransactionError, Purpose, Scope, adopt, current, scope, use
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy

LAN, MINH = uuid.uuid4(), uuid.uuid4()
ROWS = [(1, 10, LAN), (2, 10, MINH), (3, 20, LAN), (4, 30, None)]


@pytest.fixture(scope="module")
def letters(module_db: str) -> None:
    """A table of people's letters, closed as a migration of any app would close it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("create table t_letter (id int primary key, unit_id bigint not null, citizen_id uuid)")
        cursor.executemany("insert into t_letter values (%s, %s, %s)", ROWS)
        using = f"{by_unit()} or {by_citizen()} or {for_purpose(Purpose.STATISTICS)}"
        for operation in (enable_rls("t_letter"), policy("t_letter", using=using)):
            cursor.execute(str(operation.sql))
    connections["owner"].close()


def seen() -> list[int]:
    """All ids, without any filter: what a forgotten `visible_to` would ask."""
    with connection.cursor() as cursor:
        cursor.execute("select id from t_letter order by id")
        return [row[0] for row in cursor.fetchall()]


def variables() -> tuple[str | None, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nullif(current_setting('mc.units', true), ''), nullif(current_setting('mc.citizen', true), ''),"
            " nullif(current_setting('mc.purpose', true), '')"
        )
        row: tuple[str | None, ...] = cursor.fetchone()
        return row


@pytest.mark.usefixtures("letters")
def test_no_scope_shows_nothing() -> None:
    assert seen() == []
    with transaction.atomic():
        assert seen() == []
        with scope():
            assert seen() == []


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"units": [10]}, [1, 2]),
        ({"units": [10, 20]}, [1, 2, 3]),
        ({"units": [99]}, []),
        ({"citizen": LAN}, [1, 3]),
        ({"citizen": uuid.uuid4()}, []),
        ({"units": [30], "citizen": MINH}, [2, 4]),
        ({"purpose": Purpose.STATISTICS}, [1, 2, 3, 4]),
        ({"purpose": Purpose.SEAL}, []),
    ],
)
def test_a_scope_shows_its_rows_and_no_others(value: dict[str, Any], ids: list[int]) -> None:
    with transaction.atomic(), scope(**value):
        assert seen() == ids


@pytest.mark.usefixtures("letters")
def test_the_owner_of_the_table_sees_nothing_either() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from t_letter")
        assert cursor.fetchone() == (0,)
    connections["owner"].close()


@pytest.mark.usefixtures("letters")
def test_nothing_is_left_on_the_connection_after_the_transaction() -> None:
    with transaction.atomic(), scope(units=[10], citizen=LAN, purpose=Purpose.STATISTICS):
        inside = connection.connection.info.backend_pid
        assert seen() == [1, 2, 3, 4]
    assert connection.connection.info.backend_pid == inside
    assert variables() == (None, None, None)
    assert seen() == []
    with transaction.atomic(), scope(citizen=MINH):
        assert variables() == (None, str(MINH), None)
        assert seen() == [2]


@pytest.mark.usefixtures("letters")
def test_what_was_told_ends_with_its_transaction_also_when_nobody_takes_it_back() -> None:
    """A session that is handed on keeps what was set for the session: nothing may be."""

    def work() -> None:
        with transaction.atomic():
            adopt(Scope(units=(10,), citizen=LAN, purpose=Purpose.STATISTICS))
            assert seen() == [1, 2, 3, 4]

    copy_context().run(work)
    assert variables() == (None, None, None)
    assert seen() == []


@pytest.mark.usefixtures("letters")
def test_nothing_is_left_after_a_transaction_that_failed() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), scope(units=[10]):
        raise ZeroDivisionError
    assert (seen(), current()) == ([], EMPTY)
    with pytest.raises(DatabaseError), transaction.atomic(), scope(units=[10]), connection.cursor() as cursor:
        cursor.execute("select 1 / 0")
    assert (seen(), current()) == ([], EMPTY)


@pytest.mark.usefixtures("letters")
def test_the_outer_scope_returns() -> None:
    with transaction.atomic(), scope(units=[10]):
        with scope(citizen=LAN):
            assert (seen(), variables()) == ([1, 3], (None, str(LAN), None))
        assert (seen(), variables()) == ([1, 2], ("10", None, None))
        with pytest.raises(DatabaseError), transaction.atomic(), scope(units=[30]), connection.cursor() as cursor:
            cursor.execute("select 1 / 0")
        assert (seen(), current()) == ([1, 2], Scope(units=(10,)))


@pytest.mark.usefixtures("letters")
def test_adopting_replaces_the_scope_until_the_outer_one_ends() -> None:
    with transaction.atomic():
        with scope():
            adopt(Scope(units=(20,)))
            assert seen() == [3]
        assert seen() == []


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    "statement",
    ["insert into t_letter values (9, 20, null)", "update t_letter set unit_id = 20 where id = 1"],
)
def test_writing_into_a_foreign_unit_is_refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        scope(units=[10]),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.usefixtures("letters")
def test_what_cannot_be_seen_cannot_be_changed() -> None:
    with transaction.atomic(), scope(units=[10]), connection.cursor() as cursor:
        cursor.execute("update t_letter set citizen_id = null where id = 3")
        assert cursor.rowcount == 0
        cursor.execute("delete from t_letter where id = 3")
        assert cursor.rowcount == 0


def test_a_scope_outside_a_transaction_is_an_error(module_db: str) -> None:
    with pytest.raises(OutsideTransactionError), scope(units=[1]):
        pass
    assert current() == EMPTY


def told(deed: Callable[[], None]) -> int:
    """How often the database was told a scope meanwhile."""
    with CaptureQueriesContext(connection) as queries:
        deed()
    return sum("set_config" in query["sql"] for query in queries.captured_queries)


@pytest.mark.usefixtures("letters")
def test_a_visitor_without_a_scope_costs_no_statement_and_sees_nothing_of_the_one_before() -> None:
    """On one connection, as a pooler hands it from one person to the next."""

    def visit(value: Scope, ids: list[int]) -> None:
        with transaction.atomic(), use(value):
            assert seen() == ids

    assert told(lambda: visit(EMPTY, [])) == 0
    assert told(lambda: visit(Scope(units=(10,), citizen=LAN), [1, 2, 3])) == 2
    assert told(lambda: visit(EMPTY, [])) == 0
    with pytest.raises(ZeroDivisionError), transaction.atomic(), use(Scope(units=(30,))):
        raise ZeroDivisionError
    assert told(lambda: visit(EMPTY, [])) == 0


@pytest.mark.usefixtures("letters")
def test_an_empty_scope_is_told_wherever_the_transaction_was_told_another() -> None:
    @transaction.atomic
    def decorated(value: Scope) -> list[int]:
        """Django keeps one object for all transactions of a decorated function."""
        with use(value), use(EMPTY):
            return seen()

    assert [decorated(value) for value in (Scope(units=(10,)), EMPTY, Scope(units=(20,)))] == [[], [], []]
    with transaction.atomic(), scope(units=[10]):
        with transaction.atomic():
            adopt(EMPTY)
            transaction.set_rollback(True)  # the database forgets what it was told in this savepoint
        assert current() == EMPTY
        with scope():
            assert seen() == []


@pytest.mark.usefixtures("letters")
def test_a_transaction_pooler_cannot_hand_a_scope_to_a_stranger() -> None:
    """What a pooler does: the next client's transaction on the same session, begun without any reset."""
    with transaction.atomic(), scope(units=[10]):
        assert seen() == [1, 2]
    with connection.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute("select id from t_letter")
        assert cursor.fetchall() == []
        cursor.execute("rollback")


@given(
    st.lists(
        st.tuples(
            st.frozensets(st.sampled_from([10, 20, 30, 99])),
            st.sampled_from([None, LAN, MINH]),
            st.sampled_from([None, Purpose.STATISTICS, Purpose.RELAY]),
        ),
        min_size=1,
        max_size=5,
    )
)
@pytest.mark.usefixtures("letters")
def test_scopes_in_scopes_never_add_up(values: list[tuple[frozenset[int], uuid.UUID | None, Purpose | None]]) -> None:
    def allowed(value: tuple[frozenset[int], uuid.UUID | None, Purpose | None]) -> list[int]:
        units, citizen, purpose = value
        return [
            number
            for number, unit, owner in ROWS
            if unit in units or (citizen and owner == citizen) or purpose is Purpose.STATISTICS
        ]

    def nest(rest: list[tuple[frozenset[int], uuid.UUID | None, Purpose | None]]) -> None:
        if rest:
            units, citizen, purpose = rest[0]
            with scope(units=units, citizen=citizen, purpose=purpose):
                assert seen() == allowed(rest[0])
                nest(rest[1:])
                assert seen() == allowed(rest[0])

    with transaction.atomic():
        nest(values)
        assert seen() == []


@pytest.mark.parametrize("value", [EMPTY, Scope((1, 2), LAN, Purpose.RELAY), Scope((), MINH), Scope((7,))])
def test_a_scope_survives_the_way_through_a_delivery(value: Scope) -> None:
    assert Scope.from_json(value.to_json()) == value


@pytest.mark.parametrize("wrong", ["everything", "RELAY", "relay'); drop table t_letter; --"])
def test_purposes_are_a_fixed_list(wrong: str, module_db: str) -> None:
    with pytest.raises(ValueError, match="not a valid Purpose"), transaction.atomic(), scope(purpose=wrong):  # type: ignore[arg-type]  the mistake is the point
        pass
    with pytest.raises(ValueError, match="not a valid Purpose"):
        for_purpose(wrong)  # type: ignore[arg-type]  same


def test_the_package_offers_what_its_docs_name() -> None:
    assert all(hasattr(isolation, name) for name in isolation.__all__)
