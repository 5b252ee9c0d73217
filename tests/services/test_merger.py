"""A merger with dossiers at work, from its draft to its proof. Whoever comes after keeps what was closed before."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.timezone import localdate

from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Dossier, Handover
from services.operations import reception
from services.reorganisation import Dossiers, Petitions
from services.reorganisation.dossiers import _handed_over_by
from tests.cast import Cast
from tests.services.build import Office
from tests.units.reorganising import DAY, DRAFTER, MIDNIGHT, NOW, head, run, scheduled
from units.handovers import Heir, Reorganisation, registered
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof, UndecidedItem
from units.operations import Result, Source, decide_item, draft_act
from units.queries import above_now, below_ever, taken_over


@pytest.fixture(autouse=True)
def only_these() -> Any:
    with registered(Dossiers(), Petitions()):
        yield


def merger(people: Cast) -> ReorgEvent:
    """Home and its neighbour become one new ward."""
    new = Result("X", "An Đông", "phuong", people.province, code="00099")
    with scope(purpose=Purpose.REORGANISATION):
        return draft_act(
            head=replace(head(None, ActKind.MERGE)),  # type: ignore[arg-type]  # the root is the same in every land
            results=[new],
            sources=[Source(people.home, "X"), Source(people.neighbour, "X")],
            actor=DRAFTER,
            now=NOW,
        )


def heir(act: ReorgEvent) -> int:
    return int(act.successions.values_list("new", flat=True).distinct().get())


def test_a_merger_with_dossiers_at_work_proves_itself(office: Office) -> None:
    people = office.people
    act = merger(people)
    going = [office.processing(), office.accepted(), office.submitted()]
    ended = reception.refuse(
        dossier=office.submitted(), reason="Sai thẩm quyền", ground="Đ.17.1c",
        actor=people.desk_officer.user, now=office.tick(),
    )  # fmt: skip
    scheduled(act)
    run(act)
    new = heir(act)
    with scope(purpose=Purpose.REORGANISATION):
        moved = Dossier.objects.filter(pk__in=[one.pk for one in going])
        assert {one.responsible_unit_id for one in moved} == {new}
        assert Dossier.objects.get(pk=ended.pk).responsible_unit_id == people.home
        proof = ReorgProof.objects.get(event=act)
    assert proof.findings == []
    assert proof.holds


def test_what_is_closed_is_kept_by_the_new_unit(office: Office) -> None:
    people = office.people
    act = merger(people)
    assert taken_over([people.province], DAY) == set()
    scheduled(act)
    run(act)
    new = heir(act)
    assert taken_over([new], DAY) == {people.home, people.neighbour}
    assert taken_over([new], localdate(NOW)) == set()
    assert {people.home, people.neighbour, new} <= set(below_ever(people.province, DAY))
    assert {people.province, new} <= above_now(people.home, DAY)
    assert MIDNIGHT > NOW


def test_a_correction_judges_anew_what_the_wrong_act_handed_over(office: Office) -> None:
    people = office.people
    act = merger(people)
    dossier = office.processing()
    scheduled(act)
    run(act)
    right = Reorganisation(
        act.pk + 1, "correct", "99/NQ", DAY, {people.home: (Heir(people.elsewhere, "C", "whole"),)}, corrects=act.pk
    )
    with scope(purpose=Purpose.REORGANISATION):
        applied = Dossiers().apply(right, now=MIDNIGHT, actor=DRAFTER)
        again = Dossiers().apply(right, now=MIDNIGHT, actor=DRAFTER)
        moved = Dossier.objects.get(pk=dossier.pk)
    assert [(one.from_unit, one.to_unit) for one in applied.moves] == [(heir(act), people.elsewhere)]
    assert list(again.moves) == []
    assert (moved.responsible_unit_id, moved.code) == (people.elsewhere, dossier.code)


def test_a_dossier_that_a_person_placed_names_the_act_and_is_found_by_its_correction(office: Office) -> None:
    people = office.people
    dossier = office.processing()
    act, units = split_home(people)
    run(scheduled(act))
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get(subject_id=str(dossier.pk))
        decide_item(item_id=item.pk, to_unit=units["N"], actor=System.REORGANISATION, now=MIDNIGHT)
        rows = list(Handover.objects.filter(dossier=dossier).order_by("id").values_list("to_unit", "ground"))
        assert rows[-2:] == [(units["S"], act.legal_no), (units["N"], act.legal_no)]
        event = Event.objects.about("services.dossier", dossier.pk).filter(name="services.dossier.moved").latest("id")
        assert event.facts["legal_no"] == act.legal_no
        found = _handed_over_by(act, [people.home])
    assert found == {dossier.pk: people.home}


def split_home(people: Cast) -> tuple[ReorgEvent, dict[str, int]]:
    """Home becomes two wards, and no rule knows what goes where."""
    results = [
        Result("N", "An Bắc", "phuong", people.province, code="00098"),
        Result("S", "An Nam", "phuong", people.province, code="00099"),
    ]
    rule = {"villages": ["Nowhere"]}
    sources = [
        Source(people.home, "N", "part", rule=rule),
        Source(people.home, "S", "part", is_default=True, rule={"villages": ["Elsewhere"]}),
    ]
    with scope(purpose=Purpose.REORGANISATION):
        act = draft_act(
            head=replace(head(None, ActKind.SPLIT)),  # type: ignore[arg-type]  # the root is the same in every land
            results=results,
            sources=sources,
            actor=DRAFTER,
            now=NOW,
        )
    return act, dict(act.changes.values_list("key", "unit_id"))
