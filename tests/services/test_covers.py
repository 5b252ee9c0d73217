"""Who acts while somebody is away: by date, with the decision, over and back, each step in its own transaction."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from portal.events import Event
from portal.isolation import scope
from services import covering
from services.errors import AlreadyCoveredError, BadCoverDaysError, CannotWorkError, NotAllowedError
from services.models import CoveredStep, Handover, LeaveCover, ProcedureVersion
from services.operations.covering import Leave, cover_step, end_cover, enter_cover
from services.operations.processing import assign_step, finish_step
from services.queries.covers import acting_for
from tests.cast import Cast, Member
from tests.services.build import Office
from tests.services.lists import acting

DECISION = "12/QĐ-UBND"


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


def entered(
    office: Office, *, days: tuple[int, int] = (0, 2), by: Member | None = None, cover: Member | None = None
) -> LeaveCover:
    """The specialist is away from today on; the vice-chair acts."""
    people, today = office.people, localdate(office.now)
    leave = Leave(today + timedelta(days=days[0]), today + timedelta(days=days[1]), DECISION, today)
    return enter_cover(
        absent=people.specialist.assignment,
        cover=(cover or people.vice_chair).assignment,
        leave=leave,
        actor=(by or people.leader).user,
        now=office.tick(),
    )


def later(office: Office, days: int) -> datetime:
    return office.now + timedelta(days=days)


def test_what_is_held_goes_over_and_comes_back_by_date(office: Office) -> None:
    held, free = office.processing(), office.accepted()
    entered(office)
    assert covering.go_over(now=office.tick()) == 1
    step = office.open_step(held)
    assert step.officer == office.people.vice_chair.user
    assert office.again(held).holder == office.people.vice_chair.user
    assert office.open_step(free).officer is None
    told = acting_for(step)
    assert told is not None
    assert (told.cover, told.absent, told.decision) == ("Giàng Thị Dợ", "Vàng Seo Páo", DECISION)
    paper = Handover.objects.filter(dossier=held).order_by("id").last()
    assert paper is not None
    assert (paper.ground, paper.to_officer) == (DECISION, office.people.vice_chair.user)
    assert covering.go_over(now=office.tick()) == 0, "once"
    assert covering.go_over(now=later(office, 3)) == 1
    assert office.open_step(held).officer == office.people.specialist.user
    names = ["services.work_item.covered", "services.work_item.given_back"]
    assert list(Event.objects.filter(name__in=names).order_by("id").values_list("name", flat=True)) == names


def test_before_its_first_day_nothing_moves(office: Office) -> None:
    held = office.processing()
    entered(office, days=(1, 2))
    assert covering.go_over(now=office.tick()) == 0
    assert covering.go_over(now=later(office, 1)) == 1
    assert office.open_step(held).officer == office.people.vice_chair.user


def test_ended_early_it_comes_back(office: Office) -> None:
    held, done, moved = office.processing(), office.processing(), office.processing()
    leave, people = entered(office), office.people
    assert covering.go_over(now=office.tick()) == 3
    acts = people.vice_chair.user
    finish_step(item=office.open_step(done), note="", actor=acts, now=office.tick())
    assign_step(item=office.open_step(moved), officer=people.leader.user, reason="x", actor=acts, now=office.tick())
    end_cover(leave=leave, actor=people.deputy.user, now=office.tick())
    end_cover(leave=leave, actor=people.deputy.user, now=office.tick())
    covering.go_over(now=office.tick())
    assert office.open_step(held).officer == people.specialist.user
    assert office.open_step(moved).officer == people.leader.user
    assert not CoveredStep.objects.filter(back_at=None).exists()
    assert Event.objects.filter(name="services.leave_cover.ended").count() == 1
    entered(office, days=(0, 1))


def test_one_step_that_fails_keeps_no_other_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = office.processing(), office.processing()
    entered(office)
    broken = office.open_step(bad).pk

    def fails(**said: Any) -> object:
        if said["step"].pk == broken:
            raise CannotWorkError
        return cover_step(**said)

    monkeypatch.setattr(covering, "cover_step", fails)
    assert covering.go_over(now=office.tick()) == 1
    assert office.open_step(good).officer == office.people.vice_chair.user


def test_only_heads_enter_and_end_it(office: Office) -> None:
    for member in (office.people.specialist, office.people.desk_officer, office.people.outsider):
        with pytest.raises(NotAllowedError):
            entered(office, by=member)
    leave = entered(office)
    with pytest.raises(NotAllowedError):
        end_cover(leave=leave, actor=office.people.specialist.user, now=office.tick())


def test_whoever_acts_must_be_able_to(office: Office) -> None:
    for member in (office.people.desk_officer, office.people.outsider, office.people.specialist):
        with pytest.raises(CannotWorkError):
            entered(office, cover=member)


@pytest.mark.parametrize("days", [(2, 1), (-3, -1), (0, 400)])
def test_days_that_do_not_fit(office: Office, days: tuple[int, int]) -> None:
    with pytest.raises(BadCoverDaysError):
        entered(office, days=days)


def test_nobody_is_covered_twice_at_a_time(office: Office) -> None:
    entered(office)
    with pytest.raises(AlreadyCoveredError):
        entered(office, days=(1, 5), cover=office.people.clerk)
    entered(office, days=(3, 5), cover=office.people.clerk)


def test_the_next_commune_sees_none_of_it(office: Office) -> None:
    office.processing()
    entered(office)
    covering.go_over(now=office.tick())
    with acting(office.people.outsider):
        assert not LeaveCover.objects.exists()
        assert not CoveredStep.objects.exists()
    with scope(units=[office.people.home]):
        assert LeaveCover.objects.get().last_day == date.fromordinal(localdate(office.now).toordinal() + 2)
