"""Anybody sends a petition in: without an account, with one, or through an officer at the desk or on the phone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.operations.files import store_upload
from documents.uploads.kinds import UploadKind
from portal.events import Event
from portal.events.actors import ANONYMOUS
from portal.isolation import scope
from services.errors import NotAllowedError
from services.models import Petition, PetitionChannel, PetitionClock
from services.operations.petition_work import forward_petition
from services.operations.petitions import PetitionFiling, file_petition
from services.petition_errors import NoTextError, TooManyFilesError, UnknownTypeError
from tests.cast import Cast
from tests.documents.uploading import CONTENT
from tests.services.build import Office
from tests.services.conftest import MONDAY
from tests.services.own import citizen
from tests.services.petitioning import TEXT, Box


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def test_without_an_account(box: Box) -> None:
    with scope():
        petition = box.filed(contact={"phone": "0912 000 321"})
    found = box.again(petition)
    assert (found.state, found.filer, found.contact) == ("waiting", None, {"phone": "0912 000 321"})
    assert found.reference.startswith("PA-")
    assert len(found.pin) == 6
    assert found.responsible_unit_id == box.people.home
    event = Event.objects.about("services.petition", petition.pk).get()
    assert (event.name, event.actor, event.after) == ("services.petition.filed", "anonymous", "waiting")


def test_four_limits_begin_and_are_counted_in_working_days(box: Box) -> None:
    petition = box.filed()
    due = {row.kind: row.due_at.astimezone().date().isoformat() for row in petition.clocks.all()}
    # Monday 16/11/2026; 24/11 is a holiday
    assert due == {"refuse": "2026-11-18", "ask": "2026-11-23", "forward": "2026-11-23", "answer": "2026-12-08"}
    assert petition.next_due_at == petition.clocks.get(kind="refuse").due_at


def test_with_an_account_it_is_ones_own(box: Box) -> None:
    user = citizen()
    with scope(citizen=user.pk):
        petition = box.filed(actor=user)
        assert Petition.objects.of_citizen(user).get() == petition
    with scope(citizen=citizen("khac").pk):
        assert not Petition.objects.exists()
        assert not PetitionClock.objects.exists()


def test_an_officer_writes_it_down_for_somebody_on_the_phone(box: Box) -> None:
    petition = box.by_phone(contact={"name": "Vàng Thị Dở", "phone": "0912000321"})
    assert petition.assisted_by == box.people.desk_officer.user
    assert petition.channel == "phone"
    assert petition.contact["name"] == "Vàng Thị Dở"


def test_nobody_writes_it_down_at_a_desk_that_is_not_theirs(box: Box) -> None:
    for actor in (box.people.outsider.user, citizen(), ANONYMOUS):
        filing = PetitionFiling(
            kind="delay", text=TEXT, unit_id=box.people.home, channel=PetitionChannel.DESK, at_desk=box.people.home
        )
        with pytest.raises(NotAllowedError):
            file_petition(filing=filing, actor=actor, now=box.tick())


def test_nobody_sends_it_in_the_name_of_another_account(box: Box) -> None:
    filing = PetitionFiling(kind="delay", text=TEXT, unit_id=box.people.home, filer=citizen())
    with pytest.raises(NotAllowedError):
        file_petition(filing=filing, actor=citizen("khac"), now=box.tick())


def test_a_type_of_the_list_and_some_words(box: Box) -> None:
    with pytest.raises(UnknownTypeError):
        box.filed(kind="nothing")
    with pytest.raises(NoTextError):
        box.filed(text="  ")
    assert not Petition.objects.exists()


def test_files_go_to_the_unit_by_the_road_of_all_files(box: Box) -> None:
    with scope():
        petition = box.filed(uploads=[SimpleUploadedFile("anh.pdf", CONTENT, "application/pdf")])
    row = petition.files.select_related("file").get()
    assert (row.file.unit_id, row.file.uploaded_by, row.file.owner) == (box.people.home, "anonymous", None)
    with pytest.raises(TooManyFilesError):
        box.filed(uploads=[SimpleUploadedFile("anh.pdf", CONTENT, "application/pdf")] * 6)


def test_files_sent_before_are_shared_with_the_unit_and_follow_it(box: Box) -> None:
    user = citizen()
    upload = SimpleUploadedFile("anh.pdf", CONTENT, "application/pdf")
    with scope(citizen=user.pk):
        kept = store_upload(
            upload=upload, kind=UploadKind.ATTACHMENT, unit_id=None, owner=user.pk, actor=user, now=box.tick()
        )
        petition = box.filed(actor=user, files=[kept])
    with scope(units=[box.people.home], citizen=box.handler.pk):
        assert petition.files.get().file.units == {box.people.home}
        forward_petition(petition=petition, to_unit=box.people.neighbour, text="x", actor=box.handler, now=box.tick())
    with scope(units=[box.people.neighbour]):
        assert petition.files.get().file == kept


def test_whoever_worked_on_the_dossier_is_kept_out(office: Office) -> None:
    box, dossier = Box(office.people, office.now), office.processing()
    with scope():
        petition = box.filed(kind="delay", dossier_code=dossier.code.lower())
    assert petition.dossier == dossier
    assert set(petition.barred) == {office.people.specialist.user.pk, office.people.desk_officer.user.pk}
    idea = box.filed(kind="idea", dossier_code=dossier.code)
    assert idea.barred == []


def test_a_code_that_does_not_exist_is_kept_as_it_was_written(box: Box) -> None:
    petition = box.filed(dossier_code="h99-1")
    assert (petition.dossier, petition.dossier_code) == (None, "H99-1")


def test_an_officer_who_is_named_is_kept_out(box: Box) -> None:
    with scope():
        petition = box.filed(about_officer="ông vàng seo páo (tư pháp)")
    assert petition.barred == [box.people.specialist.user.pk]
    with scope(units=[box.people.home], citizen=box.people.specialist.user.pk):
        assert not Petition.objects.exists()
    with scope(units=[box.people.home], citizen=box.people.leader.user.pk):
        assert Petition.objects.exists()


def test_where_nobody_else_is_left_it_goes_to_the_unit_above(box: Box) -> None:
    names = "Vàng Seo Páo, Nguyễn Văn Thành, Trần Quốc Huy, Giàng Thị Dợ"
    with scope():
        petition = box.filed(about_officer=names)
    assert petition.responsible_unit_id == box.people.province
    assert petition.addressed_unit_id == box.people.home
    with scope(units=[box.people.home]):
        assert not Petition.objects.exists()


def test_what_is_sent_again_is_linked(box: Box) -> None:
    first = box.filed(contact={"phone": "0912 000 321"})
    again = box.filed(contact={"phone": "0912-000-321"})
    other = box.filed(contact={"phone": "0912000321"}, kind="rules")
    unknown = box.filed()
    assert (again.repeat_of, other.repeat_of, unknown.repeat_of) == (first, None, None)


def test_another_commune_sees_nothing(box: Box) -> None:
    box.filed()
    with scope(units=[box.people.neighbour]):
        assert not Petition.objects.exists()
        assert not PetitionClock.objects.exists()
