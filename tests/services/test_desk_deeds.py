"""Supplement, refusal, sending on, messages and notes, by the pages of the desk."""

import pytest
from django.urls import reverse

from services.models import Message, Note, Supplement
from services.states import State
from tests.services.build import Office
from tests.services.consulting import neighbour as officer_next_door
from tests.services.desk import Desk


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office.people.desk_officer)


def test_asks_for_several_things_in_one_request(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send(
        "desk-supplement",
        dossier,
        **{
            "paper-birth_notice-problem": "unclear",
            "paper-birth_notice-text": "Chụp lại giấy chứng sinh",
            "paper-birth_notice-copies": "1",
            "paper-birth_statement-problem": "missing",
            "paper-birth_statement-text": "Nộp giấy cam đoan",
            "reason": "Ảnh bị mờ",
            "ground": "NĐ 118/2025 Đ.16.3",
        },
    )
    assert response.status_code == 302
    request = Supplement.objects.get(dossier=dossier)
    found = set(request.items.values_list("component", "problem", "copies"))
    assert found == {("birth_notice", "unclear", 1), ("birth_statement", "missing", 0)}
    assert office.again(dossier).state == State.SUPPLEMENT


def test_a_request_for_nothing_is_refused_and_kept(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send("desk-supplement", dossier, reason="Thiếu giấy tờ gì đó", ground="NĐ 118/2025 Đ.16.3")
    assert response.status_code == 400
    assert "Thiếu giấy tờ gì đó" in response.content.decode()
    assert office.again(dossier).state == State.SUBMITTED


def test_a_problem_without_words_is_named_at_its_line(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send(
        "desk-supplement",
        dossier,
        **{"paper-birth_notice-problem": "unclear", "reason": "Ảnh bị mờ", "ground": "NĐ 118/2025 Đ.16.3"},
    )
    assert response.status_code == 400
    assert "Nhập nội dung người nộp cần bổ sung" in response.content.decode()


def test_refuses_with_a_reason_and_its_ground(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send("desk-refusal", dossier, why="registered", text="Đã đăng ký ngày 02/3/2026", ground="")
    assert response.status_code == 302
    again = office.again(dossier)
    assert again.state == State.REFUSED
    assert "Đã đăng ký ngày 02/3/2026" in again.reason
    assert "NĐ 118/2025 Đ.17.1c" in again.reason


def test_a_refusal_without_words_does_nothing(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    assert desk.send("desk-refusal", dossier, why="registered", text="").status_code == 400
    assert office.again(dossier).state == State.SUBMITTED


def test_a_refusal_on_a_stale_page_keeps_its_words(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    page = desk.page("desk-refusal", dossier)
    office.checked(dossier)
    response = desk.send("desk-refusal", dossier, page=page, why="other", text="Lý do đã gõ rất dài")
    assert response.status_code == 409
    assert "Lý do đã gõ rất dài" in response.content.decode()
    assert office.again(dossier).state == State.SUBMITTED


def test_sends_on_to_an_organ_that_was_searched_for(office: Office, desk: Desk) -> None:
    officer_next_door(office)
    dossier, neighbour = office.submitted(), office.people.neighbour
    query = "?tim=00004"
    assert f'value="{neighbour}"' in desk.page("desk-rerouting", dossier, query)
    response = desk.send("desk-rerouting", dossier, query=query, unit=str(neighbour), ground="Thuộc thẩm quyền xã bên")
    assert response.status_code == 302
    assert office.again(dossier).responsible_unit_id == neighbour


def test_an_organ_that_was_not_found_can_not_be_sent_to(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send("desk-rerouting", dossier, query="?tim=zzzz", unit=str(office.people.elsewhere), ground="x")
    assert response.status_code == 400
    assert office.again(dossier).responsible_unit_id == office.people.home


def test_says_something_to_the_filer_and_something_to_colleagues(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    sent = desk.send("desk-message", dossier, shown_on="desk-dossier", **{"message-text": "Mời ông/bà đến nhận"})
    noted = desk.send("desk-note", dossier, shown_on="desk-dossier", **{"note-text": "Đã gọi điện"})
    assert (sent.status_code, noted.status_code) == (302, 302)
    assert Message.objects.get(dossier=dossier).text == "Mời ông/bà đến nhận"
    assert Note.objects.get(dossier=dossier).text == "Đã gọi điện"
    html = desk.page("desk-dossier", dossier)
    assert "Mời ông/bà đến nhận" in html
    assert "Đã gọi điện" in html


def test_the_clock_is_explained_after_the_acceptance(office: Office, desk: Desk) -> None:
    html = desk.page("desk-dossier", office.accepted())
    assert "17/11/2026" in html
    assert "19/11/2026" in html


@pytest.mark.parametrize("query", ["?trang_thai=x", "?thu_tuc=khong-co"])
def test_a_filter_that_does_not_exist_is_told(desk: Desk, query: str) -> None:
    assert desk.page("desk", query=query, status=400)


@pytest.mark.parametrize("text", ["giang thi nhuan", "Giàng", "DK-"])
def test_finds_by_the_owner_without_accents(office: Office, desk: Desk, text: str) -> None:
    dossier = office.submitted()
    wanted = dossier.reference if text == "DK-" else text
    assert reverse("services:desk-dossier", args=[dossier.pk]) in desk.page("desk", query=f"?q={wanted}")
    assert dossier.reference not in desk.page("desk", query="?q=nobody")
