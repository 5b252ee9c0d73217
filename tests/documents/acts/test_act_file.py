"""The file of a resolution: sent by who drafts the act, and read by who may see it."""

import re
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import StoredFile
from documents.operations.files import clear_file, refuse_file
from documents.reorganisation import Documents
from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope
from tests.cast import NOW, Cast, Member, officer, sign_in
from tests.documents.making import pdf
from tests.units.reorganising import merger, scheduled, tried
from units.handovers import registered
from units.models import ReorgEvent

pytestmark = pytest.mark.django_db
PDF = pdf()
OTHER = pdf(trailer=b"/Other 1")


@pytest.fixture(autouse=True)
def only_documents():
    with registered(Documents()):
        yield


@pytest.fixture
def act(people: Cast) -> ReorgEvent:
    return merger(people.land, unit_id=people.province, file_sha256=None)


@pytest.fixture
def administrator(people: Cast) -> Client:
    return sign_in(Client(), people.administrator.user)


@pytest.fixture
def chair(people: Cast) -> Member:
    return officer(
        "chu-tich-tinh", name="Hà Văn Tỉnh", number="001070000077", unit_id=people.province, post="province-chair"
    )


def page_of(act: ReorgEvent) -> str:
    return f"/van-ban/sap-xep/{act.pk}/"


def send(browser: Client, act: ReorgEvent, content: bytes = PDF, **more: str) -> Any:
    page = browser.get(page_of(act)).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(revision|form_token)" value="([^"]*)"', page))
    upload = SimpleUploadedFile("Nghị quyết 12.pdf", content, "application/pdf")
    return browser.post(page_of(act), {**hidden, "file": upload, **more})


def in_the_way(act: ReorgEvent) -> list[tuple[str, bool]]:
    return [(row["code"], row["stops"]) for row in tried(act).blockers if row["code"].startswith("act-file")]


def test_the_drafter_sends_the_file_and_the_act_names_its_digest(
    people: Cast, act: ReorgEvent, administrator: Client
) -> None:
    assert send(administrator, act).status_code == 302
    act.refresh_from_db()
    assert bytes(act.file_sha256) == sha256(PDF).digest()
    page = administrator.get(f"/don-vi/sap-xep/{act.pk}/").content.decode()
    assert "Nghị quyết 12.pdf" in page
    [event] = Event.objects.filter(name="units.reorganisation.revised")
    assert event.facts["file_sha256"] == sha256(PDF).hexdigest()


def test_the_file_comes_back_byte_for_byte_to_those_who_see_the_act_only(
    people: Cast, act: ReorgEvent, administrator: Client, chair: Member
) -> None:
    send(administrator, act)
    answer = sign_in(Client(), chair.user).get(page_of(act) + "nghi-quyet.pdf")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    for stranger in (people.leader, people.outsider):
        browser = sign_in(Client(), stranger.user)
        assert browser.get(page_of(act)).status_code == 404
        assert browser.get(page_of(act) + "nghi-quyet.pdf").status_code == 404
        assert send(browser, act).status_code in {400, 404}  # without a form there is no token either


def test_another_file_sends_a_simulated_act_back_into_drafting(act: ReorgEvent, administrator: Client) -> None:
    send(administrator, act)
    tried(act)
    assert ReorgEvent.objects.get(pk=act.pk).state == "simulated"
    assert send(administrator, act, OTHER).status_code == 302
    act.refresh_from_db()
    assert (act.state, bytes(act.file_sha256)) == ("draft", sha256(OTHER).digest())


def test_an_older_revision_is_refused_and_nothing_is_kept(act: ReorgEvent, administrator: Client) -> None:
    answer = send(administrator, act, revision="77")
    assert answer.status_code == 409
    assert "Tệp chưa được lưu" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_who_may_not_draft_sees_no_form_and_is_refused(act: ReorgEvent, chair: Member) -> None:
    browser = sign_in(Client(), chair.user)
    assert 'type="file"' not in browser.get(page_of(act)).content.decode()
    assert send(browser, act).status_code in {400, 409}
    act.refresh_from_db()
    assert act.file_sha256 is None


def test_what_is_no_pdf_is_refused_at_its_field(act: ReorgEvent, administrator: Client) -> None:
    answer = send(administrator, act, b"MZ no pdf at all")
    assert answer.status_code == 400
    assert "govuk-error-message" in answer.content.decode()


def test_a_signed_act_takes_the_very_file_that_it_names_and_no_other(people: Cast, administrator: Client) -> None:
    act = scheduled(merger(people.land, unit_id=people.province, file_sha256=sha256(PDF).digest()))
    revision = ReorgEvent.objects.get(pk=act.pk).revision
    assert send(administrator, act, OTHER).status_code == 409
    assert send(administrator, act).status_code == 302
    act.refresh_from_db()
    assert (act.state, act.revision) == ("scheduled", revision)
    assert "nghi-quyet.pdf" in administrator.get(page_of(act)).content.decode()


@pytest.mark.parametrize("judge", [clear_file, refuse_file])
def test_a_file_stops_the_signature_until_it_was_found_clean(
    settings: Any, act: ReorgEvent, administrator: Client, people: Cast, judge: Any
) -> None:
    settings.CLAMD_ADDRESS, settings.FILE_SCANNER = "/nowhere", "documents.scanning.clamd.Clamd"
    send(administrator, act)
    assert in_the_way(act) == [("act-file-waiting", True)]
    assert administrator.get(page_of(act) + "nghi-quyet.pdf").status_code == 409
    with scope(units=[people.province]):
        more = {} if judge is clear_file else {"finding": "Eicar"}
        judge(file_id=StoredFile.objects.get().pk, actor=System.COMMAND, now=NOW, **more)
    assert in_the_way(act) == ([] if judge is clear_file else [("act-file-refused", True)])
    answer = administrator.get(page_of(act) + "nghi-quyet.pdf")
    answer.close()
    assert answer.status_code == (200 if judge is clear_file else 404)


def test_a_digest_without_its_file_is_said_in_the_simulation(people: Cast) -> None:
    assert in_the_way(merger(people.land, unit_id=people.province)) == [("act-file-wanting", False)]
