"""The pages of questions between organs: asked from a step, found in the inbox, answered, taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.kinds import AskedFor
from services.models import Consultation, ProcedureVersion
from services.states import Stage
from tests.cast import Cast, sign_in
from tests.documents import reading
from tests.documents.making import pdf
from tests.services.build import Office
from tests.services.consulting import QUESTION, Asking, asking, neighbour
from tests.services.own import Home, citizen, words
from tests.services.working import birth_answers, real

SAID: dict[str, Any] = {"kind": "opinion", "question": QUESTION, "working_days": "2", "turn": "cung-luc"}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def on(office: Office) -> Asking:
    return asking(office, answers=birth_answers(office.people.home))


def test_asked_from_the_step_and_answered_from_the_inbox(office: Office, on: Asking) -> None:
    item, people = office.open_step(on.dossier), office.people
    page = Home(people.specialist.user)
    assert reverse("services:work-consult", args=[item.pk]) in page.get("work-item", item.pk).content.decode()
    assert "Đông" in page.page("work-consult", item.pk, query="?tim=dong")
    sent = {**SAID, "units": [str(people.neighbour)], "owner": "on", "revision": on.dossier.revision}
    answer = page.client.post(reverse("services:work-consult", args=[item.pk]) + "?tim=dong", sent)
    assert answer.status_code == 302, words(answer)
    row = Consultation.objects.get()
    member = neighbour(office)
    theirs = Home(member.user)
    assert on.dossier.code in theirs.page("consultations")
    assert on.dossier.code in words(theirs.client.get(reverse("ui:work")))  # type: ignore[arg-type]  # Django's
    shown = theirs.page("consultation", row.pk)
    assert QUESTION in shown
    assert "Giàng Thị Nhuẫn" in shown
    file = SimpleUploadedFile("bien-ban.pdf", pdf(), "application/pdf")
    given = theirs.send(
        "opinion", row.pk, opinion="agrees", text="Có đăng ký kết hôn", file=file, revision=row.revision
    )
    assert given.status_code == 302, words(given)
    told = page.page("work-item", item.pk)
    assert "Có đăng ký kết hôn" in told
    assert "bien-ban.pdf" in told
    assert on.stage() == Stage.NONE


def test_what_is_wrong_stands_at_its_field(office: Office, on: Asking) -> None:
    item = office.open_step(on.dossier)
    page = Home(office.people.specialist.user)
    empty = page.client.post(reverse("services:work-consult", args=[item.pk]), {})
    assert empty.status_code == 400
    stale = {**SAID, "units": [str(office.people.home)], "kind": "verification", "revision": 0}
    refused = page.client.post(reverse("services:work-consult", args=[item.pk]), stale)
    assert (refused.status_code, QUESTION in words(refused)) == (409, True)  # type: ignore[arg-type]  # Django's
    (row,) = on.ask(kind=AskedFor.VERIFICATION)
    theirs = Home(neighbour(office).user)
    assert theirs.send("opinion", row.pk).status_code == 400
    without = theirs.send("opinion", row.pk, opinion="done", text="Đã xem")
    assert (without.status_code, "Đã xem" in words(without)) == (400, True)
    assert page.send("revocation", row.pk).status_code == 400


def test_taken_back_it_keeps_its_words_from_the_asked_unit(office: Office, on: Asking) -> None:
    (row,) = on.ask()
    page, theirs = Home(office.people.specialist.user), Home(neighbour(office).user)
    assert page.send("revocation", row.pk, reason="Đã rõ", revision=row.revision).status_code == 302
    assert QUESTION not in theirs.page("consultation", row.pk)
    assert QUESTION in page.page("consultation", row.pk)
    assert theirs.get("opinion", row.pk).status_code == 409
    assert on.dossier.code in theirs.page("consultations", query="?nhom=da")


def test_the_head_of_the_desk_finds_late_answers(office: Office, on: Asking) -> None:
    on.ask()
    Consultation.objects.update(due_at=timezone.now() - timedelta(hours=1))
    head = Home(office.people.deputy.user)
    assert on.dossier.code in head.page("consultations", query="?nhom=tre")
    assert "?nhom=tre" in head.client.get(reverse("ui:work")).content.decode()


def test_the_transfer_slip_names_task_and_limit_of_each(office: Office, on: Asking) -> None:
    people, item = office.people, office.open_step(on.dossier)
    client = sign_in(Client(), people.specialist.user)
    address = reverse("services:work-slip", args=[item.pk])
    assert client.get(address).status_code == 409
    on.ask(people.neighbour, people.province, kind=AskedFor.TASK, in_turn=True)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(reading.text_of(answer.content).split())
    assert "Đông" in text
    assert "đăng ký kết hôn" in text


def test_strangers_find_nothing(office: Office, on: Asking) -> None:
    (row,) = on.ask()
    for user in (office.people.outsider.user, office.people.administrator.user):
        for name in ("consultation", "opinion", "revocation"):
            assert Home(user).get(name, row.pk).status_code == 404
    assert Home(neighbour(office).user).get("revocation", row.pk).status_code == 409


def test_the_citizen_reads_who_is_asked_and_never_what(office: Office) -> None:
    filer = citizen()
    on = asking(office, answers=birth_answers(office.people.home), filer=filer)
    on.ask()
    on.ask(office.people.province, is_confidential=True)
    told = Home(filer).page("own-dossier", on.dossier.pk)
    assert "Đông" in told
    assert "Thủy" not in told
    assert QUESTION not in told
