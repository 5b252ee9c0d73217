"""A correction: from the day of what it corrects, by one act, with what was believed before kept."""

from datetime import timedelta

import pytest

from portal.events.actors import System
from tests.units.land import TODAY, Land
from tests.units.reorganising import (
    DAY,
    MIDNIGHT,
    RUNNER,
    Somebody,
    draft,
    merger,
    put_down,
    run,
    scheduled,
    signed,
    tried,
)
from units.kinds import ActKind
from units.models import ReorgEvent, UnitVersionLog
from units.operations import (
    BadHead,
    BadRows,
    CorrectedOtherwise,
    Result,
    Source,
    deciding,
    run_due_acts,
)
from units.queries import history, successors, version_at
from units.states import ActState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]


class Asked(Somebody):
    """Somebody who may, and where they were asked for it."""

    def __init__(self) -> None:
        super().__init__()
        self.at: list[object] = []

    def has_perm(self, perm: str, obj: object = None) -> bool:
        self.at.append(obj)
        return True


def corrected(land: Land, wrong: ReorgEvent, results, sources) -> ReorgEvent:
    act = draft(land, results, sources, kind=ActKind.CORRECT, corrects=wrong.pk)
    return run(scheduled(act, now=MIDNIGHT), actor=RUNNER)


def test_a_correction_holds_from_the_day_of_what_it_corrects_and_keeps_what_was_believed(land: Land) -> None:
    wrong = run(scheduled(merger(land)))
    made = wrong.changes.get().unit_id
    sources = [Source(land.new("00001").pk, "X"), Source(land.new("00004").pk, "X")]
    right = corrected(land, wrong, [Result("X", "Đông An", "phuong", land.new("01").pk, unit_id=made)], sources)
    assert version_at(made, DAY).full_name == "Phường Đông An"
    assert ReorgEvent.objects.get(pk=wrong.pk).state == ActState.CORRECTED
    believed = UnitVersionLog.objects.get(unit_id=made)
    assert (believed.name, believed.replaced_by, believed.event) == ("An Đông", right, wrong)
    assert [row.unit_id for row in successors(land.new("00001").pk, TODAY, DAY)] == [made]
    assert history(made)[0].act == right


def test_a_correction_may_give_a_unit_its_life_back(land: Land) -> None:
    wrong = run(scheduled(merger(land)))
    made, old = wrong.changes.get().unit_id, land.new("00004").pk
    corrected(land, wrong, [], [Source(made, land.new("00001").pk)])
    assert version_at(old, DAY).full_name == "Xã Đông"
    assert version_at(made, DAY) is None
    assert successors(made, DAY, DAY)[0].unit_id == land.new("00001").pk


def test_of_two_corrections_the_first_that_is_scheduled_counts(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = run(scheduled(merger(land)))
    made = wrong.changes.get().unit_id
    sources = [Source(made, land.new("00001").pk)]
    first, second, third = (draft(land, [], sources, kind=ActKind.CORRECT, corrects=wrong.pk) for _ in range(3))
    for each in (first, second, third):
        tried(each, now=MIDNIGHT)
        signed(each, now=MIDNIGHT)
    put_down(first, now=MIDNIGHT)
    with pytest.raises(CorrectedOtherwise, match=first.legal_no):
        put_down(second, now=MIDNIGHT)
    monkeypatch.setattr(deciding, "check_not_corrected", lambda *_acts: None)  # scheduled in the same moment
    put_down(third, now=MIDNIGHT + timedelta(seconds=1))
    ran = {each.legal_no: each.trouble for each in run_due_acts(actor=System.REORGANISATION, now=MIDNIGHT)}
    assert ran[first.legal_no] == ""
    assert "không được điều chỉnh lần thứ hai" in ran[third.legal_no]
    assert ReorgEvent.objects.get(pk=third.pk).trouble == ran[third.legal_no]


def test_a_correction_is_drafted_by_whoever_may_where_the_act_lies(land: Land) -> None:
    wrong = run(scheduled(merger(land)))
    asked = Asked()
    draft(land, kind=ActKind.CORRECT, corrects=wrong.pk, unit_id=land.new("11").pk, actor=asked)
    assert asked.at == [wrong.unit_id]


def test_a_correction_says_what_becomes_of_every_unit_that_was_made(land: Land) -> None:
    wrong = run(scheduled(merger(land)))
    act = draft(land, [Result("Y", "Khác", "xa", land.new("01").pk)], kind=ActKind.CORRECT, corrects=wrong.pk)
    with pytest.raises(BadRows) as refused:
        tried(act, now=MIDNIGHT)
    assert [problem.code for problem in refused.value.problems] == ["dropped"]


def test_only_an_act_in_force_is_corrected(land: Land) -> None:
    for wrong in (merger(land), ReorgEvent.objects.get(legal_no="1/NQ")):
        with pytest.raises(BadHead):
            draft(land, kind=ActKind.CORRECT, corrects=wrong.pk)
