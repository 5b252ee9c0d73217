"""While a wrong result is corrected: answers are mended with reason and trace, and a late correction is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from portal.events import Event, delivering
from services import deadlines
from services.errors import HeldByOtherError, NoReasonError, NotAllowedError, StaleError
from services.models import Correction, Dossier, Mending, ProcedureVersion
from services.operations.correcting import ask_correction, begin_correction
from services.operations.mending import Mended, mend_answer
from services.queries.corrections import mendings_of
from services.queries.lateness import Kind, Wish, late_list
from services.states import Stage
from tests.cast import Cast
from tests.documents.route import marks
from tests.documents.route.build import make_certificates
from tests.services.build import Office
from tests.services.correcting import issued_again, returned
from tests.services.desk import TOKEN, Desk
from tests.services.working import real

OLD, NEW = "Giàng Thị Nhuẫn", "Giàng Thị Nhuần"


@pytest.fixture
def version(people: Cast, monkeypatch: pytest.MonkeyPatch) -> ProcedureVersion:
    marks.sign_with_marks(monkeypatch)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    make_certificates(people)
    return real("1.001193")


@pytest.fixture
def begun(office: Office) -> Dossier:
    office.now = timezone.now() - timedelta(hours=2)
    done, people = returned(office), office.people
    office.now = timezone.now()
    row = ask_correction(dossier=done, wrong="Sai tên của con", actor=people.desk_officer.user, now=office.now)
    begin_correction(correction=row, actor=people.leader.user, now=office.now)
    return office.again(done)


def mended(dossier: Dossier) -> Mended:
    answers: dict[str, Any] = {**dossier.answers, "child_name": NEW}
    return Mended("/child_name", "Họ và tên của con", OLD, NEW, answers)


def mend(office: Office, dossier: Dossier, **more: Any) -> Mending:
    item = office.open_step(dossier)
    values = {"item": item, "mended": mended(dossier), "reason": "Giấy chứng sinh ghi như vậy"}
    return mend_answer(**{**values, "actor": office.people.specialist.user, "now": timezone.now(), **more})


def test_the_corrected_result_says_what_was_mended_and_the_difference_stays(office: Office, begun: Dossier) -> None:
    row = mend(office, begun)
    dossier = office.again(begun)
    assert (dossier.answers["child_name"], dossier.owner_name) == (NEW, NEW)
    assert (row.difference["before"], row.difference["after"]) == (OLD, NEW)
    assert NEW.encode() not in bytes(row.difference_sealed)
    event = Event.objects.about("services.dossier", begun.pk).filter(name="services.dossier.content_changed").get()
    assert event.facts["changed"] == ["/child_name"]
    assert NEW not in str(event.facts)
    office.now = timezone.now()
    corrected = issued_again(office, dossier)
    document = Document.objects.get(pk=corrected.result_document)
    assert NEW in str(document.content)
    assert corrected.stage == Stage.READY_FOR_PICKUP


def test_only_the_holder_of_the_step_with_a_reason_on_the_newest_version(office: Office, begun: Dossier) -> None:
    for actor in (office.people.clerk.user, office.people.outsider.user):
        with pytest.raises((NotAllowedError, HeldByOtherError)):
            mend(office, begun, actor=actor)
    with pytest.raises(NoReasonError):
        mend(office, begun, reason=" ")
    with pytest.raises(StaleError):
        mend(office, begun, revision=begun.revision - 1)
    assert not Mending.objects.exists()


def test_it_is_done_on_a_page_with_what_was_and_what_is(office: Office, begun: Dossier) -> None:
    desk, item = Desk(office.people.specialist), office.open_step(begun)
    listed = reverse("services:work-mendings", args=[item.pk])
    assert listed in desk.client.get(reverse("services:work-item", args=[item.pk])).content.decode()
    one = reverse("services:work-mend", args=[item.pk]) + "?cau=/child_name"
    assert one.replace("/child_name", "%2Fchild_name") in desk.client.get(listed).content.decode()
    page = desk.client.get(one).content.decode()
    assert OLD in page
    token = TOKEN.search(page)
    assert token is not None
    data = {"form_token": token[1], "revision": begun.revision, "sua-value": NEW, "sua-reason": "Giấy chứng sinh"}
    assert desk.client.post(one, {**data, "sua-reason": ""}).status_code == 400
    assert desk.client.post(one, {**data, "sua-value": OLD}).status_code == 400
    assert desk.client.post(one, {**data, "revision": 1}).status_code == 409
    assert desk.client.post(one, data).status_code == 302
    shown = desk.client.get(listed).content.decode()
    assert OLD in shown
    assert NEW in shown
    (row,) = mendings_of(begun)
    correction = reverse("services:correction", args=[row.correction_id])
    assert NEW in Desk(office.people.leader).client.get(correction).content.decode()
    assert Desk(office.people.clerk).client.get(listed).status_code in {403, 404}
    assert Desk(office.people.outsider).client.get(listed).status_code == 404


def test_without_a_correction_nothing_is_mended(office: Office) -> None:
    item = office.open_step(office.processing())
    assert (
        Desk(office.people.specialist).client.get(reverse("services:work-mendings", args=[item.pk])).status_code == 409
    )


def test_past_its_three_days_the_head_is_told_once_and_it_stays_a_breach(office: Office, begun: Dossier) -> None:
    home, late = [office.people.home], Correction.objects.get().due_at + timedelta(minutes=1)
    assert deadlines.tell_of_late_corrections(now=Correction.objects.get().due_at) == 0
    assert [deadlines.tell_of_late_corrections(now=late) for _ in range(2)] == [1, 0]
    assert Event.objects.filter(name="services.dossier.correction_breached").count() == 1
    wish = Wish(Kind.CORRECTED_LATE)
    assert list(late_list(home, wish, late)) == [begun]
    head = Desk(office.people.leader)
    assert begun.code in head.page("late", query="?muc=dinh-chinh-tre")
    office.now = timezone.now()
    issued_again(office, office.again(begun))
    assert list(late_list(home, wish, late)) == [begun]
