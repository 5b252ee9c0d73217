"""The officers' queue and workspace: who sees what, who holds it, and one deed after the other."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, RegisterEntry
from services.models import Dossier, ProcedureVersion, SupplementItem, WorkItem
from services.operations.processing import finish_step, take_step
from services.states import ItemState, Stage, State
from tests.cast import Cast, sign_in
from tests.documents import reading
from tests.services.build import Office
from tests.services.working import birth_answers, first_signer, real


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=20))


def accepted(office: Office) -> Dossier:
    return office.accepted(answers=birth_answers(office.people.home) | {"child_personal_number": "001326900001"})


def test_taken_then_proposed_the_step_is_done(client: Client, office: Office) -> None:
    item = office.open_step(accepted(office))
    sign_in(client, office.people.specialist.user)
    assert item.dossier.code in client.get(reverse("services:work-queue")).content.decode()
    taken = client.post(reverse("services:work-take", args=[item.pk]), follow=True).content.decode()
    assert "Giàng Thị Nhuẫn" in taken
    assert reverse("services:work-propose", args=[item.pk]) in taken
    signer = first_signer(office.people, office.now).assignment_id
    answer = client.post(reverse("services:work-propose", args=[item.pk]), {"signer": str(signer)})
    assert answer.status_code == 302, answer.content.decode()
    assert office.again(item.dossier).stage == Stage.AWAITING_SIGNATURE


def test_the_second_officer_sees_who_was_first_and_loses_nothing(client: Client, office: Office) -> None:
    item = office.open_step(office.processing(answers=birth_answers(office.people.home)))
    sign_in(client, office.people.leader.user)
    answer = client.post(reverse("services:work-take", args=[item.pk]))
    assert answer.status_code == 409
    assert "Vàng Seo Páo" in answer.content.decode()
    refused = client.post(reverse("services:work-finish", args=[item.pk]), {"text": "Đã kiểm tra đủ"})
    assert refused.status_code == 409
    assert "Đã kiểm tra đủ" in refused.content.decode()
    assert "Vàng Seo Páo" in refused.content.decode()


def at_step(office: Office, name: str) -> WorkItem:
    """The first step, held by the specialist; to return something, the leader's step after it."""
    item = office.open_step(office.processing(answers=birth_answers(office.people.home)))
    if name != "return":
        return item
    leader = office.people.leader.user
    finish_step(item=item, note="", actor=office.people.specialist.user, now=office.tick())
    return take_step(item=office.open_step(item.dossier), actor=leader, now=office.tick())


def test_with_no_step_before_nothing_can_be_returned(client: Client, office: Office) -> None:
    item = at_step(office, "item")
    sign_in(client, office.people.specialist.user)
    answer = client.get(reverse("services:work-return", args=[item.pk]))
    assert answer.status_code == 409
    assert reverse("services:work-item", args=[item.pk]) in answer.content.decode()


