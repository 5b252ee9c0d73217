"""The pages on which a form is filled in, tried with answers in the session."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

pytestmark = [pytest.mark.urls("tests.services.urls"), pytest.mark.usefixtures("country_catalogue")]
BIRTH, ALLOWANCE, COPIES = "1.001193", "1.001776", "2.000815"
CHILD = {
    "child_name": "Vàng Thị Mai",
    "child_birth_day_0": "7",
    "child_birth_day_1": "11",
    "child_birth_day_2": "2025",
    "child_sex": "female",
    "child_ethnic_group": "Hmông",
    "child_nationality": "Việt Nam",
}


def url(code: str, *rest: str) -> str:
    return f"/he-thong/to-khai/{code}/" + "".join(f"{part}/" for part in rest)


def words(response: HttpResponse) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main, response.status_code
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


def send(client: Client, code: str, page: str, **answers: object) -> HttpResponse:
    response: HttpResponse = client.post(url(code, "trang", page), answers)
    return response


def start(client: Client, relation: str = "mother", circumstance: str = "facility") -> HttpResponse:
    return send(client, BIRTH, "start", relation=relation, circumstance=circumstance)


def test_the_task_list_names_every_part_that_applies() -> None:
    told = words(Client().get(url(BIRTH)))
    assert "Thông tin của trẻ" in told
    assert "Chưa làm được" in told


def test_answers_are_kept_and_the_next_page_comes() -> None:
    client = Client()
    assert start(client).url == url(BIRTH, "trang", "requester")
    assert send(client, BIRTH, "child", **CHILD).url == url(BIRTH, "trang", "places")
    shown = client.get(url(BIRTH, "trang", "child")).content.decode()
    assert 'value="Vàng Thị Mai"' in shown
    assert 'value="2025"' in shown


def test_a_refused_page_says_what_to_do_and_keeps_what_was_typed() -> None:
    client = Client()
    start(client)
    response = send(
        client, BIRTH, "child", **{**CHILD, "child_name": "", "child_birth_day_1": "2", "child_birth_day_0": "31"}
    )
    assert response.status_code == 400
    told = words(response)
    assert told.count("Nhập họ, chữ đệm, tên của trẻ.") == 2
    assert "ngày có thật" in told
    assert 'value="31"' in response.content.decode()
    assert "<title>Lỗi:" in response.content.decode()


@pytest.mark.parametrize("year", ["2027", "1066"])
def test_a_birth_to_come_or_long_ago_is_refused(year: str) -> None:
    client = Client()
    start(client)
    assert send(client, BIRTH, "child", **{**CHILD, "child_birth_day_2": year}).status_code == 400


def test_a_page_that_does_not_apply_leads_to_the_tasks() -> None:
    client = Client()
    start(client, circumstance="abandoned")
    assert client.get(url(BIRTH, "trang", "mother")).url == url(BIRTH)
    assert client.get(url(BIRTH, "trang", "khong-co")).status_code == 404


def test_an_answer_that_opens_another_question_shows_it_without_blame() -> None:
    client = Client()
    first = send(client, "2.000635", "start", asker="organisation")
    assert first.url == url("2.000635", "trang", "start")
    shown = client.get(first.url).content.decode()
    assert 'name="organisation_name"' in shown
    assert "govuk-error-summary" not in shown
    missing = send(client, "2.000635", "start", asker="organisation", organisation_name="")
    assert missing.status_code == 400
    changed = send(client, "2.000635", "start", asker="self", organisation_name="")
    assert changed.url == url("2.000635", "trang", "requester")


def test_an_old_commune_is_found_and_becomes_the_one_of_today() -> None:
    client = Client()
    start(client)
    answers = {"requester_name": "An", "requester_personal_number": "010099000000", "requester_phone": "0912345678"}
    asked = {**answers, "requester_residence-find": "truc bach ba dinh", "requester_residence-detail": "Số 1"}
    assert send(client, BIRTH, "requester", **asked).url == url(BIRTH, "trang", "child")
    shown = client.get(url(BIRTH, "trang", "requester")).content.decode()
    assert "Phường Ba Đình, Thành phố Hà Nội" in shown


def test_namesakes_are_offered_and_never_chosen_from() -> None:
    client = Client()
    start(client)
    answers = {"requester_name": "An", "requester_personal_number": "010099000000", "requester_phone": "0912345678"}
    asked = {**answers, "requester_residence-find": "tan an", "requester_residence-detail": "Số 1"}
    response = send(client, BIRTH, "requester", **asked)
    assert response.status_code == 400
    offered = re.findall(r'name="requester_residence-unit" value="(\d+)"', response.content.decode())
    assert len(offered) > 1
    chosen = {**asked, "requester_residence-for": "tan an", "requester_residence-unit": offered[1]}
    assert send(client, BIRTH, "requester", **chosen).status_code == 302


def test_rows_are_added_changed_and_removed() -> None:
    client = Client()
    rows = url(COPIES, "trang", "documents")
    assert client.post(rows).status_code == 400
    new = {"title": "Bằng tốt nghiệp", "pages": "2", "copies": "3"}
    assert client.post(f"{rows}moi/", {**new, "pages": "không"}).status_code == 400
    assert client.post(f"{rows}moi/", new).url == rows
    assert client.post(f"{rows}1/", {**new, "copies": "5"}).url == rows
    assert "Số bản cần chứng thực 5" in words(client.get(rows))
    assert client.get(f"{rows}2/").status_code == 404
    assert client.post(rows).url == url(COPIES, "trang", "form")
    assert "Giấy tờ 1" in words(client.get(f"{rows}1/bo/"))
    assert client.post(f"{rows}1/bo/").url == rows
    assert client.post(rows).status_code == 400


def test_a_file_stays_when_the_page_is_refused_and_goes_when_it_is_ticked() -> None:
    client = Client()
    start(client)
    paper = SimpleUploadedFile("giay-chung-sinh.jpg", b"x", "image/jpeg")
    assert send(client, BIRTH, "birth_notice", birth_notice_files=paper).status_code == 302
    shown = client.get(url(BIRTH, "trang", "birth_notice")).content.decode()
    assert "giay-chung-sinh.jpg" in shown
    [kept] = re.findall(r'name="birth_notice_files-remove" value="([0-9a-f-]{36})"', shown)
    assert send(client, BIRTH, "birth_notice").status_code == 302
    gone = send(client, BIRTH, "birth_notice", **{"birth_notice_files-remove": kept})
    assert gone.status_code == 400
    assert "Đính kèm giấy chứng sinh." in words(gone)


def test_what_registers_know_is_shown_with_its_source_and_not_asked() -> None:
    client = Client()
    client.post(url(BIRTH), {"mau": ""})
    assert start(client).status_code == 302
    page = client.get(url(BIRTH, "trang", "mother"))
    assert "Giàng Thị Mỷ Từ Cơ sở dữ liệu quốc gia về dân cư" in words(page)
    assert 'name="mother_name"' not in page.content.decode()
    assert "Giấy chứng sinh" not in words(client.get(url(BIRTH)))


def test_the_review_names_what_is_missing_and_leads_there_and_back() -> None:
    client = Client()
    start(client)
    response = client.get(url(BIRTH, "kiem-tra"))
    assert "Nhập họ, chữ đệm, tên của trẻ." in words(response)
    assert f"{url(BIRTH, 'trang', 'child')}?tro-lai=kiem-tra" in response.content.decode()
    changed = client.post(f"{url(BIRTH, 'trang', 'child')}?tro-lai=kiem-tra", CHILD)
    assert changed.url.endswith("?tro-lai=kiem-tra")


def test_a_form_is_filled_in_to_its_end() -> None:
    client = Client()
    client.post(f"{url(COPIES, 'trang', 'documents')}moi/", {"title": "Bằng", "pages": "1", "copies": "1"})
    assert send(client, COPIES, "form", copy_form=["paper"]).url == url(COPIES, "trang", "requester")
    person = {
        "requester_name": "An Văn Bình",
        "requester_personal_number": "010 099 000 000",
        "requester_phone": "0912.345.678",
    }
    assert send(client, COPIES, "requester", **person).url == url(COPIES, "trang", "copies")
    assert send(client, COPIES, "copies").url == url(COPIES, "kiem-tra")
    told = words(client.get(url(COPIES, "kiem-tra")))
    assert "010099000000" in told
    assert "0912345678" in told
    assert "Tôi chịu trách nhiệm về nội dung" in told


def test_labels_from_the_catalogue_are_escaped() -> None:
    client = Client()
    response = send(client, COPIES, "requester", requester_name="<script>alert(1)</script>4")
    assert "<script>alert" not in response.content.decode()


def test_the_pages_speak_english_too() -> None:
    assert "Full name of the child" in words(Client().get("/en" + url(BIRTH, "trang", "child")))
