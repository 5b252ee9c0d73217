"""What the database refuses about units, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.db import Error, connection, transaction

from tests.units.acts import scheduled
from tests.units.land import BEFORE, CITY, NOW, REFORM, TODAY, Land
from units.kinds import ActKind, Share
from units.models import ReorgEvent, Succession, Unit, UnitCode, UnitVersion, UnitVersionLog
from units.queries import version_at
from units.states import ActState

LATER = date(2027, 1, 1)
pytestmark = pytest.mark.django_db


@contextmanager
def refused(name: str) -> Iterator[None]:
    """The database refuses, and its message names the constraint, trigger or right."""
    with pytest.raises(Error, match=name), transaction.atomic():  # noqa: PT012  deferred constraints speak at the end
        yield
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


@pytest.fixture
def act(land: Land) -> ReorgEvent:
    """A scheduled act of 1 January 2027 that has written nothing yet."""
    return scheduled(ActKind.MERGE, LATER)


def days(first: date, until: date | None = None) -> psycopg.types.range.DateRange:
    return psycopg.types.range.DateRange(first, until)


def version(act: ReorgEvent, unit: Unit, first: date, until: date | None = None, **fields: object) -> UnitVersion:
    """Another version of the unit, as its last one, saved."""
    last = UnitVersion.objects.filter(unit=unit).latest("valid")
    values = {"name": last.name, "type": last.type, "parent_id": last.parent_id, "path": last.path} | fields
    closed_by = act if until else None
    return UnitVersion.objects.create(
        unit=unit, valid=days(first, until), event=act, closed_by=closed_by, recorded_at=NOW, **values
    )


def code(unit: Unit, text: str, first: date, until: date | None = None, **fields: object) -> UnitCode:
    values = {"scheme": "nso", "level": unit.level, "code": text, "valid": days(first, until)} | fields
    return UnitCode.objects.create(unit=unit, **values)


def test_two_versions_of_a_unit_on_one_day(land: Land, act: ReorgEvent) -> None:
    with refused("unit_version_no_overlap"):
        version(act, land.new("00001"), LATER)


def test_the_same_code_twice_on_one_day(land: Land, act: ReorgEvent) -> None:
    with refused("unit_code_once"):
        code(land.new("00001"), "00004", LATER)


def test_the_same_code_at_another_time_is_accepted(land: Land, act: ReorgEvent) -> None:
    assert land.old("00001") != land.new("00001")
    code(land.new("00001"), "00003", LATER)


def test_the_same_code_in_another_scheme_or_on_another_level_is_accepted(land: Land, act: ReorgEvent) -> None:
    code(land.new("00001"), "00004", LATER, scheme="axis")
    code(land.new("11"), "00004", LATER)
    assert UnitCode.objects.filter(code="00004", valid__contains=LATER).count() >= 3


def test_a_code_on_a_level_other_than_that_of_its_unit(land: Land, act: ReorgEvent) -> None:
    with refused("unit_code_unit_level"):
        code(land.new("00001"), "99", LATER, level="province")


def test_ending_a_province_while_communes_point_to_it(land: Land, act: ReorgEvent) -> None:
    province = UnitVersion.objects.filter(unit=land.new("11"), valid__contains=TODAY)
    with refused("unit_version_parent_alive"):
        province.update(valid=days(BEFORE, LATER), closed_by=act)


def test_a_child_that_outlives_its_parent(land: Land, act: ReorgEvent) -> None:
    child = Unit.objects.create(level="commune", created_by_event=act)
    old_district = version_at(land.old("001").pk, BEFORE)
    with refused("unit_version_parent_alive"):
        UnitVersion.objects.create(
            unit=child, name="Mới", type="xa", parent_id=old_district.unit_id, path=f"{old_district.path}.{child.pk}",
            valid=days(BEFORE), event=act, recorded_at=NOW,
        )  # fmt: skip


def test_a_commune_of_before_under_its_old_province_after_the_reform(land: Land, act: ReorgEvent) -> None:
    with refused("unit_version_parent_alive"):
        version(act, land.old("00002"), LATER, parent_id=land.old("01").pk)


def test_an_unknown_parent(land: Land, act: ReorgEvent) -> None:
    with refused("unit_version_parent_alive"):
        version(act, land.old("00002"), LATER, parent_id=9999999)


def test_two_defaults_for_one_old_unit(land: Land, act: ReorgEvent) -> None:
    old, new = land.new("00001"), [land.new("00004"), land.new("00005")]
    edges = [Succession(event=act, old=old, new=each, kind=Share.PART, is_default=True) for each in new]
    with refused("succession_one_default"):
        Succession.objects.bulk_create(edges)


def test_a_unit_that_succeeds_itself(land: Land, act: ReorgEvent) -> None:
    unit = land.new("00001")
    with refused("succession_to_another"):
        Succession.objects.create(event=act, old=unit, new=unit, kind=Share.WHOLE)


@pytest.mark.parametrize("state", [ActState.SIGNED, ActState.SCHEDULED, ActState.EFFECTIVE, ActState.CORRECTED])
def test_an_act_without_its_file(state: ActState) -> None:
    with refused("reorg_event_has_file"):
        ReorgEvent.objects.create(
            kind=ActKind.MERGE, legal_no="9/NQ", legal_date=TODAY, effective_on=LATER, title="Không tệp", state=state
        )


def test_an_empty_span_of_days(land: Land, act: ReorgEvent) -> None:
    with refused("unit_version_valid"):
        version(act, land.old("00002"), LATER, LATER)


def test_rows_of_an_act_that_took_effect_already(land: Land) -> None:
    done = ReorgEvent.objects.get(legal_no="3/NQ")
    with refused("no signed or scheduled act stands behind"):
        Unit.objects.create(level="commune", created_by_event=done)
    with refused("no signed or scheduled act stands behind"):
        version(done, land.old("02"), CITY)
    with refused("no signed or scheduled act stands behind"):
        Succession.objects.create(event=done, old=land.old("00002"), new=land.new("00004"), kind=Share.PART)
    with refused("no signed or scheduled act stands behind"):
        code(land.new("00004"), "00077", CITY)


def test_a_code_from_a_day_on_which_no_act_takes_effect(land: Land, act: ReorgEvent) -> None:
    with refused("no signed or scheduled act stands behind"):
        code(land.new("00001"), "00077", TODAY)


@pytest.mark.parametrize("change", [{"name": "Khác"}, {"type": "phuong"}, {"parent_id": None}, {"recorded_at": NOW}])
def test_rewriting_what_a_version_says(land: Land, change: dict[str, object]) -> None:
    with refused("permission denied"):
        UnitVersion.objects.filter(unit=land.new("00005")).update(**change)


def test_closing_a_version_twice_or_opening_it_again(land: Land, act: ReorgEvent) -> None:
    closed = UnitVersion.objects.filter(unit=land.old("00002"))
    for valid in (days(BEFORE), days(BEFORE, LATER), days(date(2025, 1, 1), REFORM)):
        with refused("only its open end may be closed"):
            closed.update(valid=valid, closed_by=act)


def test_closing_on_a_day_on_which_its_act_takes_no_effect(land: Land, act: ReorgEvent) -> None:
    with refused("no signed or scheduled act ends"):
        UnitVersion.objects.filter(unit=land.new("00001"), closed_by=None).update(
            valid=days(CITY, TODAY), closed_by=act
        )


def test_closing_without_naming_the_act(land: Land, act: ReorgEvent) -> None:
    with refused("no signed or scheduled act ends"):
        UnitVersion.objects.filter(unit=land.new("00001"), closed_by=None).update(valid=days(CITY, LATER))


@pytest.mark.parametrize("model", [Unit, UnitVersion, UnitVersionLog, UnitCode, Succession, ReorgEvent])
def test_the_application_deletes_no_row(land: Land, model) -> None:
    with refused("permission denied"):
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("model", [Unit, Succession, UnitVersionLog])
def test_the_application_updates_no_row(land: Land, model) -> None:
    with refused("permission denied"):
        model.objects.update(id=1)


def test_changing_what_a_signed_act_says(land: Land, act: ReorgEvent) -> None:
    for change in ({"effective_on": TODAY}, {"legal_no": "0/NQ"}, {"kind": ActKind.SPLIT}, {"file_sha256": b"0" * 32}):
        with refused("it says what it says"):
            ReorgEvent.objects.filter(pk=act.pk).update(**change)


def test_changing_the_rows_of_an_act_in_force(land: Land) -> None:
    done = ReorgEvent.objects.get(legal_no="3/NQ")
    with refused("never changed"):
        done.changes.update(name="Khác")
    with refused("never changed"):
        done.changes.all()._raw_delete("default")


def test_an_act_that_moves_or_is_born_without_its_event(land: Land, act: ReorgEvent) -> None:
    with refused("without an event"):
        ReorgEvent.objects.filter(pk=act.pk).update(state=ActState.EFFECTIVE)
    with refused("without an event"):
        ReorgEvent.objects.create(
            kind=ActKind.MERGE, legal_no="9/NQ", legal_date=TODAY, effective_on=LATER, title="Không sự kiện"
        )


def test_two_acts_of_one_number(land: Land) -> None:
    with refused("reorg_event_once"):
        ReorgEvent.objects.create(
            kind=ActKind.RETYPE, legal_no="3/NQ", legal_date=TODAY, effective_on=LATER, title="Trùng số"
        )
