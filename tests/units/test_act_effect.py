"""Simulation, taking effect and proof, with an app that takes part."""

import hashlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests.units.handing import Things
from tests.units.land import Land
from tests.units.reorganising import DAY, MIDNIGHT, NOW, Somebody, draft, merger, run, scheduled, signed, split, tried
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof, ReorgSimulation, UndecidedItem
from units.operations import (
    Blocked,
    DoesNotFit,
    NotAllowed,
    Source,
    WrongState,
    compare,
    decide_item,
    prove,
    run_due_acts,
    simulate,
)
from units.queries import version_at
from units.states import ActState, Capability

pytestmark = pytest.mark.django_db
OWN = {"units_reorg_simulation", "units_reorg_event", "events_event", "events_delivery", "events_chainhead"}


@pytest.fixture
def things(land: Land):
    made = Things()
    with registered(made):
        yield made


def fill(land: Land, things: Things) -> dict[str, int]:
    an, dong = land.new("00001").pk, land.new("00004").pk
    return {
        "an": things.add(an), "north": things.add(dong, village="ấp 1"), "south": things.add(dong, village="Ấp 2"),
        "unknown": things.add(dong), "closed": things.add(dong, "closed"),
    }  # fmt: skip


def proof_of(act: ReorgEvent) -> ReorgProof:
    with scope(purpose=Purpose.REORGANISATION):
        return ReorgProof.objects.get(event=act)


def hashes() -> dict[str, str]:
    """Of all rows of all tables, but those in which a simulation itself is kept."""
    found = {}
    for table in sorted(set(connection.introspection.table_names()) - OWN):
        with connection.cursor() as cursor:
            cursor.execute(f'select coalesce(string_agg(t::text, chr(10) order by t::text), %s) from "{table}" t', [""])
            found[table] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
    return found


def test_a_simulation_says_what_moves_and_changes_nothing(land: Land, things: Things) -> None:
    fill(land, things)
    act = split(land)
    before = hashes()
    simulation = tried(act)
    assert hashes() == before
    dong = land.new("00004").pk
    assert [(row["what"], row["unit"], row["state"], row["number"]) for row in simulation.counts] == [
        ("thing", dong, "open", 3)
    ]
    assert [(row["old"], row["new_name"], row["share"], row["has_rule"]) for row in simulation.flows] == [
        (dong, "Xã Đông Bắc", "part", True), (dong, "Xã Đông Nam", "part", True)
    ]  # fmt: skip
    assert [(row["code"], row["number"], row["stops"]) for row in simulation.blockers] == [("no-code", 1, False)]


def test_a_handover_that_writes_in_its_preview_is_stopped_by_the_database(land: Land, things: Things) -> None:
    def preview(act):
        ReorgEvent.objects.filter(pk=act.act_id).update(note="!")

    things.preview = preview
    with pytest.raises(Exception, match="read-only"):
        tried(merger(land))


def test_two_simulations_are_compared(land: Land, things: Things) -> None:
    fill(land, things)
    act = merger(land)
    first = tried(act)
    things.add(land.new("00001").pk)
    things.blocked = {act.changes.get().unit_id}
    second = tried(act)
    assert (first.number, second.number) == (1, 2)
    changed = {(each.part, each.before, each.after) for each in compare(first, second)}
    assert changed == {("counts", 1, 2), ("blockers", 0, 1)}
    assert compare(second, second) == []


def test_what_is_in_the_way_stops_the_signature_until_it_is_cured(land: Land, things: Things) -> None:
    act = merger(land)
    things.blocked = {act.changes.get().unit_id}
    (blocker,) = tried(act).blockers
    assert (blocker["handover"], blocker["code"], blocker["stops"]) == ("tests.things", "not-ready", True)
    with pytest.raises(Blocked):
        signed(act)
    things.blocked = set()
    assert signed(act).state == ActState.SIGNED


def test_open_work_without_successor_is_in_the_way(land: Land, things: Things) -> None:
    ids = fill(land, things)
    act = draft(land, sources=[Source(land.new("00004").pk)], kind=ActKind.ABOLISH)
    (blocker,) = tried(act).blockers
    assert (blocker["code"], blocker["number"], blocker["unit"]) == ("no-successor", 3, land.new("00004").pk)
    with pytest.raises(Blocked):
        signed(act)
    assert ids


def test_open_work_goes_on_and_closed_work_stays(land: Land, things: Things) -> None:
    ids, act = fill(land, things), merger(land)
    scheduled(act)
    run(act)
    made = act.changes.get().unit_id
    where = things.where()
    assert {where[ids[name]] for name in ("an", "north", "south", "unknown")} == {made}
    assert where[ids["closed"]] == land.new("00004").pk
    proof = proof_of(act)
    assert proof.holds
    assert (sum(row["number"] for row in proof.before), sum(row["number"] for row in proof.after)) == (4, 4)
    assert sum(move["number"] for move in proof.moves) == 4


