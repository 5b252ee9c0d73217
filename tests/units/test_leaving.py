"""Units that end while something still waits there: nothing is left with a unit that is no more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests.units.handing import Things
from tests.units.land import TODAY, Land
from tests.units.reorganising import (
    DAY,
    MIDNIGHT,
    Somebody,
    draft,
    put_down,
    root,
    run,
    scheduled,
    signed,
    split,
    tried,
    withdrawn,
)
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent, UndecidedItem
from units.operations import (
    BadRows,
    DoesNotFit,
    OpenWork,
    Result,
    Source,
    begin_work_at,
    decide_item,
    run_due_acts,
)
from units.queries import version_at
from units.queries.undecided import choices_of
from units.states import ActState

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(land: Land) -> Iterator[Things]:
    made = Things()
    with registered(made):
        yield made


def end_of(land: Land, code: str = "00005", **fields: object) -> ReorgEvent:
    return draft(land, sources=[Source(land.new(code).pk)], kind=ActKind.ABOLISH, **fields)


def codes(problem: pytest.ExceptionInfo[BadRows]) -> list[str]:
    return [row.code for row in problem.value.problems]


def test_a_unit_that_will_get_work_does_not_end_without_successor(land: Land, things: Things) -> None:
    scheduled(split(land, effective_on=DAY))
    south = ReorgEvent.objects.get(kind=ActKind.SPLIT).changes.get(key="S").unit_id
    later = draft(land, sources=[Source(south)], kind=ActKind.ABOLISH, effective_on=DAY + timedelta(days=1))
    with pytest.raises(BadRows) as problem:
        tried(later)
    assert codes(problem) == ["no-successor"]


def test_nothing_new_comes_to_a_unit_that_will_end_without_successor(land: Land, things: Things) -> None:
    ending, other = land.new("00005").pk, land.new("00001").pk
    act = scheduled(end_of(land))
    assert begin_work_at([ending, other], TODAY) == [ending]
    withdrawn(act)
    assert begin_work_at([ending, other], TODAY) == []


def test_work_still_comes_to_a_unit_that_has_a_successor(land: Land, things: Things) -> None:
    ending = land.new("00005").pk
    scheduled(draft(land, sources=[Source(ending, land.new("00001").pk)], kind=ActKind.ABOLISH))
    assert begin_work_at([ending], TODAY) == []
    assert begin_work_at([ending], DAY) == [ending]


def test_what_came_after_the_signature_keeps_an_end_without_successor_from_the_schedule(
    land: Land, things: Things
) -> None:
    act = end_of(land)
    tried(act)
    signed(act)
    things.add(land.new("00005").pk)
    with pytest.raises(OpenWork, match=r"1 việc tại Xã Êm\."):
        put_down(act)
    act.refresh_from_db()
    assert act.state == ActState.SIGNED
    assert version_at(land.new("00005").pk, DAY) is not None


def test_what_slipped_in_holds_the_act_up_until_it_is_closed(land: Land, things: Things) -> None:
    act = scheduled(end_of(land))
    thing = things.add(land.new("00005").pk)
    (ran,) = run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT)
    assert ran.trouble
    act.refresh_from_db()
    assert act.state == ActState.SCHEDULED
    things.close(thing)
    (ran,) = run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT)
    assert not ran.trouble


def test_a_question_follows_when_the_unit_that_keeps_the_thing_ends(land: Land, things: Things) -> None:
    thing = things.add(land.new("00004").pk)
    act = scheduled(split(land))
    run(act)
    unit = dict(act.changes.values_list("key", "unit_id"))
    next_day = MIDNIGHT + timedelta(days=1)
    merger = draft(
        land,
        [Result("M", "Nam An", "xa", land.new("01").pk)],
        [Source(unit["S"], "M"), Source(land.new("00001").pk, "M")],
        effective_on=DAY + timedelta(days=1),
    )
    run(scheduled(merger, now=MIDNIGHT), now=next_day)
    made = merger.changes.get(key="M").unit_id
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get()
        choices = choices_of([(act.pk, item.from_unit_id)], DAY + timedelta(days=1))[act.pk, item.from_unit_id]
        assert (item.held_by_id, [heir.unit_id for heir in choices.heirs]) == (made, [unit["N"], made])
        with pytest.raises(DoesNotFit):
            decide_item(item_id=item.pk, to_unit=unit["S"], actor=Somebody(), now=next_day)
        decide_item(item_id=item.pk, to_unit=unit["N"], actor=Somebody(), now=next_day)
    assert things.where()[thing] == unit["N"]


def test_nobody_moves_below_a_unit_that_another_act_ends_later(land: Land, things: Things) -> None:
    scheduled(
        draft(
            land,
            [Result("P", "Thủy Đồi", "tinh", root(land))],
            [Source(land.new("01").pk, "P"), Source(land.new("11").pk, "P")],
            effective_on=DAY + timedelta(days=2),
        )
    )
    below = Result("X", "Mới", "xa", land.new("11").pk)
    with pytest.raises(BadRows) as problem:
        tried(draft(land, [below], kind=ActKind.CREATE))
    assert codes(problem) == ["parent"]
