"""An act from its draft to the day: who may do what, what is kept, what comes back."""

from datetime import date, timedelta

import pytest

from portal.events.models import Event
from portal.isolation import Purpose, scope
from tests.units.handing import Things
from tests.units.land import TODAY, Land
from tests.units.reorganising import (
    DAY,
    DRAFTER,
    MIDNIGHT,
    RUNNER,
    SIGNER,
    Somebody,
    draft,
    merger,
    put_down,
    revised,
    run,
    scheduled,
    signed,
    split,
    tried,
    withdrawn,
)
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent, Succession, UnitCode, UnitVersion, UnitVersionLog
from units.operations import (
    BadHead,
    Blocked,
    BuiltUpon,
    NotAllowed,
    NotAsSeen,
    Outdated,
    Result,
    SamePerson,
    Source,
    StandsThere,
    TooEarly,
    TooLate,
    WaitsFor,
    WrongState,
)
from units.queries import bearer, children, history, successors, version_at
from units.states import ActState, Capability

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]
EVE = DAY - timedelta(days=1)


def names(unit_id: int, on: date) -> list[str]:
    return [unit.full_name for unit in children(unit_id, on)]


def test_a_merger_is_drafted_simulated_signed_scheduled_and_takes_effect(land: Land) -> None:
    act = merger(land)
    assert act.state == ActState.DRAFT
    tried(act)
    assert signed(act).state == ActState.SIGNED
    assert put_down(act).state == ActState.SCHEDULED
    assert names(land.new("01").pk, EVE) == ["Phường An", "Xã Đông"]
    assert names(land.new("01").pk, DAY) == ["Phường An Đông"]
    assert run(act).state == ActState.EFFECTIVE
    (heir,) = successors(land.new("00001").pk, TODAY, DAY)
    assert (heir.full_name, heir.kind, heir.code) == ("Phường An Đông", "whole", "00099")
    assert [step.what for step in history(heir.unit_id)] == ["formed"]
    with scope(purpose=Purpose.OPERATIONS):
        told = list(Event.objects.filter(subject_id=str(act.pk)).order_by("pk").values_list("name", "before", "after"))
    assert [name.rsplit(".", 1)[1] for name, _, _ in told] == [
        "drafted", "simulated", "signed", "scheduled", "took_effect"
    ]  # fmt: skip


def test_codes_go_on_with_the_day(land: Land) -> None:
    act = scheduled(split(land))
    assert bearer("00004", EVE).pk == land.new("00004").pk
    assert version_at(bearer("00004", DAY).pk, DAY).full_name == "Xã Đông Nam"
    assert UnitCode.objects.filter(code="00009").get().valid.upper == DAY  # the alias ends with its unit
    assert act.successions.filter(is_default=True).count() == 1


def test_a_merger_of_provinces_takes_their_communes_along(land: Land) -> None:
    new = Result("P", "Thủy Đồi", "tinh", None, code="77")
    above = version_at(land.new("01").pk, TODAY).parent_id
    new = Result("P", "Thủy Đồi", "tinh", above, code="77")
    act = scheduled(draft(land, [new], [Source(land.new("01").pk, "P"), Source(land.new("11").pk, "P")]))
    made = bearer("77", DAY).pk
    assert names(made, DAY) == ["Phường An", "Xã Đông", "Xã Êm"]
    path = version_at(land.new("00005").pk, DAY).path
    assert path == f"{above}.{made}.{land.new('00005').pk}"
    assert version_at(land.new("00005").pk, EVE).path != path
    assert UnitVersion.objects.filter(event=act).count() == 4


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        (ActKind.RENAME, {"name": "Biển"}, "Xã Biển"),
        (ActKind.RETYPE, {"type": "phuong"}, "Phường Đông"),
        (ActKind.TRANSFER, {"parent": "11"}, "Xã Đông"),
    ],
)
def test_name_type_and_parent_change_and_the_unit_stays(land: Land, kind: ActKind, change, expected: str) -> None:
    unit = land.new("00004")
    if "parent" in change:
        change = {"parent": land.new("11").pk}
    row = Result(**{"key": "X", "name": "Đông", "type": "xa", "unit_id": unit.pk} | change)
    run(scheduled(draft(land, [row], kind=kind)))
    version = version_at(unit.pk, DAY)
    assert version.full_name == expected
    assert version.parent_id == change.get("parent", land.new("01").pk)
    assert not Succession.objects.filter(event__effective_on=DAY).exists()


