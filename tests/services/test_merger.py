"""A merger with dossiers at work, from its draft to its proof. Whoever comes after keeps what was closed before."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.timezone import localdate

from portal.isolation import Purpose, scope
from services.models import Dossier
from services.operations import reception
from services.reorganisation import Dossiers, Petitions
from tests.cast import Cast
from tests.services.build import Office
from tests.units.reorganising import DAY, DRAFTER, MIDNIGHT, NOW, head, run, scheduled
from units.handovers import Heir, Reorganisation, registered
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof
from units.operations import Result, Source, draft_act
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
