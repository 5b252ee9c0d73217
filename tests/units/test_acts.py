"""Acts: entering one, letting it take effect, confirming its day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.events import record
from portal.events.actors import System
from portal.events.models import Event
from portal.isolation import Purpose, scope
from tests.units.acts import scheduled
from tests.units.land import BEFORE, CITY, NOW, REFORM, TODAY, Land
from units.events import Fact
from units.kinds import ActKind
from units.models import ReorgEvent, Succession, UnitCode, UnitVersion
from units.operations import (
    Change,
    DoesNotFit,
    NotAllowed,
    OtherDay,
    TooEarly,
    WrongState,
    confirm_effective_day,
    enter_act,
    take_effect,
)
from units.queries import ancestors, children, history, version_at
from units.states import TRANSITIONS, Action, ActState, Capability

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 1)
ON_THE_DAY = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Vietnam


class Person:
    event_actor = "user:00000000-0000-0000-0000-000000000001"

    def __init__(self, *capabilities: Capability) -> None:
        self.capabilities = capabilities
        self.asked: list[object] = []

    def has_perm(self, capability: str, unit: object = None) -> bool:
        self.asked.append(unit)
        return capability in self.capabilities


def ward(land: Land, code: str = "00004", on: date = LATER) -> ReorgEvent:
    unit = land.new(code)
    name = unit.versions.latest("valid").name
    return scheduled(ActKind.RETYPE, on, [Change(unit.pk, name, "phuong")])


def run(act: ReorgEvent, *, actor=System.REORGANISATION, now: datetime = ON_THE_DAY) -> ReorgEvent:
    with scope(purpose=Purpose.REORGANISATION):
        return take_effect(act_id=act.pk, actor=actor, now=now)


def test_the_acts_of_2026_change_name_and_type_and_nothing_else(land: Land) -> None:
    commune, province = land.new("00001"), land.new("01")
    assert version_at(commune.pk, CITY - timedelta(days=1)).full_name == "Xã An"
    assert version_at(commune.pk, CITY).full_name == "Phường An"
    assert version_at(province.pk, CITY).full_name == "Thành phố Thủy"
    assert [unit.unit_id for unit in ancestors(commune.pk, TODAY)][1:] == [province.pk]
    assert UnitCode.objects.filter(unit=commune).count() == 1
    assert not Succession.objects.filter(event__legal_no="3/NQ").exists()


def test_versions_are_adjacent_and_children_are_left_alone(land: Land) -> None:
    province, child = land.new("01"), land.new("00004")
    spans = [(row.valid_from, row.valid_until) for row in UnitVersion.objects.filter(unit=province).order_by("valid")]
    assert spans == [(REFORM, CITY), (CITY, None)]
    assert UnitVersion.objects.filter(unit=child).count() == 1
    assert child.pk in {unit.unit_id for unit in children(province.pk, CITY)}


def test_a_scheduled_act_answers_for_days_to_come(land: Land) -> None:
    ward(land)
    unit = land.new("00004")
    assert version_at(unit.pk, LATER - timedelta(days=1)).full_name == "Xã Đông"
    assert version_at(unit.pk, LATER).full_name == "Phường Đông"
    assert history(unit.pk)[-1].act.state == ActState.SCHEDULED


def test_it_takes_effect_at_midnight_in_vietnam_and_tells_so(land: Land) -> None:
    act = run(ward(land))
    assert ReorgEvent.objects.get(pk=act.pk).state == ActState.EFFECTIVE
    with scope(purpose=Purpose.OPERATIONS):
        event = Event.objects.get(name=Fact.TOOK_EFFECT, subject_id=str(act.pk))
    assert (event.before, event.after, event.unit_id) == ("scheduled", "effective", land.new("01").pk)
    assert event.facts == {"legal_no": act.legal_no, "effective_on": "2027-01-01", "changed": 1}


def test_a_minute_before_midnight_in_vietnam_is_too_early(land: Land) -> None:
    act = ward(land)
    with pytest.raises(TooEarly):
        run(act, now=ON_THE_DAY - timedelta(minutes=1))
    assert ReorgEvent.objects.get(pk=act.pk).state == ActState.SCHEDULED


def test_it_takes_effect_once(land: Land) -> None:
    act = run(ward(land))
    with pytest.raises(WrongState):
        run(act)


@pytest.mark.parametrize("state", [state for state in ActState if state != ActState.SCHEDULED])
def test_only_a_scheduled_act_takes_effect(land: Land, state: ActState) -> None:
    assert TRANSITIONS[Action.TAKE_EFFECT].sources == {ActState.SCHEDULED}
    act = ReorgEvent.objects.create(
        kind=ActKind.RETYPE, legal_no="7/NQ", legal_date=TODAY, effective_on=TODAY, title="-", file_sha256=bytes(32),
        state=state,
    )  # fmt: skip
    record(Fact.DRAFTED, subject=act, actor=System.REORGANISATION, unit=None, at=NOW, after=state)
    with pytest.raises(WrongState, match="không ở bước cho phép"):
        run(act)


def test_an_officer_without_the_capability_is_refused(land: Land) -> None:
    act, person = ward(land), Person(Capability.SIGN)
    with pytest.raises(NotAllowed, match="Cho việc sắp xếp đơn vị có hiệu lực"):
        run(act, actor=person)
    assert person.asked == [land.new("01").pk]


def test_an_officer_with_the_capability_at_the_province_may(land: Land) -> None:
    act = ward(land)
    assert run(act, actor=Person(Capability.RUN)).state == ActState.EFFECTIVE


def test_entering_needs_its_capability_and_leaves_nothing_behind(land: Land) -> None:
    with pytest.raises(NotAllowed):
        enter_act(
            kind=ActKind.RETYPE, legal_no="8/NQ", legal_date=TODAY, effective_on=LATER, confirmed=True, title="-",
            file_sha256=bytes(32), changes=[Change(land.new("00004").pk, "Đông", "phuong")], actor=Person(), now=NOW,
        )  # fmt: skip
    assert not ReorgEvent.objects.filter(legal_no="8/NQ").exists()


@pytest.mark.parametrize(
    ("unit", "name", "kind"),
    [("00004", "Đông", "xa"), ("00002", "Bình", "phuong")],
    ids=["has that name and type already", "ended before"],
)
def test_rows_that_do_not_fit_the_tree_are_refused_whole(land: Land, unit: str, name: str, kind: str) -> None:
    changes = [
        Change(land.old(unit).pk if unit == "00002" else land.new(unit).pk, name, kind),
        Change(land.new("00005").pk, "Êm", "phuong"),
    ]
    with pytest.raises(DoesNotFit, match="1 fit"):
        scheduled(ActKind.RETYPE, LATER, changes)
    assert version_at(land.new("00005").pk, LATER).type == "xa"


def test_a_second_change_of_the_same_unit_on_the_same_day_is_refused(land: Land) -> None:
    ward(land)
    with pytest.raises(DoesNotFit):
        scheduled(ActKind.RENAME, LATER, [Change(land.new("00004").pk, "Đông Hải", "phuong")])


def test_a_kind_that_rows_cannot_say_is_refused(land: Land) -> None:
    with pytest.raises(DoesNotFit, match="merge"):
        scheduled(ActKind.MERGE, LATER, [Change(land.new("00004").pk, "Đông Hải", "xa")])


def assumed(land: Land) -> ReorgEvent:
    act = ward(land)
    ReorgEvent.objects.filter(pk=act.pk).update(effective_on_confirmed=False, note="giả định")
    return act


def confirm(act: ReorgEvent, on: date, actor=System.REORGANISATION) -> ReorgEvent:
    with scope(purpose=Purpose.REORGANISATION):
        return confirm_effective_day(act_id=act.pk, effective_on=on, source="Công báo số 1", actor=actor, now=NOW)


def test_a_person_confirms_the_day_that_was_assumed(land: Land) -> None:
    act = confirm(assumed(land), LATER, Person(Capability.CONFIRM_DATE))
    assert ReorgEvent.objects.get(pk=act.pk).effective_on_confirmed
    with scope(purpose=Purpose.OPERATIONS):
        assert Event.objects.get(name=Fact.DATE_CONFIRMED).facts["source"] == "Công báo số 1"


def test_another_day_is_not_confirmed_but_needs_a_correcting_act(land: Land) -> None:
    act = assumed(land)
    with pytest.raises(OtherDay):
        confirm(act, BEFORE)
    assert not ReorgEvent.objects.get(pk=act.pk).effective_on_confirmed


def test_a_confirmed_day_is_not_confirmed_again(land: Land) -> None:
    act = confirm(assumed(land), LATER)
    with pytest.raises(WrongState):
        confirm(act, LATER)


def test_confirming_needs_its_capability(land: Land) -> None:
    with pytest.raises(NotAllowed):
        confirm(assumed(land), LATER, Person(Capability.SIGN))


def test_every_step_of_the_table_leads_somewhere_and_names_its_own_fact() -> None:
    assert set(TRANSITIONS) == set(Action)
    assert {step.target for step in TRANSITIONS.values()} == set(ActState)
    assert len({step.fact for step in TRANSITIONS.values()}) == len(Action)
    for step in TRANSITIONS.values():
        assert step.target not in step.sources
