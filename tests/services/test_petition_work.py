"""Officers handle a petition within the limits of the law, and never one that complains about them."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from portal.events import Event
from portal.events.actors import ANONYMOUS, System
from portal.isolation import scope
from services.errors import NoReasonError, NotAllowedError
from services.models import Petition, PetitionEntry
from services.operations import petition_work as work
from services.operations.petitions import rate_petition, supplement_petition
from services.petition_errors import (
    AlreadyRatedError,
    ComplainedAboutError,
    NobodyElseError,
    NotMergeableError,
    PersonalDataError,
    PetitionHeldError,
    PetitionMovedError,
    PetitionStaleError,
    SameUnitError,
)
from services.petition_states import PetitionState
from tests.cast import Cast
from tests.services.conftest import MONDAY
from tests.services.own import citizen
from tests.services.petitioning import ANSWER, Box


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def clock(petition: Petition, kind: str) -> tuple[str, bool]:
    row = petition.clocks.filter(kind=kind).order_by("-id")[0]
    return row.outcome, row.breached_at is not None


def test_received_by_one(box: Box) -> None:
    petition = box.received()
    assert (petition.state, petition.handler) == ("processing", box.handler)
    assert petition.next_due_at == petition.clocks.get(kind="answer").due_at
    with pytest.raises(PetitionMovedError):
        work.receive_petition(petition=petition, actor=box.head, now=box.tick())
    with pytest.raises(PetitionHeldError):
        work.answer_petition(petition=petition, text=ANSWER, actor=box.head, now=box.tick())


def test_only_whose_post_handles_petitions_here(box: Box) -> None:
    petition = box.filed()
    for user in (box.people.outsider.user, box.people.clerk.user, citizen()):
        with pytest.raises(NotAllowedError):
            work.receive_petition(petition=petition, actor=user, now=box.tick())
    assert box.again(petition).revision == 1


def test_only_what_was_read(box: Box) -> None:
    petition = box.filed()
    with pytest.raises(PetitionStaleError):
        work.receive_petition(petition=petition, actor=box.handler, now=box.tick(), revision=7)


def test_whoever_it_complains_about_handles_nothing(box: Box) -> None:
    petition = box.filed(about_officer="Vàng Seo Páo")
    with pytest.raises(NotAllowedError):
        work.receive_petition(petition=petition, actor=box.handler, now=box.tick())
    for deed in (work.refuse_petition, work.ask_filer):
        with pytest.raises(NotAllowedError):
            deed(petition=petition, text="x", actor=box.handler, now=box.tick())
    with pytest.raises(ComplainedAboutError):
        work.assign_petition(petition=petition, officer=box.handler, actor=box.head, now=box.tick())
    done = work.assign_petition(petition=petition, officer=box.people.vice_chair.user, actor=box.head, now=box.tick())
    assert (done.state, done.handler) == ("processing", box.people.vice_chair.user)


def test_the_head_keeps_somebody_out(box: Box) -> None:
    petition = box.received()
    done = work.bar_officer(
        petition=petition, officer=box.handler, text="Người bị phản ánh", actor=box.head, now=box.tick()
    )
    assert (done.handler, done.barred) == (None, [box.handler.pk])
    with scope(units=[box.people.home], citizen=box.handler.pk):
        assert not Petition.objects.exists()
        assert not PetitionEntry.objects.exists()
    with pytest.raises(NotAllowedError):
        work.bar_officer(petition=petition, officer=box.head, text="tôi", actor=box.head, now=box.tick())
    for member in (box.people.vice_chair, box.people.deputy):
        petition = work.bar_officer(petition=petition, officer=member.user, text="x", actor=box.head, now=box.tick())
    assert len(petition.barred) == 3
    other = box.people.vice_chair.user
    with pytest.raises(NotAllowedError):
        work.bar_officer(petition=petition, officer=box.head, text="x", actor=other, now=box.tick())


def test_somebody_must_be_left(box: Box) -> None:
    petition = box.filed(about_officer="Vàng Seo Páo, Trần Quốc Huy, Giàng Thị Dợ")
    assert petition.responsible_unit_id == box.people.home
    work.assign_petition(petition=petition, officer=box.head, actor=box.head, now=box.tick())
    deputy = box.filed(about_officer="Vàng Seo Páo, Trần Quốc Huy")
    work.bar_officer(petition=deputy, officer=box.people.vice_chair.user, text="x", actor=box.head, now=box.tick())
    third = box.filed(about_officer="Vàng Seo Páo, Trần Quốc Huy, Nguyễn Văn Thành")
    with pytest.raises(NotAllowedError):
        work.bar_officer(petition=third, officer=box.handler, text="x", actor=box.head, now=box.tick())
    assert NobodyElseError.code == "nobody_else"


def test_asked_and_supplemented_the_answer_has_its_limit_anew(box: Box) -> None:
    petition = box.asked()
    asked = petition.entries.get(type="request")
    assert (petition.state, petition.next_due_at) == ("supplement", asked.until)
    assert clock(petition, "answer") == ("dropped", False)
    box.tick(days=3)
    again = box.supplement(petition)
    assert again.state == "processing"
    due = again.clocks.get(kind="answer", ended_at=None).due_at
    assert again.next_due_at == due
    assert due > petition.clocks.filter(kind="answer").order_by("id")[0].due_at


def test_only_whoever_sent_it_supplements(box: Box) -> None:
    user = citizen()
    petition = box.asked(actor=user)
    with pytest.raises(NotAllowedError):
        supplement_petition(petition=petition, text="x", actor=citizen("khac"), now=box.tick())
    with pytest.raises(NotAllowedError):
        supplement_petition(petition=petition, text="x", actor=ANONYMOUS, now=box.tick())
    supplement_petition(petition=petition, text="Thứ Hai", actor=user, now=box.tick())
    with pytest.raises(PetitionMovedError):
        supplement_petition(petition=petition, text="Thứ Hai", actor=user, now=box.tick())


def test_what_does_not_come_in_time_ends_it(box: Box) -> None:
    petition = box.asked()
    assert work.lapse_petition(petition=petition, actor=System.SCHEDULE, now=box.tick(days=5)) is None
    done = work.lapse_petition(petition=petition, actor=System.SCHEDULE, now=box.tick(days=30))
    assert done is not None
    assert (done.state, done.next_due_at) == ("lapsed", None)


def test_refused_in_time_and_late(box: Box) -> None:
    petition = box.filed()
    with pytest.raises(NoReasonError):
        work.refuse_petition(petition=petition, text=" ", actor=box.handler, now=box.tick())
    work.refuse_petition(petition=petition, text="Đã có bản án", actor=box.handler, now=box.tick())
    assert clock(petition, "refuse") == ("met", False)
    late = box.filed()
    work.refuse_petition(petition=late, text="Đã có bản án", actor=box.handler, now=box.tick(days=9))
    assert clock(late, "refuse") == ("met", True)
    event = Event.objects.about("services.petition", late.pk).get(name="services.petition.refused")
    assert event.facts["late"] is True


def test_forwarded_the_other_unit_answers_for_it(box: Box) -> None:
    petition, neighbour = box.received(), box.people.neighbour
    with pytest.raises(SameUnitError):
        work.forward_petition(petition=petition, to_unit=box.people.home, text="x", actor=box.handler, now=box.tick())
    with scope(units=[box.people.home], citizen=box.handler.pk):
        done = work.forward_petition(
            petition=petition, to_unit=neighbour, text="Thuộc xã bạn", actor=box.handler, now=box.tick()
        )
        assert Petition.objects.filter(pk=done.pk).exists()  # whoever forwarded it may still look
    assert (done.state, done.responsible_unit_id, done.handler) == ("forwarded", neighbour, None)
    with pytest.raises(NotAllowedError):
        work.receive_petition(petition=done, actor=box.handler, now=box.tick())
    running = done.clocks.filter(ended_at=None)
    assert {row.unit_id for row in running} == {neighbour}
    assert running.count() == 4


def test_a_breach_of_the_answer_is_kept_whatever_follows(box: Box) -> None:
    petition = box.received()
    late = box.tick(days=40)
    row = petition.clocks.get(kind="answer")
    assert work.note_breach(clock=row, actor=System.SCHEDULE, now=late)
    assert work.note_breach(clock=row, actor=System.SCHEDULE, now=late) is None
    work.answer_petition(petition=petition, text=ANSWER, actor=box.handler, now=box.tick())
    assert clock(petition, "answer") == ("met", True)
    names = Event.objects.about("services.petition", petition.pk).values_list("name", flat=True)
    assert list(names).count("services.petition.breached") == 1


def test_merged_both_hear_the_answer(box: Box) -> None:
    main, other = box.received(), box.filed()
    work.merge_petition(petition=other, into=main, actor=box.handler, now=box.tick())
    assert box.again(other).state == "merged"
    work.answer_petition(petition=main, text=ANSWER, actor=box.handler, now=box.tick())
    assert other.entries.get(type="answer").text == ANSWER


def test_an_answer_to_several_tells_nothing_of_one(box: Box) -> None:
    main = box.received(contact={"name": "Vàng Thị Dở", "phone": "0912000321"})
    work.merge_petition(petition=box.filed(), into=main, actor=box.handler, now=box.tick())
    for words in ("Bà Vàng Thị Dở đã đúng.", "Gọi 0912 000 321.", "Viết cho a@b.vn", "Số 001 188 000 001"):
        with pytest.raises(PersonalDataError):
            work.answer_petition(petition=main, text=words, actor=box.handler, now=box.tick())


def test_merged_only_into_what_is_still_handled_here(box: Box) -> None:
    main, answered = box.received(), box.answered()
    elsewhere = box.filed(unit_id=box.people.neighbour)
    merged = box.in_state(PetitionState.MERGED)
    for into in (answered, elsewhere, merged):
        with pytest.raises(NotMergeableError):
            work.merge_petition(petition=box.filed(), into=into, actor=box.handler, now=box.tick())
    with pytest.raises(NotMergeableError):
        work.merge_petition(petition=main, into=main, actor=box.handler, now=box.tick())


def test_its_type_and_what_it_repeats(box: Box) -> None:
    first, second = box.filed(), box.filed()
    done = work.classify_petition(petition=second, kind="cost", repeats=first, actor=box.handler, now=box.tick())
    assert (done.kind, done.repeat_of) == ("cost", first)
    with pytest.raises(NotMergeableError):
        work.classify_petition(petition=first, kind="cost", repeats=second, actor=box.handler, now=box.tick())


def test_notes_are_for_officers(box: Box) -> None:
    user = citizen()
    petition = box.filed(actor=user)
    work.note_petition(petition=petition, text="Hỏi lại bộ phận một cửa", actor=box.handler, now=box.tick())
    with scope(citizen=user.pk):
        assert not petition.entries.filter(type="note").exists()
    assert petition.entries.filter(type="note").exists()


def test_satisfied_or_not_said_once_after_the_answer(box: Box) -> None:
    user = citizen()
    petition = box.received(actor=user)
    with pytest.raises(PetitionMovedError):
        rate_petition(petition=petition, score=1, text="", actor=user, now=box.tick())
    work.answer_petition(petition=petition, text=ANSWER, actor=box.handler, now=box.tick())
    with pytest.raises(NotAllowedError):
        rate_petition(petition=petition, score=1, text="", actor=box.head, now=box.tick())
    with scope(citizen=user.pk):
        done = rate_petition(petition=petition, score=1, text="Chưa rõ", actor=user, now=box.tick())
    assert (done.score, done.opinion) == (1, "Chưa rõ")
    with pytest.raises(AlreadyRatedError):
        rate_petition(petition=petition, score=5, text="", actor=user, now=box.tick())


@pytest.mark.parametrize(("column", "value"), [("text", "khác"), ("reference", "X"), ("filer_id", uuid.uuid4())])
def test_what_was_sent_is_never_written_again(box: Box, column: str, value: object) -> None:
    petition = box.filed()
    with (
        pytest.raises(Exception, match=r"permission denied|never written again"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"update services_petition set {column} = %s where id = %s", [value, petition.pk])


def test_no_state_without_its_event(box: Box) -> None:
    petition = box.filed()
    with pytest.raises(IntegrityError, match="without an event"):
        by_hand(petition)


@transaction.atomic
def by_hand(petition: Petition) -> None:
    Petition.objects.filter(pk=petition.pk).update(state="processing")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
