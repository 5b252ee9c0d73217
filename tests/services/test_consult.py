"""Other units are asked while the clock runs on; whoever holds the step asks, and takes a question back."""

import pytest
from django.utils.timezone import localtime

from portal.events import Event
from portal.isolation import scope
from services import errors
from services.kinds import AskedFor, Opinion
from services.models import ClockEntry, Consultation, Problem, ProcedureVersion
from services.operations.citizen import withdraw
from services.operations.consulting import Ask, Shared, consult, give_opinion, revoke_consultation
from services.operations.processing import finish_step
from services.operations.supplements import Missing, answer_item, ask_supplement, complete_supplement
from services.states import ConsultationState, Stage
from tests.cast import Cast
from tests.services.build import PARTS, Office, version_of
from tests.services.consulting import QUESTION, asking, neighbour
from tests.services.own import citizen


def answer(office: Office, row: Consultation, member: object = None) -> Consultation:
    user = getattr(member, "user", None) or neighbour(office).user
    return give_opinion(consultation=row, opinion=Opinion.AGREES, text="Không có", actor=user, now=office.tick())


def test_the_asked_unit_has_its_own_due_moment_and_the_clock_runs_on(office: Office) -> None:
    on = asking(office)
    before = on.dossier.due_at
    (row,) = on.ask(days=2)
    assert (row.state, row.unit_id, row.asked["question"]) == ("open", office.people.neighbour, QUESTION)
    assert row.due_at
    assert row.remind_at
    assert office.now < row.remind_at < row.due_at
    assert f"{localtime(row.due_at):%Y-%m-%d %H:%M}" == "2026-11-18 17:00"
    dossier = office.again(on.dossier)
    assert (dossier.stage, dossier.due_at, dossier.paused_at) == (Stage.CONSULTING, before, None)
    assert Event.objects.filter(name="services.dossier.consulted", subject_id=str(dossier.pk)).count() == 1


def test_several_are_asked_at_once_and_the_last_answer_ends_the_stage(office: Office) -> None:
    on, people = asking(office), office.people
    one, two = on.ask(people.neighbour, people.province)
    assert {one.state, two.state} == {"open"}
    answer(office, one)
    assert on.stage() == Stage.CONSULTING
    revoke_consultation(consultation=two, reason="Không cần nữa", actor=people.specialist.user, now=office.tick())
    assert on.stage() == Stage.NONE


def test_on_paper_one_after_the_other(office: Office) -> None:
    on, people = asking(office), office.people
    one, two, three = on.ask(people.neighbour, people.province, people.elsewhere, kind=AskedFor.TASK, in_turn=True)
    assert [row.state for row in (one, two, three)] == ["open", "waiting", "waiting"]
    assert (two.due_at, two.opened_at) == (None, None)
    revoke_consultation(consultation=two, reason="Không cần nữa", actor=people.specialist.user, now=office.tick())
    three.refresh_from_db()
    assert (three.state, three.after_id) == ("waiting", one.pk)
    answer(office, one)
    three.refresh_from_db()
    assert three.state == "open"
    assert three.due_at
    assert three.due_at > office.now


def test_while_an_answer_is_awaited_the_step_is_not_finished(office: Office) -> None:
    on, actor = asking(office), office.people.specialist.user
    on.ask()
    with pytest.raises(errors.ConsultingError):
        finish_step(item=office.open_step(on.dossier), note="", actor=actor, now=office.tick())


def test_a_supplement_meanwhile_comes_back_to_the_questions_that_are_still_open(office: Office) -> None:
    on, actor = asking(office), office.people.specialist.user
    on.ask()
    missing = Missing(Problem.WRONG, "Tên", pointer="/child_name")
    ask_supplement(
        dossier=on.dossier,
        items=[missing],
        reason="Sai tên",
        ground="NĐ 118/2025 Đ.19.5",
        actor=actor,
        now=office.tick(),
    )
    assert on.stage() == Stage.NONE
    item = on.dossier.supplements.get().items.get()
    desk = office.people.desk_officer.user
    answer_item(item=item, answer={"child_name": "Giàng Thị Nhuẫn"}, actor=desk, now=office.tick())
    complete_supplement(dossier=on.dossier, actor=desk, now=office.tick())
    assert on.stage() == Stage.CONSULTING


def test_with_the_dossier_ends_the_question(office: Office) -> None:
    on = asking(office)
    (row,) = on.ask()
    withdraw(dossier=on.dossier, reason="Đổi ý", actor=office.people.desk_officer.user, now=office.tick())
    row.refresh_from_db()
    assert row.state == ConsultationState.REVOKED


def test_only_the_holder_asks_and_only_the_asking_unit_takes_back(office: Office) -> None:
    on, people = asking(office), office.people
    with pytest.raises(errors.HeldByOtherError):
        on.ask(actor=people.leader.user)
    with pytest.raises(errors.NotAllowedError):
        on.ask(actor=people.outsider.user)
    (row,) = on.ask()
    with pytest.raises(errors.NotAllowedError):
        revoke_consultation(consultation=row, reason="x", actor=neighbour(office).user, now=office.tick())
    with pytest.raises(errors.NoReasonError):
        revoke_consultation(consultation=row, reason=" ", actor=people.specialist.user, now=office.tick())


def test_nonsense_is_refused(office: Office) -> None:
    on, people = asking(office), office.people
    for kind, days, unit, error in (
        (AskedFor.OPINION, 3, people.home, errors.AskedItselfError),
        (AskedFor.OPINION, 0, people.neighbour, errors.NothingAskedError),
        (AskedFor.OPINION, 31, people.neighbour, errors.NothingAskedError),
    ):
        with pytest.raises(error):
            on.ask(unit, kind=kind, days=days)
    with pytest.raises(errors.NothingAskedError):
        consult(
            item=office.open_step(on.dossier), asks=[], shared=Shared(), actor=people.specialist.user, now=office.tick()
        )
    many = [Ask(people.neighbour, AskedFor.OPINION, "?", 1)] * 21
    with pytest.raises(errors.AskedTooManyError):
        consult(
            item=office.open_step(on.dossier), asks=many, shared=Shared(), actor=people.specialist.user,
            now=office.tick(),
        )  # fmt: skip
    assert not Consultation.objects.exists()


def test_a_stranger_finds_no_question_and_the_citizen_only_open_ones(office: Office) -> None:
    filer = citizen()
    on, people = asking(office, filer=filer), office.people
    on.ask()
    on.ask(people.province, is_confidential=True)
    with scope(units=[people.elsewhere]):
        assert not Consultation.objects.exists()
    with scope(citizen=filer.pk):
        assert [row.unit_id for row in Consultation.objects.all()] == [people.neighbour]


class TestWhereTheLawLetsTheClockStand:
    @pytest.fixture
    def version(self, people: Cast) -> ProcedureVersion:
        return version_of("1.001193", parts=PARTS | {"consultation_pause": "Luật X Đ.1"})

    def test_it_stands_from_the_first_question_to_the_last_answer(self, office: Office) -> None:
        on = asking(office)
        one, two = on.ask(office.people.neighbour, office.people.province)
        dossier = office.again(on.dossier)
        assert dossier.paused_at
        assert dossier.next_due_at is None
        member = neighbour(office)
        answer(office, one, member)
        assert office.again(on.dossier).paused_at
        revoke_consultation(
            consultation=two, reason="Thôi", actor=office.people.specialist.user, now=office.tick(days=1)
        )
        dossier = office.again(on.dossier)
        assert dossier.paused_at is None
        assert [row.kind for row in ClockEntry.objects.of(dossier)] == ["start", "pause", "resume"]