def test_a_boundary_changes_no_unit(land: Land) -> None:
    pair = [Source(land.new("00001").pk, land.new("00004").pk, "boundary")]
    run(scheduled(draft(land, sources=pair, kind=ActKind.BOUNDARY)))
    assert names(land.new("01").pk, DAY) == ["Phường An", "Xã Đông"]
    assert successors(land.new("00001").pk, TODAY, DAY)[0].unit_id == land.new("00001").pk


def test_a_new_unit_and_an_abolished_one(land: Land) -> None:
    made = draft(land, [Result("X", "Mới", "dac_khu", land.new("11").pk)], kind=ActKind.CREATE)
    gone = draft(land, sources=[Source(land.new("00004").pk)], kind=ActKind.ABOLISH)
    run(scheduled(made))
    run(scheduled(gone))
    assert names(land.new("11").pk, DAY) == ["Xã Êm", "Đặc khu Mới"]
    assert names(land.new("01").pk, DAY) == ["Phường An"]
    assert successors(land.new("00004").pk, TODAY, DAY) == []


def test_other_rows_send_a_simulated_act_back_into_drafting(land: Land) -> None:
    act = merger(land)
    tried(act)
    ids = dict(act.changes.values_list("key", "unit_id"))
    above = land.new("01").pk
    sources = [Source(land.new("00001").pk, "X"), Source(land.new("00004").pk, "X")]
    again = revised(act, [Result("X", "Đông An", "xa", above)], sources)
    assert again.state == ActState.DRAFT
    assert dict(again.changes.values_list("key", "unit_id")) == ids
    with pytest.raises(WrongState):
        signed(act)


def test_a_signed_act_keeps_its_rows(land: Land) -> None:
    act = merger(land)
    tried(act)
    signed(act)
    with pytest.raises(WrongState):
        revised(act)


def test_who_drafted_does_not_sign_and_who_signed_does_not_run(land: Land) -> None:
    act = merger(land)
    tried(act)
    with pytest.raises(SamePerson):
        signed(act, actor=DRAFTER)
    signed(act)
    put_down(act)
    with pytest.raises(SamePerson):
        run(act, actor=SIGNER)
    assert run(act, actor=RUNNER).state == ActState.EFFECTIVE


def test_a_second_author_does_not_sign_either(land: Land) -> None:
    act = merger(land)
    sources = [Source(land.new("00001").pk, "X"), Source(land.new("00004").pk, "X")]
    revised(act, [Result("X", "Đông An", "xa", land.new("01").pk)], sources, actor=SIGNER)
    tried(act)
    with pytest.raises(SamePerson):
        signed(act)


@pytest.mark.parametrize("capability", [Capability.DRAFT, Capability.SIGN, Capability.RUN])
def test_every_step_needs_its_right(land: Land, capability: Capability) -> None:
    who = Somebody(without=capability)
    if capability == Capability.DRAFT:
        with pytest.raises(NotAllowed):
            merger(land, actor=who)
        with pytest.raises(NotAllowed):
            tried(merger(land), actor=who)
        with pytest.raises(NotAllowed):
            revised(merger(land), actor=who)
        return
    act = merger(land)
    tried(act)
    if capability == Capability.SIGN:
        for step in (signed, put_down, withdrawn):
            with pytest.raises(NotAllowed):
                step(act, actor=who)
        return
    signed(act)
    put_down(act)
    with pytest.raises(NotAllowed):
        run(act, actor=who)


def test_two_people_at_the_same_time(land: Land) -> None:
    act = merger(land)
    revised(act, expected=1)
    with pytest.raises(Outdated) as refused:
        revised(act, expected=1)
    assert refused.value.revision == 2


def test_what_is_signed_is_what_was_seen(land: Land) -> None:
    act = merger(land)
    tried(act)
    with pytest.raises(NotAsSeen):
        signed(act, seen=bytes(32))


def test_nobody_signs_without_the_file(land: Land) -> None:
    act = merger(land, file_sha256=None)
    tried(act)
    with pytest.raises(Blocked):
        signed(act)


def test_a_day_that_is_over_is_refused_at_every_step(land: Land) -> None:
    with pytest.raises(BadHead):
        merger(land, effective_on=TODAY - timedelta(days=1))
    act = merger(land)
    tried(act)
    after = MIDNIGHT + timedelta(days=1)
    with pytest.raises(TooLate):
        signed(act, now=after)
    signed(act)
    with pytest.raises(TooLate):
        put_down(act, now=after)


