"""One complete request, its answers, and the clock meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localtime

from portal.accounts.models import User
from portal.events.actors import System
from services import errors
from services.models import ClockEntry, Component, Dossier, Problem, Proof, Supplement
from services.money_errors import NotAssessedError, NothingOwedError
from services.operations import supplements
from services.operations.filing import Paper
from services.operations.paying import ask_payment
from services.operations.releasing import release_step
from services.operations.supplements import Missing
from services.policies import abilities, step_abilities
from services.states import RequestState, Stage, State
from tests.services.build import Office
from tests.services.consulting import Asking

NOTICE = Missing(Problem.UNCLEAR, "Ảnh giấy chứng sinh bị mờ, đề nghị chụp lại", component="birth_notice")
NAME = Missing(Problem.WRONG, "Họ tên con chưa đúng giấy chứng sinh", pointer="/child_name")
GROUND = "NĐ 118/2025 Đ.16.3"


def ask(office: Office, dossier: Dossier, **more: Any) -> Supplement:
    wanted: dict[str, Any] = {
        "dossier": dossier,
        "items": [NAME],
        "reason": "Thiếu thông tin",
        "ground": GROUND,
        "actor": office.people.desk_officer.user,
        "now": office.tick(),
    }
    return supplements.ask_supplement(**{**wanted, **more})


def answer_all(office: Office, request: Supplement) -> Dossier:
    desk = office.people.desk_officer.user
    for item in request.items.order_by("id"):
        supplements.answer_item(item=item, answer={"child_name": "Giàng Thị Nhuẫn"}, actor=desk, now=office.tick())
    return supplements.complete_supplement(dossier=request.dossier, actor=desk, now=office.tick())


def test_asked_at_reception_no_clock_runs(office: Office) -> None:
    request = ask(office, office.submitted())
    dossier = office.again(request.dossier)
    assert (dossier.state, dossier.stage) == (State.SUPPLEMENT, Stage.RECEPTION)
    assert dossier.answered_at is not None
    assert not ClockEntry.objects.of(dossier).exists()
    assert localtime(request.deadline_at).isoformat() == "2026-12-01T17:00:00+07:00"


def test_answered_it_is_back_at_the_desk_with_a_new_answer_due(office: Office) -> None:
    request = ask(office, office.submitted())
    before = request.dossier.answer_due_at
    office.tick(days=1)
    dossier = answer_all(office, request)
    assert dossier.state == State.SUBMITTED
    assert dossier.answered_at is None
    assert dossier.answer_due_at > before


def test_asked_while_processing_the_clock_stands(office: Office) -> None:
    dossier = office.processing()
    request = ask(office, dossier, actor=office.people.specialist.user)
    again = office.again(dossier)
    assert again.state == State.SUPPLEMENT
    assert again.paused_at == request.asked_at
    assert again.next_due_at is None


def test_complete_the_whole_limit_begins_anew(office: Office) -> None:
    dossier = office.processing()
    request = ask(office, dossier, actor=office.people.specialist.user)
    office.tick(days=2)
    again = answer_all(office, request)
    assert again.state == State.PROCESSING
    assert again.paused_at is None
    assert localtime(again.due_at).date() == localtime(office.now).date() + timedelta(days=5)  # 18/11, 3 working days
    assert again.printed_due_at == dossier.printed_due_at


def test_lists_at_least_one_thing_with_reason_and_ground(office: Office) -> None:
    dossier = office.submitted()
    with pytest.raises(errors.NothingAskedError):
        ask(office, dossier, items=[])
    with pytest.raises(errors.NoReasonError):
        ask(office, dossier, ground=" ")


def test_a_second_one_needs_the_head(office: Office) -> None:
    dossier = answer_all(office, ask(office, office.submitted()))
    with pytest.raises(errors.AskedOftenEnoughError):
        ask(office, dossier)
    with pytest.raises(errors.AskedOftenEnoughError):
        ask(office, dossier, approved_by=office.people.specialist.user)
    assert ask(office, dossier, approved_by=office.people.leader.user).number == 2


def test_what_a_register_answered_is_never_asked_for(office: Office) -> None:
    paper = Paper("birth_notice", Proof.DATA, source="birth_notice", source_ref="1", source_at=office.now)
    with pytest.raises(errors.AnsweredByDataError):
        ask(office, office.submitted(papers=(paper,)), items=[NOTICE])


def test_not_everything_answered_is_not_complete(office: Office) -> None:
    request = ask(office, office.submitted(), items=[NAME, NOTICE])
    desk = office.people.desk_officer.user
    with pytest.raises(errors.IncompleteError):
        supplements.complete_supplement(dossier=request.dossier, actor=desk, now=office.tick())
    with pytest.raises(errors.IncompleteError):  # a paper is answered by a paper
        supplements.answer_item(item=request.items.get(component="birth_notice"), actor=desk, now=office.tick())


def test_closes_after_the_days_without_completion(office: Office) -> None:
    dossier = office.processing()
    request = ask(office, dossier, actor=office.people.specialist.user)
    assert supplements.expire_supplement(dossier=dossier, actor=System.SCHEDULE, now=request.deadline_at) is None
    late = request.deadline_at + timedelta(seconds=1)
    ended = supplements.expire_supplement(dossier=dossier, actor=System.SCHEDULE, now=late)
    assert ended is not None
    assert (ended.state, ended.stage, ended.closed_at) == (State.STOPPED, Stage.NOT_COMPLETED, late)
    request.refresh_from_db()
    assert request.state == RequestState.EXPIRED
    assert not ended.work_items.open().exists()


def test_a_stranger_asks_nothing_and_answers_nothing(office: Office) -> None:
    dossier = office.submitted()
    with pytest.raises(errors.NotAllowedError):
        ask(office, dossier, actor=office.people.outsider.user)
    request = ask(office, dossier)
    with pytest.raises(errors.NotAllowedError):
        supplements.answer_item(item=request.items.get(), actor=office.people.outsider.user, now=office.tick())


def test_a_paper_that_was_asked_for_is_checked_again(office: Office) -> None:
    dossier = office.checked(office.submitted())
    ask(office, dossier, items=[NOTICE])
    row = Component.objects.get(dossier=dossier, key="birth_notice")
    assert row.checked_at is not None


# --- What is shown is what is allowed --------------------------------------------------------------------------------


def released(office: Office) -> Dossier:
    dossier, specialist = office.processing(), office.people.specialist.user
    release_step(item=office.open_step(dossier), actor=specialist, now=office.tick())
    return office.again(dossier)


def waiting_for_an_opinion(office: Office) -> Dossier:
    """The law of its procedure lets the clock stand meanwhile."""
    dossier = office.processing()
    Asking(office, dossier).ask()
    Dossier.objects.filter(pk=dossier.pk).update(paused_at=office.now)
    return office.again(dossier)


def at(stage: Stage) -> Callable[[Office], Dossier]:
    def made(office: Office) -> Dossier:
        dossier = office.processing()
        Dossier.objects.filter(pk=dossier.pk).update(stage=stage)
        return office.again(dossier)

    return made


MADE: dict[str, Callable[[Office], Dossier]] = {
    "nobody works on it yet": Office.accepted,
    "the specialist holds it": Office.processing,
    "nobody holds it any more": released,
    "an opinion is waited for": at(Stage.CONSULTING),
    "an opinion is waited for and the clock stands": waiting_for_an_opinion,
    "the citizen reads the draft": at(Stage.AWAITING_CITIZEN),
    "the result is signed": at(Stage.AWAITING_SIGNATURE),
}
ASKABLE = {"the specialist holds it", "an opinion is waited for"}


def goes(deed: Callable[[], object]) -> bool:
    """Tried, and undone. That nothing is owed, the fee's own abilities say."""
    try:
        with transaction.atomic():
            deed()
            transaction.set_rollback(True)
    except (NotAssessedError, NothingOwedError):
        return True
    except errors.ServicesError:
        return False
    return True


@pytest.mark.parametrize("name", MADE)
def test_whoever_may_ask_for_a_supplement_or_the_fee_is_shown_so_and_nobody_else(office: Office, name: str) -> None:
    dossier, people = MADE[name](office), office.people
    item = office.open_step(dossier)
    for member in (people.specialist, people.leader, people.desk_officer, people.outsider):
        actor: User = member.user
        shown, of_step = abilities(actor, dossier), step_abilities(actor, item)
        asks = goes(partial(ask, office, dossier, actor=actor))
        assert (shown["ask_supplement"], of_step["supplement"]) == (asks, asks), (name, actor)
        pays = goes(partial(ask_payment, item=item, reason="x", actor=actor, now=office.tick()))
        assert (shown["ask_payment"], of_step["payment"]) == (pays, pays), (name, actor)
        assert shown["ask_supplement"] == (name in ASKABLE and member is people.specialist)
