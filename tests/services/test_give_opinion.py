"""The asked unit answers what it was asked, in its own scope, and sees nothing of the dossier but what was shared."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from documents.models import StoredFile
from portal.events import Event
from portal.events.actors import System
from portal.isolation import EMPTY, Purpose, scope, use
from services import deadlines, errors
from services.kinds import AskedFor, Opinion
from services.models import Attachment, Component, Consultation, ConsultationFile, Dossier, Proof, WorkItem
from services.operations import processing, reception
from services.operations.consulting import Shared, give_opinion, revoke_consultation
from services.operations.filing import Paper
from services.queries.consultations import head_units, inbox, late_for_head, visible_to
from services.queries.work import units_of_work
from services.states import Stage
from staff.operations import end_assignment
from staff.scopes import scope_of
from tests.cast import DECISION, Member
from tests.documents.uploading import sent
from tests.services.build import Office
from tests.services.consulting import Asking, asking, neighbour
from tests.services.own import citizen


@pytest.fixture
def on(office: Office) -> Asking:
    """A dossier with a paper that its citizen sent."""
    filer = citizen()
    with scope(citizen=filer.pk):
        file, other = (sent(actor=filer, owner=filer.pk, name=name) for name in ("chứng sinh.pdf", "khác.pdf"))
    papers = (Paper("birth_notice", Proof.ATTACHED, (file.pk,)), Paper("birth_statement", Proof.ATTACHED, (other.pk,)))
    with scope(units=[office.people.home], citizen=filer.pk):
        dossier = office.submitted(filer=filer, papers=papers, actor=filer, assisted_by=None)
    office.checked(dossier)
    reception.accept(dossier=dossier, actor=office.people.desk_officer.user, now=office.tick())
    item = office.open_step(dossier)
    processing.take_step(item=item, actor=office.people.specialist.user, now=office.tick())
    return Asking(office, office.again(dossier))


def first_file(dossier: Dossier) -> StoredFile:
    return Attachment.objects.filter(component__dossier=dossier).order_by("id")[0].file


def test_it_sees_exactly_what_was_shared(office: Office, on: Asking) -> None:
    member, file = neighbour(office), first_file(on.dossier)
    specialist = office.people.specialist
    with use(scope_of(specialist.user)):
        (row,) = on.ask(shared=Shared(owner=True, answers=("Tên: Nhuẫn",), file_ids=(file.pk,)))
    with use(scope_of(member.user)):
        assert [one.pk for one in StoredFile.objects.all()] == [file.pk]
        assert not Dossier.objects.exists()
        assert not Component.objects.exists()
        assert not WorkItem.objects.exists()
        (seen,) = visible_to(member.user, localdate())
        assert (seen.pk, seen.asked["owner"], seen.asked["answers"]) == (row.pk, "Giàng Thị Nhuẫn", ["Tên: Nhuẫn"])
        assert list(inbox(units_of_work(member.user, localdate()))) == [row]


def test_it_answers_with_a_file_and_the_asking_unit_reads_both(office: Office, on: Asking) -> None:
    member = neighbour(office)
    (row,) = on.ask()
    with use(scope_of(member.user)):
        file = sent(actor=member.user, unit_id=office.people.neighbour, name="biên bản.pdf")
        give_opinion(
            consultation=visible_to(member.user, localdate()).get(), opinion=Opinion.AGREES, text="Đã kiểm tra",
            files=[file], actor=member.user, now=office.tick(),
        )  # fmt: skip
    with use(scope_of(office.people.specialist.user)):
        row = Consultation.objects.get()
        assert (row.state, row.answer, row.answered_by_id) == ("answered", "Đã kiểm tra", member.user.pk)
        assert ConsultationFile.objects.get(is_answer=True).file == file
        assert StoredFile.objects.filter(pk=file.pk).exists()
    assert on.stage() == Stage.NONE
    given = Event.objects.get(name="services.dossier.opinion_given")
    assert (given.subject_id, given.facts["in_time"]) == (str(on.dossier.pk), True)


def test_what_is_taken_back_is_read_no_longer(office: Office, on: Asking) -> None:
    member, file = neighbour(office), first_file(on.dossier)
    (row,) = on.ask(shared=Shared(file_ids=(file.pk,)))
    (again,) = on.ask(shared=Shared(file_ids=(file.pk,)))
    for one, left in ((row, 1), (again, 0)):
        with use(scope_of(office.people.specialist.user)):
            revoke_consultation(consultation=one, reason="Nhầm", actor=office.people.specialist.user, now=office.tick())
        with use(scope_of(member.user)):
            assert StoredFile.objects.count() == left


def test_whose_turn_has_not_come_sees_nothing(office: Office, on: Asking) -> None:
    member, file = neighbour(office), first_file(on.dossier)
    people = office.people
    one, two = on.ask(people.province, people.neighbour, in_turn=True, shared=Shared(file_ids=(file.pk,)))
    with use(scope_of(member.user)):
        assert not Consultation.objects.exists()
        assert not StoredFile.objects.exists()
    revoke_consultation(consultation=one, reason="Thôi", actor=people.specialist.user, now=office.tick())
    with use(scope_of(member.user)):
        assert Consultation.objects.get() == two
        assert StoredFile.objects.get() == file


def test_a_foreign_file_is_not_shared(office: Office, on: Asking) -> None:
    other = sent(actor=office.people.specialist.user, unit_id=office.people.home)
    with pytest.raises(errors.NoFileOfDossierError):
        on.ask(shared=Shared(file_ids=(other.pk,)))


def test_only_the_asked_unit_answers_once_and_with_words(office: Office, on: Asking) -> None:
    member = neighbour(office)
    (row,) = on.ask()

    def answer(user: Member, text: str = "Có", revision: int | None = None) -> None:
        give_opinion(
            consultation=row, opinion=Opinion.AGREES, text=text, actor=user.user, now=office.tick(), revision=revision
        )

    for stranger in (office.people.outsider, office.people.specialist):  # the desk next door works on no dossiers
        with pytest.raises(errors.NotAllowedError):
            answer(stranger)
    with pytest.raises(errors.NoReasonError):
        answer(member, " ")
    with pytest.raises(errors.StaleError):
        answer(member, revision=row.revision + 1)
    answer(member)
    with pytest.raises(errors.WrongStateError):
        answer(member)


def test_a_verification_has_minutes_and_one_checks_for_oneself(office: Office, on: Asking) -> None:
    specialist = office.people.specialist.user
    (row,) = on.ask(office.people.home, kind=AskedFor.VERIFICATION)
    with pytest.raises(errors.NoMinutesError):
        give_opinion(consultation=row, opinion=Opinion.DONE, text="Đã xác minh", actor=specialist, now=office.tick())
    file = sent(actor=specialist, unit_id=office.people.home, name="biên bản.pdf")
    give_opinion(
        consultation=row, opinion=Opinion.DONE, text="Đã xác minh", files=[file], actor=specialist, now=office.tick()
    )
    assert on.stage() == Stage.NONE


def test_who_left_answers_no_more(office: Office, on: Asking) -> None:
    member = neighbour(office)
    (row,) = on.ask()
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=member.assignment, until=timezone.localdate(), decision=DECISION, actor=System.COMMAND,
            now=timezone.now(),
        )  # fmt: skip
    member.user.refresh_from_db()
    user = type(member.user).objects.get(pk=member.user.pk)
    with use(scope_of(user)):
        assert not Consultation.objects.exists()
        with pytest.raises(errors.NotAllowedError):
            give_opinion(consultation=row, opinion=Opinion.AGREES, text="Có", actor=user, now=office.tick())


def test_the_unit_is_reminded_once_and_the_head_told_once(office: Office, on: Asking) -> None:
    (row,) = on.ask(days=3)
    assert row.remind_at
    assert row.due_at
    head = office.people.deputy.user

    def sweep(at: object) -> tuple[int, int]:
        with use(EMPTY):
            return deadlines.remind_of_questions(now=at), deadlines.tell_of_late_opinions(now=at)  # type: ignore[arg-type]  # a moment

    assert sweep(row.remind_at - timedelta(seconds=1)) == (0, 0)
    assert sweep(row.remind_at) == (1, 0)
    assert sweep(row.due_at) == (0, 0)
    late = row.due_at + timedelta(seconds=1)
    assert sweep(late) == (0, 1)
    assert sweep(late) == (0, 0)
    assert Event.objects.filter(name="services.consultation.reminded").count() == 1
    assert Event.objects.get(name="services.dossier.opinion_late").subject_id == str(on.dossier.pk)
    with use(scope_of(head)):
        assert list(late_for_head(head_units(head, localdate()), late)) == [row]


def test_a_late_answer_still_counts_and_is_called_late(office: Office) -> None:
    on, member = asking(office), neighbour(office)
    (row,) = on.ask(days=1)
    assert row.due_at
    office.now = row.due_at
    give_opinion(consultation=row, opinion=Opinion.OBJECTS, text="Không", actor=member.user, now=office.tick())
    row.refresh_from_db()
    assert row.is_late(office.now)
    assert Event.objects.get(name="services.dossier.opinion_given").facts["in_time"] is False