PAGES = ["item", "assign", "finish", "return", "supplement", "propose", "recall", "stop", "note"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_its_officer_and_is_not_there_for_the_next_commune(
    client: Client, office: Office, name: str
) -> None:
    item = at_step(office, name)
    address = reverse(f"services:work-{name}", args=[item.pk])
    assert item.officer
    sign_in(client, item.officer)
    assert client.get(address).status_code == 200
    sign_in(client, office.people.outsider.user)
    answer = client.get(address)
    assert answer.status_code in {403, 404}
    assert "Nhuẫn" not in answer.content.decode()


@pytest.mark.parametrize("name", ["assign", "return", "supplement", "propose", "stop", "note"])
def test_nothing_said_is_an_error_at_the_field(client: Client, office: Office, name: str) -> None:
    item = at_step(office, name)
    assert item.officer
    sign_in(client, item.officer)
    answer = client.post(reverse(f"services:work-{name}", args=[item.pk]), {})
    assert answer.status_code == 400
    assert "govuk-error-summary" in answer.content.decode()


def test_an_answer_that_is_not_right_is_asked_for_by_its_pointer(client: Client, office: Office) -> None:
    dossier = office.processing(answers=birth_answers(office.people.home))
    item = office.open_step(dossier)
    sign_in(client, office.people.specialist.user)
    address = reverse("services:work-supplement", args=[item.pk])
    assert "Giàng Thị Nhuẫn" in client.get(address).content.decode()
    said = {"answers": ["/child_name"], "reason": "Viết khác giấy chứng sinh", "ground": "NĐ 118/2025 Đ.19.5"}
    assert client.post(address, said).status_code == 302
    (asked,) = SupplementItem.objects.filter(supplement__dossier=dossier)
    assert (asked.pointer, asked.problem, asked.component) == ("/child_name", "wrong", "")


def test_a_supplement_stops_the_clock(client: Client, office: Office) -> None:
    dossier = office.processing(answers=birth_answers(office.people.home))
    item = office.open_step(dossier)
    sign_in(client, office.people.specialist.user)
    said = {"components": ["birth_notice"], "reason": "Bản chụp mờ", "ground": "NĐ 118/2025 Đ.19.5"}
    assert client.post(reverse("services:work-supplement", args=[item.pk]), said).status_code == 302
    later = office.again(dossier)
    assert (later.state, later.paused_at is not None) == (State.SUPPLEMENT, True)


def test_handed_over_the_colleague_holds_it(client: Client, office: Office) -> None:
    item = office.open_step(office.processing(answers=birth_answers(office.people.home)))
    sign_in(client, office.people.specialist.user)
    said = {"chosen": str(office.people.clerk.user.pk), "reason": "Nghỉ phép"}
    assert client.post(reverse("services:work-assign", args=[item.pk]), said).status_code == 302
    assert WorkItem.objects.get(pk=item.pk).officer == office.people.clerk.user


def test_stopped_no_step_is_open(client: Client, office: Office) -> None:
    item = office.open_step(office.processing(answers=birth_answers(office.people.home)))
    sign_in(client, office.people.specialist.user)
    said = {"why": "asked", "reason": "Công dân đề nghị"}
    assert client.post(reverse("services:work-stop", args=[item.pk]), said).status_code == 302
    assert WorkItem.objects.get(pk=item.pk).state == ItemState.CANCELLED


def test_the_draft_is_shown_before_it_is_proposed_and_nothing_of_it_stays(client: Client, office: Office) -> None:
    answers = birth_answers(office.people.home) | {"child_personal_number": "001326900001"}
    dossier = office.processing(answers=answers)
    item = office.open_step(dossier)
    sign_in(client, office.people.specialist.user)
    page = client.get(reverse("services:work-propose", args=[item.pk])).content.decode()
    address = reverse("services:work-preview", args=[item.pk])
    assert address in page
    signer = first_signer(office.people, office.now).assignment_id
    before = office.again(dossier).revision
    answer = client.post(address, {"signer": str(signer)})
    assert answer.status_code == 200, answer.content.decode()
    said = reading.letters(reading.text_of(answer.content))
    for text in ("Giàng Thị Nhuẫn", "001326900001", "Bản dự thảo, chưa ký"):
        assert reading.letters(text) in said
    after = office.again(dossier)
    assert (after.revision, after.result_document) == (before, None)
    assert not Document.objects.exists()
    assert not RegisterEntry.objects.exists()


def test_a_draft_that_lacks_something_says_so_and_keeps_what_was_typed(client: Client, office: Office) -> None:
    item = office.open_step(office.processing(answers=birth_answers(office.people.home)))
    sign_in(client, office.people.specialist.user)
    signer = first_signer(office.people, office.now).assignment_id
    answer = client.post(reverse("services:work-preview", args=[item.pk]), {"signer": str(signer)})
    assert answer.status_code == 409
    assert "Chưa trình bày được" in answer.content.decode()
    sign_in(client, office.people.outsider.user)
    assert client.post(reverse("services:work-preview", args=[item.pk])).status_code in {403, 404}


def test_a_form_of_an_older_dossier_is_refused_once_and_keeps_what_was_typed(client: Client, office: Office) -> None:
    dossier = office.processing(answers=birth_answers(office.people.home))
    item = office.open_step(dossier)
    sign_in(client, office.people.specialist.user)
    old = {"text": "Đã kiểm tra đủ", "revision": str(dossier.revision)}
    Dossier.objects.filter(pk=dossier.pk).update(revision=dossier.revision + 1)
    answer = client.post(reverse("services:work-finish", args=[item.pk]), old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã kiểm tra đủ" in page
    assert f'name="revision" value="{dossier.revision + 1}"' in page
    again = client.post(reverse("services:work-finish", args=[item.pk]), old | {"revision": str(dossier.revision + 1)})
    assert again.status_code == 302


def test_whoever_opened_it_lately_is_named(client: Client, office: Office) -> None:
    item = office.open_step(office.processing(answers=birth_answers(office.people.home)))
    address = reverse("services:work-item", args=[item.pk])
    sign_in(client, office.people.leader.user)
    client.get(address)
    sign_in(client, office.people.specialist.user)
    assert "Trong 15 phút qua có người mở: Nguyễn Văn Thành." in " ".join(client.get(address).content.decode().split())
