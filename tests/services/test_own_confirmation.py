"""The draft before its citizen: everything to read, two deeds, and pages for those who come too late."""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.isolation import scope
from services import deadlines
from services.declarations.pointers import merged
from services.models import Dossier, ProcedureVersion
from services.operations import citizen as deeds
from services.operations.confirming import object_to_draft
from services.states import Stage
from services.views.result_words import sections
from services.work_own import contribution
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.confirming import asked, propose
from tests.services.own import Home, citizen
from tests.services.working import birth_answers, real

PAGE = "own-confirmation"
WRONG = "Mẹ sinh năm 1998"


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def filer(office: Office) -> User:
    return citizen()


@pytest.fixture
def dossier(office: Office, filer: User) -> Dossier:
    return asked(office, filer)[0]


def test_every_datum_of_the_draft_stands_there(filer: User, dossier: Dossier) -> None:
    told = Home(filer).page(PAGE, dossier.pk)
    child = ("Giàng Thị Nhuẫn", "07/11/2026", "Nữ", "Hmông", "Trạm Y tế xã An")
    for word in (*child, "Vàng Thị Dở", "2000", "Thôn Na Áng"):
        assert word in told
    order = [told.index(word) for word in ("Trẻ", "Người mẹ", "Đúng, tôi xác nhận", "Có chỗ chưa đúng")]
    assert order == sorted(order)


def test_it_waits_on_the_status_page_and_among_ones_work(filer: User, dossier: Dossier) -> None:
    home = Home(filer)
    told = home.page("own-dossier", dossier.pk)
    assert "Dự thảo kết quả đang chờ ông/bà" in told
    assert "Đọc dự thảo" in told
    assert "Ông/bà có việc cần làm" in home.page("own-dossiers")
    work = home.client.get(reverse("ui:work")).content.decode()
    assert dossier.code in work


def test_confirmed_from_the_page(office: Office, filer: User, dossier: Dossier) -> None:
    home = Home(filer)
    response = home.send(PAGE, dossier.pk, revision=dossier.revision)
    assert response.status_code == 302
    assert office.again(dossier).stage == Stage.NONE
    assert "Dự thảo này đã được trả lời" in home.page(PAGE, dossier.pk, status=409)


def test_what_is_wrong_is_said_and_reaches_the_officer(office: Office, filer: User, dossier: Dossier) -> None:
    home = Home(filer)
    empty = home.send("own-objection", dossier.pk, token_of=PAGE, **{"sai-revision": dossier.revision, "sai-text": " "})
    assert empty.status_code == 400
    assert "Ông/bà hãy ghi chỗ chưa đúng" in empty.content.decode()
    said = {"sai-revision": dossier.revision, "sai-text": WRONG}
    assert home.send("own-objection", dossier.pk, token_of=PAGE, **said).status_code == 302
    item = office.open_step(dossier)
    workspace = sign_in(Client(), office.people.specialist.user).get(reverse("services:work-item", args=[item.pk]))
    assert WRONG in workspace.content.decode()


def test_the_officer_sees_until_when_it_is_waited_for(office: Office, dossier: Dossier) -> None:
    client = sign_in(Client(), office.people.specialist.user)
    told = client.get(reverse("services:work-item", args=[office.open_step(dossier).pk])).content.decode()
    assert "Chờ đến 17 giờ 00" in told
    assert reverse("services:work-propose", args=[office.open_step(dossier).pk]) not in told


def test_a_page_of_before_confirms_nothing_and_keeps_the_words(office: Office, filer: User, dossier: Dossier) -> None:
    home = Home(filer)
    assert home.send(PAGE, dossier.pk, revision=dossier.revision - 1).status_code == 409
    said = {"sai-revision": dossier.revision - 1, "sai-text": WRONG}
    late = home.send("own-objection", dossier.pk, token_of=PAGE, **said)
    assert late.status_code == 409
    assert WRONG in late.content.decode()
    assert office.again(dossier).stage == Stage.AWAITING_CITIZEN


def test_who_comes_after_the_day_is_told(office: Office, filer: User, dossier: Dossier) -> None:
    deadlines.let_silence_agree(now=office.tick(days=6))
    home = Home(filer)
    assert "Đã hết hạn trả lời" in home.page(PAGE, dossier.pk, status=409)
    assert home.send(PAGE, dossier.pk, token_of="own-withdrawal", revision=dossier.revision).status_code == 409


def test_after_an_objection_the_citizen_corrects_what_they_declared(
    office: Office, filer: User, dossier: Dossier
) -> None:
    home = Home(filer)
    home.page("own-changes", dossier.pk, status=409)
    object_to_draft(dossier=dossier, text=WRONG, actor=filer, now=office.tick())
    assert "Sửa nội dung" in home.page("own-dossier", dossier.pk)
    home.page("own-changes", dossier.pk)
    with scope(citizen=filer.pk):
        answers = merged(birth_answers(office.people.home), "/mother_birth_day", {"mother_birth_day": "1998"})
        deeds.change_content(dossier=dossier, answers=answers, actor=filer, now=office.tick())
    assert propose(office, dossier).stage == Stage.AWAITING_CITIZEN
    assert "1998" in home.page(PAGE, dossier.pk)
    home.page("own-changes", dossier.pk, status=409)


def test_nobody_else_reads_it(office: Office, dossier: Dossier) -> None:
    for user in (citizen("khac"), office.people.desk_officer.user, office.people.outsider.user):
        response = sign_in(Client(), user).get(reverse(f"services:{PAGE}", args=[dossier.pk]))
        assert response.status_code in {302, 403, 404}
        assert "Nhuẫn" not in response.content.decode()


def test_a_father_has_his_own_part() -> None:
    content = {"parents": [{"role": "cha", "name": "Giàng A Páo", "born_in": 1998}], "note": "Đăng ký lại"}
    father, rest = sections(content)
    assert str(father["title"]) == "Người cha"
    assert [row["value"] for row in father["rows"]] == ["Giàng A Páo", "1998"]
    assert [row["value"] for row in rest["rows"]] == ["Đăng ký lại"]


def test_the_list_of_ones_work_names_the_day(office: Office, filer: User) -> None:
    _dossier, row = asked(office, filer)
    request = HttpRequest()
    request.user = filer
    [item] = contribution(request).items
    assert item.due_at == row.deadline_at