def test_rules_part_what_is_split_and_the_rest_waits_for_a_person(land: Land, things: Things) -> None:
    ids, act = fill(land, things), split(land)
    scheduled(act)
    run(act)
    unit = dict(act.changes.values_list("key", "unit_id"))
    where = things.where()
    assert [where[ids[name]] for name in ("north", "south", "unknown")] == [unit["N"], unit["S"], unit["S"]]
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get()
    assert (item.subject_id, item.held_by_id, item.handover) == (str(ids["unknown"]), unit["S"], "tests.things")
    assert item.due_at > MIDNIGHT + timedelta(days=4)
    with scope(purpose=Purpose.REORGANISATION):
        decide_item(item_id=item.pk, to_unit=unit["N"], actor=Somebody(), now=MIDNIGHT)
    assert things.where()[ids["unknown"]] == unit["N"]
    assert not UndecidedItem.objects.waiting().exists()


def test_deciding_needs_the_right_and_an_heir_of_the_unit(land: Land, things: Things) -> None:
    fill(land, things)
    act = split(land)
    scheduled(act)
    run(act)
    unit = dict(act.changes.values_list("key", "unit_id"))
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get()
        with pytest.raises(NotAllowed):
            decide_item(item_id=item.pk, to_unit=unit["N"], actor=Somebody(Capability.DECIDE), now=MIDNIGHT)
        with pytest.raises(DoesNotFit):
            decide_item(item_id=item.pk, to_unit=land.new("00005").pk, actor=Somebody(), now=MIDNIGHT)
        decide_item(item_id=item.pk, to_unit=unit["S"], actor=Somebody(), now=MIDNIGHT)
        with pytest.raises(WrongState):
            decide_item(item_id=item.pk, to_unit=unit["S"], actor=Somebody(), now=MIDNIGHT)


def test_acts_run_by_themselves_once(land: Land, things: Things) -> None:
    fill(land, things)
    act = scheduled(merger(land))
    assert run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT - timedelta(seconds=1)) == []
    (ran,) = run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT)
    assert (ran.act_id, ran.trouble) == (act.pk, "")
    before = things.where()
    assert run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT) == []
    assert things.where() == before


def test_what_stops_in_the_middle_leaves_nothing_and_the_next_run_finishes(
    land: Land, things: Things, caplog: pytest.LogCaptureFixture
) -> None:
    fill(land, things)
    act = scheduled(merger(land))
    before, things.fails = things.where(), True
    (ran,) = run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT)
    assert "Xin báo bộ phận vận hành" in ran.trouble
    assert "the machine stops here" not in ran.trouble  # nor what the exception is called
    assert "the machine stops here" in caplog.text
    assert things.where() == before
    held = ReorgEvent.objects.get(pk=act.pk)
    assert (held.state, held.trouble) == (ActState.SCHEDULED, ran.trouble)
    with pytest.raises(ReorgProof.DoesNotExist):
        proof_of(act)
    things.fails = False
    assert run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT + timedelta(minutes=1))[0].trouble == ""
    assert ReorgEvent.objects.get(pk=act.pk).trouble == ""


def test_work_that_is_left_behind_is_found(land: Land, things: Things, capsys) -> None:
    fill(land, things)
    act = scheduled(merger(land))
    things.lost = True
    run(act)
    proof = proof_of(act)
    assert not proof.holds
    assert {(row["code"], row["number"]) for row in proof.findings} == {
        ("left-behind", 1), ("left-behind", 3), ("astray", 1), ("astray", 3)
    }  # fmt: skip
    with pytest.raises(CommandError, match="does not add up"):
        call_command("prove_reorganisation", str(act.pk))
    assert "left-behind" in capsys.readouterr().out


def test_a_proof_is_asked_for_by_number_or_id(land: Land, things: Things, capsys) -> None:
    fill(land, things)
    act = scheduled(merger(land))
    with pytest.raises(CommandError, match="scheduled"):
        call_command("prove_reorganisation", act.legal_no)
    run(act)
    call_command("prove_reorganisation", act.legal_no)
    assert "adds up" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no act"):
        call_command("prove_reorganisation", "0/NQ")
    assert prove(ReorgEvent.objects.get(pk=act.pk)).holds


def test_something_lost_later_is_found_later(land: Land, things: Things) -> None:
    fill(land, things)
    act = run(scheduled(merger(land)))
    assert prove(act).holds
    things.add(land.new("00001").pk)
    assert [row["code"] for row in prove(act).findings] == ["astray"]


def test_figures_are_kept_for_their_unit_only(land: Land, things: Things) -> None:
    act = merger(land, unit_id=land.new("01").pk)
    simulation = tried(act)
    with scope(units=[land.new("11").pk]):
        assert not ReorgSimulation.objects.filter(pk=simulation.pk).exists()
    with scope(units=[land.new("01").pk]):
        assert ReorgSimulation.objects.filter(pk=simulation.pk).exists()


def test_a_simulation_is_made_in_the_scope_of_who_asks(land: Land, things: Things) -> None:
    act = merger(land, unit_id=land.new("01").pk)
    with scope(units=[land.new("01").pk, land.new("00001").pk, land.new("00004").pk]):
        assert simulate(act_id=act.pk, actor=Somebody(), now=NOW).number == 1
    assert version_at(land.new("00001").pk, DAY)
