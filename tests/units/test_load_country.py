"""`load_country`: all or nothing, quickly, and once."""

import dataclasses
import hashlib
import io
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from portal.events.actors import System
from portal.events.models import Event
from portal.isolation import Purpose, scope
from tests.units.land import NOW, small_country
from units.country import read
from units.models import ReorgEvent, Succession, Unit, UnitCode, UnitVersion
from units.operations import CheckFailed, DoesNotFit, OtherCountry, load, load_country
from units.queries import bearer, subtree, version_at

TABLES = [
    "units_unit",
    "units_unit_version",
    "units_unit_code",
    "units_succession",
    "units_reorg_event",
    "units_reorg_change",
]


def digest_of_tables() -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select row::text || row.xmin::text from {table} row order by id")
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def test_a_second_load_changes_nothing_and_is_quick(country: str) -> None:
    before, out, begun = digest_of_tables(), io.StringIO(), time.perf_counter()
    call_command("load_country", stdout=out)
    assert time.perf_counter() - begun < 5
    assert digest_of_tables() == before
    assert "nothing was changed" in out.getvalue()


def test_a_load_is_all_or_nothing_and_takes_well_under_a_minute(real_db: str) -> None:
    with pytest.raises(CheckFailed, match="Nothing was kept") as failed:
        load_country(country=dataclasses.replace(read(), aliases={}), actor=System.COMMAND, now=NOW)
    assert failed.value.name == "other codes"
    for model in (Unit, UnitVersion, UnitCode, Succession, ReorgEvent):
        assert not model.objects.exists()
    out, begun = io.StringIO(), time.perf_counter()
    call_command("load_country", stdout=out)
    assert time.perf_counter() - begun < 60
    assert "42 acts, 41 checks hold" in out.getvalue()


def test_each_act_is_recorded_and_no_unit_by_itself(real_db: str) -> None:
    load(country=small_country(), actor=System.COMMAND, now=NOW)
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        told = list(Event.objects.filter(subject_type="units.reorgevent").values_list("name", "before", "after"))
    assert sorted(set(told)) == [
        ("units.reorganisation.entered", "", "scheduled"),
        ("units.reorganisation.took_effect", "scheduled", "effective"),
    ]
    assert len(told) == 2 * len(small_country().acts)


@pytest.mark.django_db
def test_files_with_other_figures_are_refused_before_anything_is_written() -> None:
    country = dataclasses.replace(read(), retypes=read().retypes[:-1])
    with pytest.raises(CheckFailed, match="changes of 2026"):
        load_country(country=country, actor=System.COMMAND, now=NOW)
    assert not ReorgEvent.objects.exists()


def test_a_load_that_breaks_at_its_last_act_keeps_nothing(real_db: str) -> None:
    small = small_country()
    wrong = dataclasses.replace(small.retypes[0], before="Tỉnh Khác")
    with pytest.raises(DoesNotFit, match="Tỉnh Thủy, not Tỉnh Khác"):
        load(country=dataclasses.replace(small, retypes=(wrong,)), actor=System.COMMAND, now=NOW)
    assert not Unit.objects.exists()
    assert not ReorgEvent.objects.exists()


def test_other_files_than_those_loaded_are_refused(real_db: str) -> None:
    load(country=small_country(), actor=System.COMMAND, now=NOW)
    with pytest.raises(CommandError, match="other files"):
        call_command("load_country")
    with pytest.raises(OtherCountry):
        load(country=dataclasses.replace(small_country(), digest=b"1" * 32), actor=System.COMMAND, now=NOW)


def test_two_loads_at_once_write_one_country(real_db: str) -> None:
    written: list[int] = []

    def run() -> None:
        try:
            written.append(load(country=small_country(), actor=System.COMMAND, now=NOW).acts)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(written) == [0, 0, 6]


@pytest.mark.django_db
def test_acts_whose_day_has_not_come_stay_scheduled_and_answer_all_the_same() -> None:
    small = small_country()
    load(country=small, actor=System.COMMAND, now=NOW.replace(year=2025))
    assert ReorgEvent.objects.get(legal_no="3/NQ").state == "scheduled"
    day = small.acts[-1].effective_on
    assert version_at(bearer("00001", day).pk, day).full_name == "Phường An"
    assert subtree(bearer("01", day).pk, day).count() == 3
