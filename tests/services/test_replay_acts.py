"""The acts of the reform as the replay drafts them, on the land in miniature: the engine makes the same tree as the
files."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection

from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.replay import acts, sums
from services.replay.reform import Drafted
from tests.units.land import BEFORE, CITY, NOW, REFORM, small_country
from units.country import Country, Place
from units.handovers import registered
from units.operations import BadRows, load
from units.operations.rows import table_of
from units.operations.writing import judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """The land of 30 June without the province where nothing merges; its acts are still to come."""
    whole = small_country().part_of(["01"])
    load(country=whole.before_reform(), actor=System.COMMAND, now=acts.midnight(BEFORE))
    return whole


def units(on: date) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sums.UNITS, {"on": on})
        return set(cursor.fetchall())


def told(places: Iterable[Place]) -> set[tuple[str, ...]]:
    return {(place.level, place.code, place.name, place.type, place.parent) for place in places}


def taken(drafted: Drafted, on: date) -> acts.Run:
    one = acts.prepared(drafted, acts.midnight(BEFORE))
    acts.run(one, acts.midnight(on))
    return one


def test_before_the_reform_nothing_has_ended(country: Country) -> None:
    assert units(BEFORE) == {
        (place.level, place.code, place.name, place.type, place.parent) for place in country.legacy
    }
    assert units(REFORM) == units(BEFORE)


def test_one_act_for_each_province_makes_the_tree_of_the_files(country: Country) -> None:
    with registered():
        runs = [taken(drafted, REFORM) for drafted in acts.of_reform(country)]
        acts.prove_all(runs)
    assert units(REFORM) == told(country.reformed)
    assert [(run.legal_no, run.proven.findings) for run in runs] == [("1/NQ", [])]


def test_the_acts_of_later_years_change_names_and_types_alone(country: Country) -> None:
    with registered():
        for drafted in acts.of_reform(country):
            taken(drafted, REFORM)
        for day, listed in acts.days_of_2026(country).items():
            for act in listed:
                taken(acts.of_2026(act, country), day)
    assert ("commune", "00001", "An", "phuong", "01") in units(CITY)
    assert ("province", "01", "Thủy", "thanh_pho_truc_thuoc_trung_uong", "") in units(CITY)


def test_who_drafted_an_act_of_the_replay_does_not_sign_it() -> None:
    assert acts.DRAFTER.event_actor != acts.SIGNER.event_actor


def test_a_district_with_communes_left_below_it_does_not_end_in_a_merger(country: Country) -> None:
    first = next(iter(acts.of_reform(country)))
    given = {"head": first.head, "results": first.results, "sources": first.sources[:-1]}
    with scope(purpose=Purpose.REORGANISATION):
        act = acts.draft_act(**given, actor=acts.DRAFTER, now=acts.midnight(BEFORE))
        assert any(row.new_id is None for row in table_of(act).sources)
        with pytest.raises(BadRows):
            judged(act, NOW)
