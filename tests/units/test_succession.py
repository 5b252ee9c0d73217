"""Old unit to new unit, over any number of acts.

The model keeps each unit as a set of hamlets; the database knows edges only.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.units.acts import scheduled
from tests.units.land import BEFORE, NOW, REFORM, TODAY, Land, load_land
from units.kinds import ActKind, Share
from units.models import Succession, Unit, UnitVersion
from units.queries import predecessors, predecessors_of_many, sources, successors, successors_of_many

pytestmark = pytest.mark.django_db
HAMLETS = 6


def told(found) -> list[tuple[str, str]]:
    return [(each.full_name, each.kind) for each in found]


def test_a_unit_that_lives_is_itself(land: Land) -> None:
    unit = land.new("00001")
    assert told(successors(unit.pk, REFORM, TODAY)) == [("Phường An", "whole")]
    assert told(successors(unit.pk, TODAY, REFORM)) == [("Xã An", "whole")]


def test_a_merged_unit_is_wholly_its_successor(land: Land) -> None:
    found = successors(land.old("00002").pk, BEFORE, TODAY)
    assert told(found) == [("Phường An", "whole")]
    assert (found[0].code, found[0].parent_code, found[0].parent_name) == ("00001", "01", "Thành phố Thủy")


def test_a_split_unit_has_all_its_parts_and_one_hint(land: Land) -> None:
    found = successors(land.old("00003").pk, BEFORE, TODAY)
    assert told(found) == [("Phường An", "part"), ("Xã Đông", "part")]
    assert [each.is_default for each in found] == [True, False]


def test_a_district_ended_without_successor(land: Land) -> None:
    assert successors(land.old("001").pk, BEFORE, TODAY) == []


def test_seen_on_an_earlier_day_a_unit_is_what_went_into_it(land: Land) -> None:
    unit = land.new("00004")
    wanted = [("Xã Chung", "part"), ("Thị trấn Đông", "whole")]
    assert told(predecessors(unit.pk, BEFORE)) == wanted
    assert told(successors(unit.pk, TODAY, BEFORE)) == wanted


def test_the_sources_of_a_province_are_all_that_went_into_it(land: Land) -> None:
    assert set(sources(land.new("01").pk)) == {land.new("01").pk, land.old("01").pk, land.old("02").pk}


def test_any_number_of_units_is_one_statement(land: Land, django_assert_num_queries) -> None:
    units = list(Unit.objects.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert set(successors_of_many(units, TODAY)) == set(units)


@dataclass
class Model:
    """What is true: which hamlets each unit has, and from when until when it lives."""

    hamlets: dict[int, frozenset[int]] = field(default_factory=dict)
    lives: dict[int, tuple[date, date | None]] = field(default_factory=dict)
    edges: list[tuple[int, int]] = field(default_factory=list)

    def alive(self, on: date) -> set[int]:
        return {unit for unit, (first, until) in self.lives.items() if first <= on and (until is None or on < until)}

    def after(self, unit: int, on: date) -> set[int]:
        return {other for other in self.alive(on) if self.hamlets[other] & self.hamlets[unit]}


class Builder:
    """Writes units of hamlets below the province 11 of the small land, act by act."""

    def __init__(self, land: Land) -> None:
        self.province = UnitVersion.objects.get(unit=land.new("11"), valid__contains=TODAY)
        self.model = Model()
        self.names = count(1)

    def found(self, act, sets: list[frozenset[int]]) -> list[int]:
        made = []
        for hamlets in sets:
            unit = Unit.objects.create(level="commune", created_by_event=act)
            UnitVersion.objects.create(
                unit=unit, name=f"Thử {next(self.names)}", type="xa", parent_id=self.province.unit_id,
                path=f"{self.province.path}.{unit.pk}", valid=(act.effective_on, None), event=act, recorded_at=NOW,
            )  # fmt: skip
            self.model.hamlets[unit.pk], self.model.lives[unit.pk] = hamlets, (act.effective_on, None)
            made.append(unit.pk)
        return made

    def rearrange(self, act, old: set[int], sets: list[frozenset[int]]) -> None:
        """The old units end, and their hamlets are dealt out to new ones."""
        for unit in old:
            self.model.lives[unit] = (self.model.lives[unit][0], act.effective_on)
            UnitVersion.objects.filter(unit_id=unit).update(
                valid=(self.model.lives[unit][0], act.effective_on), closed_by=act
            )
        for new in self.found(act, sets):
            for unit in sorted(old):
                if shared := self.model.hamlets[unit] & self.model.hamlets[new]:
                    share = Share.WHOLE if shared == self.model.hamlets[unit] else Share.PART
                    Succession.objects.create(event=act, old_id=unit, new_id=new, kind=share)
                    self.model.edges.append((unit, new))


groupings = st.lists(st.integers(0, 2), min_size=HAMLETS, max_size=HAMLETS)
histories = st.lists(st.tuples(st.sets(st.integers(0, HAMLETS - 1), min_size=1), groupings), min_size=1, max_size=4)


def dealt(hamlets: set[int], groups: list[int]) -> list[frozenset[int]]:
    sets = [frozenset(each for each in hamlets if groups[each] == group) for group in set(groups)]
    return [each for each in sets if each]


def build(history) -> tuple[Model, list[date]]:
    builder, day = Builder(load_land()), date(2027, 1, 1)
    act = scheduled(ActKind.CREATE, day)
    builder.found(act, [frozenset({0, 1}), frozenset({2}), frozenset({3, 4, 5})])
    days = [day]
    for touched, groups in history:
        day += timedelta(days=30)
        act = scheduled(ActKind.MERGE, day)
        old = {unit for unit in builder.model.alive(days[-1]) if builder.model.hamlets[unit] & touched}
        hamlets = set().union(*(builder.model.hamlets[unit] for unit in old))
        builder.rearrange(act, old, dealt(hamlets, groups))
        days.append(day)
    return builder.model, days


@given(histories)
def test_over_any_history_nobody_is_lost_and_whole_means_whole(history) -> None:
    with transaction.atomic():
        model, days = build(history)
        for on in days:
            born = [unit for unit, (first, _) in model.lives.items() if first <= on]
            for unit, found in successors_of_many(born, on).items():
                reached = {each.unit_id: each.kind for each in found}
                assert set(reached) <= model.alive(on)
                assert model.after(unit, on) <= set(reached)
                if unit in model.alive(on):
                    assert reached == {unit: "whole"}
                for other, kind in reached.items():
                    if kind == "whole":
                        assert model.hamlets[unit] <= model.hamlets[other]
                if len(reached) == 1:
                    assert set(reached.values()) == {"whole"}
        transaction.set_rollback(True)


@given(histories)
def test_over_any_history_the_way_back_is_the_way_there_reversed(history) -> None:
    with transaction.atomic():
        model, days = build(history)
        first, last = days[0], days[-1]
        there = successors_of_many(model.alive(first), last)
        back = predecessors_of_many(model.alive(last), first)
        forwards = {(unit, each.unit_id) for unit, found in there.items() for each in found}
        backwards = {(each.unit_id, unit) for unit, found in back.items() for each in found}
        assert forwards == backwards
        transaction.set_rollback(True)


def test_parts_that_come_together_again_are_whole(land: Land) -> None:
    builder = Builder(land)
    days = [date(2027, month, 1) for month in (1, 2, 3)]
    (unit,) = builder.found(scheduled(ActKind.CREATE, days[0]), [frozenset({0, 1})])
    builder.rearrange(scheduled(ActKind.SPLIT, days[1]), {unit}, [frozenset({0}), frozenset({1})])
    assert [each.kind for each in successors(unit, days[0], days[1])] == ["part", "part"]
    parts = builder.model.alive(days[1])
    builder.rearrange(scheduled(ActKind.MERGE, days[2]), parts, [frozenset({0, 1})])
    assert [each.kind for each in successors(unit, days[0], days[2])] == ["whole"]


def test_a_part_whose_rest_is_not_known_stays_a_part(land: Land) -> None:
    builder = Builder(land)
    days = [date(2027, month, 1) for month in (1, 2)]
    (unit,) = builder.found(scheduled(ActKind.CREATE, days[0]), [frozenset({0, 1})])
    builder.rearrange(scheduled(ActKind.SPLIT, days[1]), {unit}, [frozenset({0})])
    assert [each.kind for each in successors(unit, days[0], days[1])] == ["part"]
