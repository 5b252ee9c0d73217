"""Books on paper have exactly the decree's columns, and say what was voided."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pypdfium2
import pytest

from documents.models import RegisterBook
from documents.operations.registers import BookKind, Column, EntryRow, add_remark, void_entry
from documents.registers import printing
from documents.registers.columns import FORMS
from documents.registers.printing import disarmed
from tests.cast import Cast
from tests.documents.books import DECISION, LEFT_OPEN, NOW, incoming, outgoing

pytestmark = pytest.mark.filterwarnings(LEFT_OPEN)

# NĐ 30/2020 PL IV, as it is printed there
COLUMNS = {
    "outgoing": [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ],
    "incoming": [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ],
    "settlement": [
        "Số đến", "Tên loại, số và ký hiệu, ngày tháng và tên cơ quan ban hành văn bản", "Đơn vị hoặc người nhận",
        "Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
    ],
    "post": [
        "Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận", "Số lượng bì", "Ký nhận và dấu bưu điện", "Ghi chú",
    ],
    "copy_use": [
        "Ngày tháng", "Họ và tên người sử dụng", "Số, ký hiệu, ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Số và ký hiệu hồ sơ", "Ký nhận", "Ngày trả",
        "Người cho phép sử dụng", "Ghi chú",
    ],
}  # fmt: skip


def book_of(people: Cast, form: str) -> RegisterBook:
    if form == "outgoing":
        void_entry(entry=outgoing(people), reason="Ghi nhầm", actor=people.clerk.user, now=NOW)
        return outgoing(people, row=replace(DECISION, recipients="=cmd|'/c calc'!A0")).book
    if form in {"incoming", "settlement"}:
        entry = incoming(people, arrived_on=date(2026, 11, 16))
        add_remark(entry=entry, column=Column.DUE, on=date(2026, 11, 27), actor=people.clerk.user, now=NOW)
        return entry.book
    row = EntryRow(
        reference="15/QĐ-UBND", subject="Quyết định", recipients="Sở Nội vụ", permitted_by="Chánh Văn phòng", copies=2
    )
    return outgoing(people, kind=BookKind(form), row=row).book


def sheet_of(book: RegisterBook, form: str) -> list[list[str]]:
    with printing.xlsx(book, FORMS[form]) as file:
        content = file.read()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.mark.parametrize("form", sorted(COLUMNS))
def test_sheet_has_the_columns_of_the_decree(people: Cast, form: str) -> None:
    assert COLUMNS[form] in sheet_of(book_of(people, form), form)


@pytest.mark.parametrize("form", sorted(COLUMNS))
def test_pdf_has_the_columns_of_the_decree_and_its_title_block(people: Cast, form: str) -> None:
    book = book_of(people, form)
    content = printing.pdf(book, FORMS[form], volume=1)
    words = words_of(content)
    whole = words.replace(" ", "").replace("\u00ad", "")
    assert [column for column in COLUMNS[form] if column.replace(" ", "") not in whole] == []
    assert "Năm: 2026" in words
    assert "Quyển số: 01" in words
    assert book.head_hash in whole
    page = pypdfium2.PdfDocument(content)[0]
    assert round(page.get_width() / page.get_height(), 2) == 1.41  # A4 landscape


def test_a_voided_number_says_so_in_both(people: Cast) -> None:
    book = book_of(people, "outgoing")
    assert "HỦY: Ghi nhầm" in words_of(printing.pdf(book, FORMS["outgoing"], volume=1))
    assert any("HỦY: Ghi nhầm" in row for row in sheet_of(book, "outgoing"))


def test_late_arrivals_and_remarks_are_printed(people: Cast) -> None:
    rows = sheet_of(book_of(people, "settlement"), "settlement")
    assert any("27/11/2026" in row for row in rows)
    assert any("Đăng ký muộn; đến ngày 16/11/2026" in row for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1"])
def test_cells_that_a_spreadsheet_would_run_are_disarmed(text: str) -> None:
    assert disarmed(text) == f"'{text}"


def test_no_formula_reaches_the_file(people: Cast) -> None:
    book = book_of(people, "outgoing")
    with printing.xlsx(book, FORMS["outgoing"]) as file, zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'=cmd" in sheet


def test_a_long_book_is_printed_in_volumes(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "VOLUME", 3)
    for _ in range(7):
        book = outgoing(people).book
    assert printing.volumes(book) == 3
    words = words_of(printing.pdf(book, FORMS["outgoing"], volume=3))
    assert "Từ số 07 đến số 07" in words
    assert "06/QĐ-UBND" not in words


def test_a_volume_without_lines_says_so(people: Cast) -> None:
    assert "Sổ chưa có mục nào." in words_of(printing.pdf(outgoing(people).book, FORMS["outgoing"], volume=2))
