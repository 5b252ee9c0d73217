"""A citizen corrects an answer until the desk has received the dossier."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from portal.events import Event
from services.models import Dossier
from services.operations import reception
from tests.services.build import Office
from tests.services.desk import TOKEN
from tests.services.own import Home, citizen, filed, words
from tests.services.working import birth_answers, real


@pytest.fixture
def dossier(office: Office) -> Dossier:
    office.version = real("1.000894", form_code="1.001193")
    return filed(office, citizen(), answers=birth_answers(office.people.home))


def home(dossier: Dossier) -> Home:
    assert dossier.filer
    return Home(dossier.filer)


def change(browser: Home, dossier: Dossier, pointer: str, **data: str) -> HttpResponse:
    url = reverse("services:own-change", args=[dossier.pk]) + f"?cau={pointer}"
    token = TOKEN.search(browser.client.get(url).content.decode())
    sent = {f"sua-{name}": value for name, value in data.items()}
    return browser.client.post(url, {**sent, "form_token": token[1] if token else ""})  # type: ignore[return-value]  # Django's


def test_an_answer_is_changed_and_the_record_says_which(office: Office, dossier: Dossier) -> None:
    browser = home(dossier)
    assert "Ngày sinh của trẻ" in browser.page("own-changes", dossier.pk)
    response = change(browser, dossier, "/child_birth_day", value_0="8", value_1="11", value_2="2026")
    assert response.status_code == 302
    again = office.again(dossier)
    assert again.answers == {**dossier.answers, "child_birth_day": "2026-11-08"}
    event = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.content_changed")
    assert event.facts["changed"] == ["child_birth_day"]


def test_what_is_said_of_the_dossier_follows_from_the_answer(office: Office) -> None:
    office.version = real("2.000815", form_code="1.001193")  # the affair of who asks for it
    dossier = filed(office, citizen(), answers=birth_answers(office.people.home))
    browser = home(dossier)
    assert change(browser, dossier, "/requester_phone", value="0912 999 888").status_code == 302
    assert office.again(dossier).contact["phone"] == "0912999888"
    assert change(browser, dossier, "/requester_name", value="Vàng Thị Dợ").status_code == 302
    again = office.again(dossier)
    assert again.owner_name == "Vàng Thị Dợ"
    assert again.summary.endswith("Vàng Thị Dợ")


def test_a_wrong_answer_is_refused_at_its_field(office: Office, dossier: Dossier) -> None:
    response = change(home(dossier), dossier, "/child_birth_day", value_0="8", value_1="11", value_2="2099")
    assert response.status_code == 400
    assert 'value="2099"' in response.content.decode()
    assert office.again(dossier).answers == dossier.answers


def test_an_answer_that_opens_other_questions_is_not_changed_alone(office: Office, dossier: Dossier) -> None:
    response = change(home(dossier), dossier, "/declares_father", value="yes")
    assert response.status_code == 400
    assert "không sửa riêng được" in words(response)
    assert office.again(dossier).answers == dossier.answers


@pytest.mark.parametrize("pointer", ["", "/", "/khong-co", "/birth_notice_files"])
def test_what_is_not_asked_does_not_exist(dossier: Dossier, pointer: str) -> None:
    home(dossier).page("own-change", dossier.pk, query=f"?cau={pointer}", status=404)


def test_received_it_is_too_late(office: Office, dossier: Dossier) -> None:
    desk = office.people.desk_officer.user
    done = reception.accept(dossier=office.checked(dossier), actor=desk, now=office.tick())
    assert "Không sửa được" in home(dossier).page("own-changes", dossier.pk, status=409)
    assert change(home(dossier), done, "/child_name", value="Khác").status_code in {400, 409}
    assert office.again(dossier).answers["child_name"] == "Giàng Thị Nhuẫn"
