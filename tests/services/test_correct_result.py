"""A wrong result is revoked and issued anew by the same way; its reader is warned and led to the right one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from documents.codes import shown
from documents.models import Document, IssuedResult
from documents.states import DocumentState
from portal.accounts.models import User
from portal.events import Event, delivering
from portal.isolation import Purpose, scope, use
from services import errors
from services.kinds import Channel
from services.models import (
    ClockEntry,
    Correction,
    Dossier,
    Handover,
    Moment,
    ProcedureVersion,
    RatingReply,
    WorkItem,
)
from services.operations.citizen import change_content, rate, stop, withdraw
from services.operations.correcting import ask_correction, begin_correction, decline_correction
from services.operations.results import hand_out
from services.reorganisation import Dossiers
from services.states import CorrectionState, ItemState, Stage, State
from staff.scopes import scope_of
from tests.cast import Cast
from tests.documents.route import marks
from tests.documents.route.build import make_certificates
from tests.services.after import head_of, merged
from tests.services.build import Office
from tests.services.correcting import decided, issued_again, returned
from tests.services.own import citizen
from tests.services.working import real
from units.operations.writing import reorganisation_of

WRONG = "Mẹ sinh năm 1998, không phải năm 2000"


@pytest.fixture
def version(people: Cast, monkeypatch: pytest.MonkeyPatch) -> ProcedureVersion:
    marks.sign_with_marks(monkeypatch)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    make_certificates(people)
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def filer(people: Cast) -> User:
    return citizen()


def asked(office: Office, dossier: Dossier, actor: User, now: datetime | None = None) -> Correction:
    return ask_correction(dossier=dossier, wrong=WRONG, actor=actor, now=now or timezone.now())


def begun(office: Office, row: Correction) -> Correction:
    return begin_correction(correction=row, actor=office.people.leader.user, now=timezone.now())


def verified(document: Document) -> str:
    response = Client().get(reverse("documents:verified", args=[shown(document.code)]))
    return str(response.content.decode())


def test_from_the_report_to_the_corrected_result(office: Office, filer: User) -> None:
    dossier = returned(office, filer=filer)
    old = Document.objects.get(pk=dossier.result_document)
    stopped = list(ClockEntry.objects.of(dossier).values_list("id", flat=True))
    with scope(citizen=filer.pk):
        row = asked(office, dossier, filer)
    assert (row.state, row.found_by) == ("asked", "citizen")
    assert office.again(dossier).state == State.RETURNED  # the paper counts until the head has looked
    row = begun(office, row)
    dossier = office.again(dossier)
    assert (dossier.state, dossier.stage, dossier.closed_at) == (State.DECIDED, Stage.CORRECTING, None)
    assert dossier.next_due_at == row.due_at
    old.refresh_from_db()
    assert (old.state, old.ended_reason) == (DocumentState.REVOKED, WRONG)
    assert "thu hồi" in verified(old)
    item = office.open_step(dossier)
    assert (item.role, item.officer, item.note) == ("specialist", office.people.specialist.user, WRONG)
    answers = {**dossier.answers, "mother_birth_day": "1998"}
    with scope(citizen=filer.pk):
        change_content(dossier=dossier, answers=answers, actor=filer, now=timezone.now())
    dossier = issued_again(office, office.again(dossier))
    new = Document.objects.get(pk=dossier.result_document)
    row.refresh_from_db()
    assert (row.state, row.new_document) == (CorrectionState.DONE, new.pk)
    assert (dossier.state, dossier.stage, dossier.next_due_at) == (State.DECIDED, Stage.READY_FOR_PICKUP, None)
    assert new.pk != old.pk
    assert IssuedResult.objects.get(document=new).state == "valid"
    assert IssuedResult.objects.get(document=old).state == "revoked"
    page = verified(old)
    assert "thu hồi" in page
    assert reverse("documents:verified", args=[shown(new.code)]) in page
    assert list(ClockEntry.objects.of(dossier).values_list("id", flat=True)) == stopped
    told = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.corrected")
    assert told.facts["in_time"] is True
    desk = office.people.desk_officer.user
    hand_out(dossier=dossier, channel=Channel.DESK, receiver="Dở", actor=desk, now=timezone.now())
    assert office.again(dossier).state == State.RETURNED


def test_it_has_three_working_days_of_its_own(office: Office) -> None:
    dossier = decided(office)
    friday = datetime(2026, 12, 4, 9, 0, tzinfo=timezone.get_default_timezone())
    row = asked(office, dossier, office.people.desk_officer.user, friday)
    assert row.found_by == "office"
    assert timezone.localtime(row.due_at).isoformat() == "2026-12-09T17:00:00+07:00"


def test_while_it_is_corrected_nothing_is_handed_out_stopped_or_withdrawn(office: Office, filer: User) -> None:
    dossier = decided(office, filer=filer)
    begun(office, asked(office, dossier, filer))
    desk, now = office.people.desk_officer.user, timezone.now()
    with pytest.raises(errors.NoResultError):
        hand_out(dossier=dossier, channel=Channel.DESK, receiver="Dở", actor=desk, now=now)
    with pytest.raises(errors.WrongStateError):
        withdraw(dossier=dossier, reason="", actor=filer, now=now)
    with pytest.raises(errors.WrongStateError):
        stop(dossier=dossier, reason="x", ground="y", actor=office.people.leader.user, now=now)


def test_one_at_a_time_and_never_twice(office: Office, filer: User) -> None:
    dossier = returned(office, filer=filer)
    row = asked(office, dossier, filer)
    with pytest.raises(errors.WrongStateError):
        asked(office, dossier, filer)
    begun(office, row)
    with pytest.raises(errors.WrongStateError):
        begun(office, row)
    with pytest.raises(errors.NothingToCorrectError):
        asked(office, dossier, filer)
    assert WorkItem.objects.of(dossier).filter(state=ItemState.OPEN).count() == 1


def test_nothing_was_wrong_and_the_citizen_reads_why(office: Office, filer: User) -> None:
    dossier = returned(office, filer=filer)
    row, head = asked(office, dossier, filer), office.people.leader.user
    with pytest.raises(errors.NoReasonError):
        decline_correction(correction=row, reason=" ", actor=head, now=timezone.now())
    decline_correction(correction=row, reason="Đúng với giấy chứng sinh", actor=head, now=timezone.now())
    row.refresh_from_db()
    assert (row.state, row.answer) == ("declined", "Đúng với giấy chứng sinh")
    assert office.again(dossier).state == State.RETURNED
    assert asked(office, dossier, filer).state == "asked"


def test_without_a_result_there_is_nothing_to_correct(office: Office, filer: User) -> None:
    dossier = office.processing(filer=filer)
    with pytest.raises(errors.NothingToCorrectError):
        asked(office, dossier, filer)


def test_who_may(office: Office, filer: User) -> None:
    dossier = returned(office, filer=filer)
    people = office.people
    for user in (citizen("khac"), people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            asked(office, dossier, user)
    row = asked(office, dossier, filer)
    for user in (people.outsider.user, people.specialist.user, people.desk_officer.user, filer):
        with pytest.raises(errors.NotAllowedError):
            begin_correction(correction=row, actor=user, now=timezone.now())
    with scope(units=[people.neighbour]):
        assert not Correction.objects.exists()
    with scope(citizen=citizen("la").pk):
        assert not Correction.objects.exists()


def test_an_older_page_is_refused(office: Office, filer: User) -> None:
    dossier = returned(office, filer=filer)
    row = asked(office, dossier, filer)
    said: Any = {"correction": row, "actor": office.people.leader.user, "now": timezone.now()}
    with pytest.raises(errors.StaleError):
        begin_correction(revision=dossier.revision - 1, **said)


def test_what_an_ended_unit_has_closed_is_corrected_where_it_is_kept(
    office: Office, filer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = office.people
    done = returned(office, filer=filer)
    after = merged(office, monkeypatch, localdate(timezone.now()) + timedelta(days=1))
    with use(scope_of(filer)):
        row = asked(office, done, filer)
    head = head_of(office, after.new)
    with use(scope_of(head)):
        begin_correction(correction=row, actor=head, now=timezone.now())
    with scope(purpose=Purpose.REORGANISATION):
        dossier, step = office.again(done), office.open_step(done)
        assert dossier.state == State.DECIDED
        assert (dossier.responsible_unit_id, dossier.competent_unit_id, dossier.returning_unit_id) == (after.new,) * 3
        assert (step.unit_id, step.officer) == (after.new, people.specialist.user)
        assert {one.unit_id for one in WorkItem.objects.of(done).filter(number__gte=step.number)} == {after.new}
        last = Handover.objects.filter(dossier=done).latest("id")
        assert (last.from_unit_id, last.to_unit_id, last.received_at) == (after.home, after.new, last.given_at)
        assert not list(Dossiers().verify(reorganisation_of(after.act)))


def test_a_low_rating_of_what_an_ended_unit_closed_is_answered_where_it_is_kept(
    office: Office, filer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = returned(office, filer=filer)
    after = merged(office, monkeypatch, localdate(timezone.now()) + timedelta(days=1))
    with use(scope_of(filer)):
        rate(dossier=office.again(done), moment=Moment.RESULT, score=1, text="Chậm", actor=filer, now=timezone.now())
    with scope(purpose=Purpose.REORGANISATION):
        assert RatingReply.objects.get().unit_id == after.new
