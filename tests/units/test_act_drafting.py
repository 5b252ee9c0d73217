"""The page on which acts are drafted: a table is pasted or uploaded, checked line by line, and kept."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from tests.cast import Cast, cast, officer, sign_in
from tests.units.reorganising import MIDNIGHT, merger, run, scheduled, split, tried
from units.models import ReorgEvent
from units.queries import children

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]
DRAFT = "/don-vi/sap-xep/soan/"
HEAD = {
    "kind": "merge", "legal_no": "12/NQ-HĐND", "legal_date": "2026-11-01", "effective_on": "2027-06-01",
    "title": "Về việc nhập hai đơn vị", "decide_days": "5",
}  # fmt: skip
TABLE = "00001\tPhường An Đông\t\t\t00099\n00004\tPhường An Đông"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def browser(people: Cast) -> Client:
    return sign_in(Client(), people.administrator.user)


def sent(people: Cast, **more: object) -> dict[str, object]:
    return {**HEAD, "unit_id": str(people.province), "rows": TABLE, **more}


def test_a_checked_table_is_shown_and_only_then_kept(people: Cast, browser: Client) -> None:
    page = browser.post(DRAFT, sent(people, check="1")).content.decode()
    assert 'name="keep"' in page
    assert "2 dòng ghi nhận được" in page
    assert not ReorgEvent.objects.filter(legal_no="12/NQ-HĐND").exists()
    answer = browser.post(DRAFT, sent(people, keep="1"))
    act = ReorgEvent.objects.get(legal_no="12/NQ-HĐND")
    assert answer.url == f"/don-vi/sap-xep/{act.pk}/"
    assert [row.name for row in act.changes.all()] == ["An Đông"]
    tried(act)


def test_table_and_file_are_not_called_optional_and_no_kind_is_chosen_for_the_drafter(browser: Client) -> None:
    page = browser.get(DRAFT).content.decode()
    labels = re.findall(r'<label[^>]*for="id_(?:sheet|rows)"[^>]*>(.*?)</label>', page, re.DOTALL)
    assert len(labels) == 2
    assert "không bắt buộc" not in "".join(labels)
    assert "hoặc chọn tệp ở mục trên" in page
    kinds = re.search(r'<select[^>]*id="id_kind".*?</select>', page, re.DOTALL)
    assert kinds
    assert re.findall(r'<option value="([^"]*)" selected', kinds[0]) == [""]


def test_a_refused_form_names_the_fields(people: Cast, browser: Client) -> None:
    page = browser.post(DRAFT, {"unit_id": str(people.province), "check": "1"}).content.decode()
    told = re.findall(r'<li><a href="#id_[a-z_]+">(.*?)</a></li>', page)
    assert "Số nghị quyết: Xin điền mục này" in told
    assert "Trích yếu: Xin điền mục này" in told


def test_each_refused_line_stands_with_its_reason_and_what_was_typed_stays(people: Cast, browser: Client) -> None:
    rows = TABLE + "\n99999\tPhường An Đông\n00005\tXã Êm"
    answer = browser.post(DRAFT, sent(people, rows=rows, keep="1"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "không có đơn vị “99999”" in page
    assert "Dòng 3</th>" in page
    assert "Xã Êm nằm ngoài đơn vị mà văn bản thuộc về" in page
    assert "99999\tPhường An Đông" in page
    assert not ReorgEvent.objects.filter(legal_no="12/NQ-HĐND").exists()


def test_what_the_tree_has_against_a_row_is_told_before_it_is_kept(people: Cast, browser: Client) -> None:
    rows = "00001\tPhường An Mới\tpart\n00004\tPhường An Mới"
    page = browser.post(DRAFT, sent(people, rows=rows, check="1")).content.decode()
    assert "chỉ một phần" in page
    assert 'name="keep"' not in page


def test_a_sheet_is_read_as_if_it_were_pasted(people: Cast, browser: Client) -> None:
    book = Workbook()
    for row in (
        ["Đơn vị cũ", "Đơn vị mới", "", "", "Mã"],
        [1, "Phường An Đông", None, None, 99],
        [4, "Phường An Đông"],
    ):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    sheet = SimpleUploadedFile("bang.xlsx", file.getvalue())
    resolution = SimpleUploadedFile("nq.pdf", b"%PDF-1.7 nghi quyet")
    page = browser.post(DRAFT, sent(people, rows="", sheet=sheet, file=resolution, check="1")).content.decode()
    rows = re.search(r'<textarea[^>]*name="rows"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    digest = re.search(r'name="file_digest" value="([0-9a-f]{64})"', page)
    assert rows
    assert digest
    browser.post(DRAFT, sent(people, rows=rows[1].strip("\r\n"), file_digest=digest[1], keep="1"))
    act = ReorgEvent.objects.get(legal_no="12/NQ-HĐND")
    assert [row.code for row in act.changes.all()] == ["00099"]
    assert bytes(act.file_sha256 or b"").hex() == digest[1]


def test_a_row_of_a_sheet_is_told_by_its_number_there(people: Cast, browser: Client) -> None:
    text = "Đơn vị cũ,Đơn vị mới\n,\n00001,Phường An Đông\n\n99999,Phường An Đông\n,\n"
    sheet = SimpleUploadedFile("bang.csv", text.encode())
    page = browser.post(DRAFT, sent(people, rows="", sheet=sheet, check="1")).content.decode()
    assert re.findall(r"Dòng (\d+)</th>.*?không có đơn vị “99999”", page, re.DOTALL) == ["5"]


@pytest.mark.parametrize("name", ["bang.xlsx", "bang.csv"])
def test_a_file_that_is_no_sheet_is_refused(people: Cast, browser: Client, name: str) -> None:
    sheet = SimpleUploadedFile(name, b"\x89PNG\x00\xff")
    answer = browser.post(DRAFT, sent(people, rows="", sheet=sheet, check="1"))
    assert answer.status_code == 400
    assert "Xin lưu lại" in answer.content.decode()


def test_a_draft_is_revised_by_the_same_page(people: Cast, browser: Client) -> None:
    act = merger(people.land, unit_id=people.province)
    address = f"/don-vi/sap-xep/{act.pk}/sua/"
    page = browser.get(address).content.decode()
    assert "00001\tPhường An Đông\ttoàn bộ\t\t00099" in page
    fields = sent(people, legal_no=act.legal_no, rows=TABLE.replace("An Đông", "Đông An"), keep="1", revision="1")
    assert browser.post(address, fields).status_code == 302
    assert ReorgEvent.objects.get(pk=act.pk).changes.get().name == "Đông An"
    again = browser.post(address, fields)
    assert again.status_code == 409
    assert "Người khác vừa sửa văn bản" in again.content.decode()


def test_a_correction_begins_with_the_rows_of_what_it_corrects(people: Cast, browser: Client) -> None:
    act = merger(people.land, unit_id=people.province)
    run(scheduled(act))
    made = act.changes.get().unit_id
    address = f"/don-vi/sap-xep/{act.pk}/dinh-chinh/"
    page = browser.get(address).content.decode()
    assert "00004\tPhường An Đông" in page
    rows = "00001\tPhường Đông An\t\t\t00099\n00004\tPhường Đông An\t\t\t00099"
    answer = browser.post(address, sent(people, legal_no="13/NQ-HĐND", rows=rows, keep="1"))
    assert answer.status_code == 302, answer.content.decode()
    right = ReorgEvent.objects.get(legal_no="13/NQ-HĐND")
    assert (right.kind, right.corrects_id, right.changes.get().unit_id) == ("correct", act.pk, made)
    tried(right)


def test_a_split_is_corrected_by_its_lines_and_its_units_stay_the_same(people: Cast, browser: Client) -> None:
    act = split(people.land, unit_id=people.province)
    run(scheduled(act))
    made = dict(act.changes.values_list("name", "unit_id"))
    address = f"/don-vi/sap-xep/{act.pk}/dinh-chinh/"
    page = browser.get(address).content.decode()
    assert "00004\tXã Đông Bắc\tmột phần\t\t\tẤp 1" in page
    rows = "00004\tXã Đông Bắc\tmột phần\tx\t\tẤp 1; Ấp 3\n00004\tXã Đông Nam\tmột phần\t\t00004\tẤp 2"
    digest = "ab" * 32
    fields = sent(people, legal_no="14/NQ-HĐND", rows=rows, file_digest=digest)
    assert "2 dòng ghi nhận được" in browser.post(address, fields | {"check": "1"}).content.decode()
    assert browser.post(address, fields | {"keep": "1"}).status_code == 302
    right = ReorgEvent.objects.get(legal_no="14/NQ-HĐND")
    assert dict(right.changes.values_list("name", "unit_id")) == made
    run(scheduled(right, now=MIDNIGHT), now=MIDNIGHT + timedelta(hours=1))
    assert ReorgEvent.objects.get(pk=act.pk).state == "corrected"
    assert [unit.full_name for unit in children(people.province, act.effective_on)] == [
        "Phường An", "Xã Đông Bắc", "Xã Đông Nam"
    ]  # fmt: skip
    told = browser.get(f"/don-vi/sap-xep/{act.pk}/").content.decode()
    assert "Được đính chính bởi" in told
    assert "14/NQ-HĐND" in told
    assert right.sources.get(is_default=True).rule == {"villages": ["Ấp 1", "Ấp 3"]}


def test_who_may_not_draft_is_told_so_and_strangers_see_nothing(people: Cast) -> None:
    chair = officer(
        "chu-tich-tinh", name="Hà Văn Tỉnh", number="001070000077", unit_id=people.province, post="province-chair"
    )
    assert sign_in(Client(), chair.user).get(DRAFT).status_code == 403
    assert sign_in(Client(), people.outsider.user).get(DRAFT).status_code == 404