def test_it_does_not_run_before_its_day(land: Land) -> None:
    act = scheduled(merger(land))
    with pytest.raises(TooEarly):
        run(act, now=MIDNIGHT - timedelta(minutes=1))


def test_the_same_number_and_kind_twice(land: Land) -> None:
    first = merger(land)
    with pytest.raises(BadHead, match=first.legal_no):
        merger(land, legal_no=first.legal_no)
    withdrawn(first)
    merger(land, legal_no=first.legal_no)


def test_a_withdrawn_act_leaves_the_tree_as_it_was_and_a_log(land: Land) -> None:
    before = list(UnitVersion.objects.order_by("pk").values())
    codes = list(UnitCode.objects.order_by("pk").values())
    act = scheduled(merger(land))
    assert withdrawn(act).state == ActState.WITHDRAWN
    assert list(UnitVersion.objects.order_by("pk").values()) == before
    assert list(UnitCode.objects.order_by("pk").values()) == codes
    assert UnitVersionLog.objects.filter(replaced_by=act).count() == 3
    assert successors(land.new("00001").pk, TODAY, DAY)[0].unit_id == land.new("00001").pk


def test_an_act_in_force_is_not_withdrawn(land: Land) -> None:
    act = scheduled(merger(land))
    with pytest.raises(TooLate):
        withdrawn(act, now=MIDNIGHT)
    run(act)
    with pytest.raises(WrongState):
        withdrawn(act, now=MIDNIGHT)


def test_an_act_that_is_held_up_is_withdrawn_after_its_day_while_nothing_stands_at_what_it_makes(land: Land) -> None:
    act = scheduled(merger(land))
    made = act.changes.get().unit_id
    ReorgEvent.objects.filter(pk=act.pk).update(trouble="hồ sơ còn mở")
    things = Things()
    with registered(things):
        thing = things.add(made)
        with pytest.raises(StandsThere, match="Phường An Đông"):
            withdrawn(act, now=MIDNIGHT)
        things.close(thing)
    assert withdrawn(act, now=MIDNIGHT).state == ActState.WITHDRAWN
    assert version_at(land.new("00001").pk, DAY) is not None


def test_an_act_is_not_withdrawn_while_somebody_is_appointed_where_it_would_make_a_unit(land: Land) -> None:
    act = scheduled(merger(land))
    things = Things()
    things.add(act.changes.get().unit_id)
    with registered(things), pytest.raises(StandsThere):
        withdrawn(act)
    assert ReorgEvent.objects.get(pk=act.pk).state == ActState.SCHEDULED


def test_a_code_that_was_given_away_since_is_named_instead_of_given_twice(land: Land) -> None:
    first = scheduled(merger(land))
    again = [Result("Z", "Bãi", "xa", land.new("01").pk, code="00004")]
    second = scheduled(draft(land, again, kind=ActKind.CREATE))
    with pytest.raises(BuiltUpon, match=second.legal_no):
        withdrawn(first)
    withdrawn(second)
    assert withdrawn(first).state == ActState.WITHDRAWN


def test_acts_of_one_day_build_on_one_another_in_the_order_in_which_they_were_scheduled(land: Land) -> None:
    above = version_at(land.new("01").pk, TODAY).parent_id
    first = scheduled(draft(land, [Result("P", "Đảo", "tinh", above)], kind=ActKind.CREATE))
    province = first.changes.get().unit_id
    second = scheduled(draft(land, [Result("C", "Cù Lao", "dac_khu", province)], kind=ActKind.CREATE))
    with pytest.raises(WaitsFor, match=first.legal_no):
        run(second)
    with pytest.raises(BuiltUpon, match=second.legal_no):
        withdrawn(first)
    run(first)
    run(second)
    assert names(province, DAY) == ["Đặc khu Cù Lao"]


def test_a_later_act_builds_on_one_that_is_only_scheduled(land: Land) -> None:
    first = scheduled(merger(land))
    made = first.changes.get().unit_id
    later = DAY + timedelta(days=30)
    row = Result("X", "Biển Đông", "phuong", unit_id=made)
    second = scheduled(draft(land, [row], kind=ActKind.RENAME, effective_on=later))
    assert version_at(made, later).full_name == "Phường Biển Đông"
    with pytest.raises(BuiltUpon):
        withdrawn(first)
    withdrawn(second)
    withdrawn(first)
