"""What the database holds by itself, with real commits: nothing is changed, nothing deadlocks, nothing stays outside a
chain.
"""

import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from portal.events import System, record, sealing
from portal.events.models import ChainHead, Event, EventLink
from portal.isolation import Purpose, scope
from tests.events.tables import NOW, told

SUBJECT = ("services.dossier", "7")


def test_needs_the_transaction_of_its_change(real_db: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        record("a.b.c", subject=SUBJECT, actor=System.DEMO, unit=None, at=NOW)


@pytest.mark.parametrize(
    "table", ["events_event", "events_eventlink", "events_eventconcern", "events_seal", "events_sealedhead"]
)
def test_the_owner_may_not_change_it_either(table: str, owner: Any) -> None:
    with transaction.atomic(), scope(units=[3]):
        record("a.b.c", subject=SUBJECT, actor=System.DEMO, unit=3, at=NOW, concerns=[uuid.uuid4()])
    sealing.seal(now=NOW)
    with owner.transaction():
        owner.execute(f"alter table {table} no force row level security")  # so that the owner finds the rows
        for statement in (f"delete from {table}", f"truncate {table}"):
            with pytest.raises(Exception, match="append-only"), owner.transaction():
                owner.execute(statement)


def test_a_head_never_moves_back(real_db: str, owner: Any) -> None:
    with transaction.atomic(), scope(units=[1]):
        told(1, "", "draft")
    for statement in ("update events_chainhead set seq = 0", "delete from events_chainhead"):
        with pytest.raises(Exception, match="only moves forward"):
            owner.execute(statement)


def test_commits_that_write_to_the_same_units_in_any_order_never_wait_for_each_other(real_db: str) -> None:
    rounds, writers = 40, 4
    errors: list[BaseException] = []

    def write(number: int) -> None:
        units = [1, 2, 3] if number % 2 else [3, 2, 1]
        try:
            for turn in range(rounds):
                with transaction.atomic(), scope(purpose=Purpose.DEMO):
                    for unit in units:
                        told(number * rounds + turn, "", "draft", unit=unit)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(ChainHead.objects.values_list("seq", flat=True)) == {rounds * writers}
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        assert Event.objects.count() == EventLink.objects.count() == 3 * rounds * writers
