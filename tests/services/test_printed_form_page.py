"""Who opens a printed form, and what the desk sees of it while a worker is making it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.events import Event
from portal.isolation import scope
from services.models import PrintedForm
from services.operations.forms import MAKE
from services.queries.forms import printed_forms
from services.states import FormState
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.desk import Desk
from tests.services.working import work_off


@pytest.fixture
def office(office: Office) -> Office:
    office.now = timezone.now() - timedelta(minutes=30)
    return office


@pytest.fixture
def filer(people: Cast) -> User:
    return account("nguoi-nop")


def account(name: str) -> User:
    return User.objects.create(username=name, kind=Kind.CITIZEN, created_at=timezone.now())


def address(form: PrintedForm) -> str:
    return reverse("services:printed-form", args=[form.pk])


def test_the_officer_sees_it_being_made_and_prints_it_when_it_is_there(office: Office) -> None:
    desk = Desk(office.people.desk_officer)
    dossier = office.checked(office.submitted())
    answer = desk.send("desk-acceptance", dossier)
    assert answer.status_code == 302, answer.content.decode()
    page = desk.page("desk-dossier", dossier)
    form = printed_forms(dossier)[0]
    assert "đang lập" in page
    assert address(form) not in page
    assert desk.client.get(address(form)).status_code == 409
    work_off(timezone.now(), MAKE)
    page = desk.page("desk-dossier", dossier)
    assert "chưa ký" in page
    assert address(form) in page
    answer = desk.client.get(address(form))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.filter(name="services.printedform.viewed", subject_id=str(form.pk)).count() == 1


def test_after_the_acceptance_a_link_leads_to_the_form(office: Office) -> None:
    desk = Desk(office.people.desk_officer)
    dossier = office.checked(office.submitted())
    answer = desk.send("desk-acceptance", dossier)
    page = desk.client.get(answer["Location"]).content.decode()
    assert f"{reverse('services:desk-dossier', args=[dossier.pk])}#bieu-mau" in page


def test_the_filer_opens_their_own_without_an_event_about_reading(office: Office, filer: User, client: Client) -> None:
    form = printed_forms(office.accepted(filer=filer))[0]
    work_off(timezone.now(), MAKE)
    sign_in(client, filer)
    assert client.get(address(form)).status_code == 200
    assert not Event.objects.filter(name="services.printedform.viewed").exists()


def test_strangers_learn_nothing(office: Office, client: Client) -> None:
    form = printed_forms(office.accepted())[0]
    work_off(timezone.now(), MAKE)
    sign_in(client, office.people.outsider.user)
    assert client.get(address(form)).status_code == 404
    sign_in(client, account("nguoi-la"))
    assert client.get(address(form)).status_code == 404
    client.logout()
    assert client.get(address(form)).status_code == 302


def test_without_the_filter_the_database_still_shows_strangers_nothing(office: Office) -> None:
    office.accepted()
    with scope(units=[office.people.neighbour]):
        assert not PrintedForm.objects.exists()
    with scope():
        assert not PrintedForm.objects.exists()


def test_one_that_cannot_be_made_says_so(office: Office) -> None:
    desk = Desk(office.people.desk_officer)
    dossier = office.accepted(filer_name="\u4e2d\u6587")
    work_off(timezone.now(), MAKE)
    form = printed_forms(dossier)[0]
    assert form.state == FormState.FAILED
    assert "không lập được" in desk.page("desk-dossier", dossier)
    assert "không lập được" in desk.client.get(address(form)).content.decode()
