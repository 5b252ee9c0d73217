"""The organ stops the work, the citizen withdraws, or nothing was supplemented: each end has its Form 05."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Dossier, PrintedForm
from services.operations import citizen as deeds
from services.operations.citizen import GivenBack
from services.operations.supplements import expire_supplement
from services.reasons import stop_reasons
from services.states import State
from tests.cast import sign_in
from tests.services.build import Office
from tests.services.own import Home, citizen
from tests.services.test_printed_forms import made, says
from tests.services.test_supplements import ask


def ended(dossier: Dossier, name: str) -> dict[str, Any]:
    return dict(Event.objects.about("services.dossier", dossier.pk).get(name=f"services.dossier.{name}").facts)


def test_papers_and_fee_that_go_back_stand_on_form_05(office: Office) -> None:
    dossier = office.processing()
    deeds.stop(
        dossier=dossier,
        reason="Trùng hồ sơ",
        ground="NĐ 118/2025 Đ.21.3",
        why="duplicate",
        given_back=GivenBack("01 giấy chứng sinh", "Hoàn trả 8.000 đồng"),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    says(made(office), "Trùng hồ sơ", "01 giấy chứng sinh", "Hoàn trả 8.000 đồng", "Vàng Seo Páo")
    facts = ended(dossier, "stopped")
    assert (facts["why"], facts["refund"]) == ("duplicate", "full")


def test_withdrawn_by_its_citizen_form_05_says_so(office: Office) -> None:
    """The citizen sees no organ's files: the form is made all the same."""
    filer = citizen()
    dossier = office.processing(filer=filer)
    with scope(citizen=filer.pk):
        deeds.withdraw(dossier=dossier, reason="Tôi nộp nhầm", actor=filer, now=office.tick())
    form = made(office)
    says(form, "Vàng Thị Dở, người nộp hồ sơ", "Người nộp rút hồ sơ. Tôi nộp nhầm", "Bộ phận Một cửa")
    assert ended(dossier, "withdrawn")["refund"] == "by_rule"
    assert "Mẫu 05" in Home(filer).page("own-dossier", dossier.pk)


@pytest.mark.parametrize("at_desk", [True, False])
def test_closed_after_the_days_it_is_told_in_writing(office: Office, at_desk: bool) -> None:
    dossier = office.submitted() if at_desk else office.processing()
    actor = office.people.desk_officer if at_desk else office.people.specialist
    request = ask(office, dossier, actor=actor.user)
    with scope(purpose=Purpose.DEADLINES):
        late = request.deadline_at + timedelta(minutes=1)
        expire_supplement(dossier=dossier, actor=System.SCHEDULE, now=late)
    assert office.again(dossier).state == State.STOPPED
    assert PrintedForm.objects.filter(form="form-05").count() == 1
    says(made(office), "Hệ thống", "Đang chờ bổ sung", "Hồ sơ không được bổ sung", "NĐ 118/2025 Đ.19.5")
    assert ended(dossier, "expired")["why"] == "not_completed"


def test_the_officer_chooses_a_reason_and_its_ground_follows(office: Office) -> None:
    dossier = office.processing()
    client = sign_in(Client(), office.people.specialist.user)
    url = reverse("services:work-stop", args=[office.open_step(dossier).pk])
    page = client.get(url).content.decode()
    assert stop_reasons()["duplicate"].text_vi in page
    assert stop_reasons()["withdrawn"].text_vi not in page
    assert client.post(url, {"reason": "Trùng"}).status_code == 400
    assert client.post(url, {"why": "withdrawn", "reason": "Trùng"}).status_code == 400
    assert client.post(url, {"why": "duplicate", "reason": "Hồ sơ kia nộp trước"}).status_code == 302
    assert office.again(dossier).reason == f"{stop_reasons()['duplicate'].text_vi}. Hồ sơ kia nộp trước"
    assert ended(dossier, "stopped")["ground"] == "NĐ 118/2025 Đ.21.3"
