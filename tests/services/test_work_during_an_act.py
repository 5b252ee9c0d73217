"""Officers go on while an act takes effect: a deed comes wholly before it or wholly after it, and nothing is left."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction

from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope, waited_in_vain, waiting_at_most
from services.errors import ServicesError, StaleError
from services.models import Dossier
from services.operations import reception
from services.reorganisation import Dossiers, Petitions
from tests.cast import cast
from tests.services.after import MIDNIGHT, draft_merger, put_down
from tests.services.build import Office, birth
from tests.services.conftest import MONDAY
from units.handovers import registered
from units.models import ReorgEvent, ReorgProof
from units.operations import gather, prove, take_effect

PATIENCE = 60  # seconds, on a machine that does ten other things
WAITS = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"


@pytest.fixture(autouse=True)
def only_these() -> Iterator[None]:
    with registered(Dossiers(), Petitions()):
        yield


@pytest.fixture
def office(real_db: str) -> Office:
    with transaction.atomic():
        people = cast()
        version = birth()
    return Office(people, version, MONDAY)


@pytest.fixture
def act(office: Office) -> ReorgEvent:
    with transaction.atomic():
        act = draft_merger(office.people, MONDAY)
        put_down(act, MONDAY)
    return act


def at_home(office: Office, deed: Callable[[], Any]) -> Any:
    """As a request of an officer: one transaction, the officer's units in scope."""
    with transaction.atomic(), scope(units=[office.people.home]):
        return deed()


class Other(threading.Thread):
    """A deed on a connection of its own; `outcome` is what it returned or raised."""

    def __init__(self, deed: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.deed, self.outcome = deed, None
        self.start()

    def run(self) -> None:
        try:
            self.outcome = self.deed()
        except Exception as error:
            self.outcome = error
        finally:
            connections.close_all()

    def ended(self) -> Any:
        self.join(PATIENCE)
        assert not self.is_alive()
        return self.outcome


def wait_for(other: Other) -> None:
    """Until it waits for a lock of ours."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and other.is_alive():
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")  # the server keeps its answer for a transaction
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail(f"nobody waits: {other.outcome!r}")


def run(act: ReorgEvent, late: timedelta = timedelta()) -> ReorgEvent:
    return take_effect(act_id=act.pk, actor=System.REORGANISATION, now=MIDNIGHT + late)


def holds(act: ReorgEvent) -> bool:
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        return ReorgProof.objects.get(event=act).holds and prove(ReorgEvent.objects.get(pk=act.pk)).holds


def refuse(office: Office, dossier: Dossier) -> Dossier:
    actor, now = office.people.desk_officer.user, office.tick()
    return reception.refuse(dossier=dossier, reason="Sai thẩm quyền", ground="Đ.17.1c", actor=actor, now=now)


def unit_of(dossier: Dossier) -> int:
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        return Dossier.objects.get(pk=dossier.pk).responsible_unit_id


def test_a_deed_under_way_is_counted_as_it_ends(office: Office, act: ReorgEvent) -> None:
    dossier = at_home(office, office.submitted)
    with transaction.atomic(), scope(units=[office.people.home]):
        refuse(office, dossier)
        other = Other(lambda: run(act))
        wait_for(other)
    assert isinstance(other.ended(), ReorgEvent)
    assert holds(act)
    assert unit_of(dossier) == office.people.home  # closed in time


def test_a_filing_under_way_goes_along(office: Office, act: ReorgEvent) -> None:
    home, new = office.people.home, act.changes.get().unit_id
    with transaction.atomic(), scope(units=[home]):
        dossier = office.submitted()
        other = Other(lambda: run(act))
        wait_for(other)
    assert isinstance(other.ended(), ReorgEvent)
    assert holds(act)
    assert unit_of(dossier) == new


@pytest.mark.parametrize("builder", ["submitted", "accepted"])
def test_a_deed_that_waited_for_the_act_is_told_to_look_again(office: Office, act: ReorgEvent, builder: str) -> None:
    dossier, new = at_home(office, getattr(office, builder)), act.changes.get().unit_id
    with transaction.atomic():
        run(act)
        other = Other(lambda: at_home(office, lambda: refuse(office, dossier)))
        wait_for(other)
    assert isinstance(other.ended(), StaleError)
    assert unit_of(dossier) == new
    assert holds(act)


@pytest.mark.parametrize("deed", ["refuse", "submit"])
def test_who_has_waited_long_enough_for_the_act_is_told_so_and_nothing_of_it_is_saved(
    office: Office, act: ReorgEvent, deed: str
) -> None:
    dossier = at_home(office, office.submitted)

    def impatient() -> Any:
        with waiting_at_most(timedelta(milliseconds=100)):
            return at_home(office, office.submitted if deed == "submit" else lambda: refuse(office, dossier))

    with transaction.atomic():
        run(act)
        told = Other(impatient).ended()
    assert isinstance(told, OperationalError)
    assert waited_in_vain(told)
    assert unit_of(dossier) == act.changes.get().unit_id
    assert holds(act)
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        assert Dossier.objects.count() == 1


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=5)], ids=["on its day", "days after it"])
def test_what_was_filed_into_a_unit_as_it_ended_is_gathered_within_a_minute(
    office: Office, act: ReorgEvent, late: timedelta
) -> None:
    new = act.changes.get().unit_id
    with transaction.atomic():
        run(act, late)
        other = Other(lambda: at_home(office, office.submitted))
        wait_for(other)
    filed = other.ended()
    if isinstance(filed, ServicesError):
        pytest.fail(f"refused: {filed}")
    assert not holds(act)
    later = MIDNIGHT + late + timedelta(minutes=1)
    assert gather(actor=System.REORGANISATION, now=later) == 1
    assert unit_of(filed) == new
    assert holds(act)
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        told = Event.objects.get(name="units.reorganisation.gathered")
    assert (told.facts["moved"], told.facts["undecided"]) == (1, 0)
    assert gather(actor=System.REORGANISATION, now=later) == 0
