"""Every layout, filled: all it was given stands on it, in the order of the law, within the page and its weight."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from documents.layouts import Printed, UnknownLayoutError, render
from documents.layouts.catalogue import Family, Layout, Paper, layout, layouts
from documents.layouts.samples import ON, sample
from documents.pdf import faces
from tests.documents import reading

CODES = sorted({one.code for one in layouts()})
SIZES = {Paper.A4: (210, 297), Paper.A4_LANDSCAPE: (297, 210), Paper.A5: (148, 210), Paper.A5_LANDSCAPE: (210, 148)}
ISO = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")
NOT_AS_TEXT = {"dossier.address"}  # stands in the QR code
ORDER = {  # the fields of the forms in their order, as they are headed
    "form-01": [
        "Mã hồ sơ", "Bộ phận tiếp nhận", "Tiếp nhận hồ sơ của", "Người nộp", "Địa chỉ", "Số điện thoại", "Email",
        "Số CCCD/định danh/hộ chiếu", "Nội dung yêu cầu giải quyết", "1. Thành phần hồ sơ", "Tên giấy tờ", "Bản chính",
        "Bản chứng thực", "Bản photo", "2. Số lượng hồ sơ", "3. Thời gian giải quyết", "4. Thời gian nhận hồ sơ",
        "5. Thời gian trả kết quả", "Giai đoạn 2", "6. Đăng ký nhận kết quả tại", "7. Phí, lệ phí", "Quyển số",
        "Số thứ tự", "Người nộp hồ sơ", "Người tiếp nhận hồ sơ", "Đường dây nóng",
    ],
    "form-02": [
        "Mã hồ sơ", "Tiếp nhận hồ sơ của", "Nội dung yêu cầu", "Địa chỉ", "Số điện thoại", "Email", "Nội dung, giấy tờ",
        "Bản chính", "Chứng thực", "Photo", "Lý do", "Căn cứ pháp lý", "Thời hạn hoàn thiện", "liên hệ",
        "Người hướng dẫn",
    ],
    "form-03": [
        "Mã hồ sơ", "Tiếp nhận hồ sơ của", "Nội dung yêu cầu", "Địa chỉ", "Số điện thoại", "Email",
        "không tiếp nhận, giải quyết", "Lý do cụ thể", "liên hệ", "Người nộp hồ sơ", "Người tiếp nhận hồ sơ",
    ],
    "form-04": [
        "Số:", "Kính gửi", "Địa chỉ", "Số điện thoại", "Ngày tiếp nhận", "Lĩnh vực", "Thủ tục hành chính", "Mã hồ sơ",
        "Thời gian hẹn trả", "Lý do", "xin lỗi", "Thời gian trả kết quả mới", "liên hệ",
    ],
    "form-05": [
        "Mã hồ sơ", "Chủ hồ sơ", "Thủ tục hành chính", "Đề nghị dừng", "Giai đoạn", "quyết định dừng",
        "Hoàn trả giấy tờ", "Phí, lệ phí",
    ],
    "form-06": [
        "Kèm theo hồ sơ của", "Mã hồ sơ", "Ngày nhận", "Ngày, giờ hẹn trả", "Cơ quan giải quyết", "Cơ quan phối hợp",
        "Tên cơ quan", "Thời gian giao, nhận", "Người giao", "Người nhận", "Kết quả", "Ghi chú", "1. Giao", "2. Nhận",
    ],
    "form-07": [
        "STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên tổ chức, cá nhân", "Địa chỉ, số điện thoại",
        "Cơ quan chủ trì", "Ngày nhận hồ sơ", "Ngày hẹn trả", "Ngày chuyển hồ sơ", "Ngày nhận kết quả",
        "Ngày trả kết quả", "Phương thức trả", "Ký nhận", "Ghi chú",
    ],
}  # fmt: skip  # lists of words


@pytest.fixture(scope="module")
def printed() -> dict[str, Printed]:
    return {code: render(code, sample(code), on=ON) for code in CODES}


def newest(code: str) -> Layout:
    return layout(code, ON)


def texts(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, path)
    elif isinstance(value, str) and not ISO.fullmatch(value) and path not in NOT_AS_TEXT:
        yield value


@pytest.mark.parametrize("code", CODES)
def test_all_that_was_given_can_be_read_back(code: str, printed: dict[str, Printed]) -> None:
    read = reading.letters(reading.text_of(printed[code].pdf))
    lost = [text for text in texts(sample(code)) if reading.letters(text) not in read]
    assert not lost


@pytest.mark.parametrize("code", ORDER)
def test_the_fields_of_a_form_stand_in_their_order(code: str) -> None:
    data = sample(code) | ({"copies": 1} if code == "form-01" else {})
    read, at = reading.letters(reading.text_of(render(code, data, on=ON).pdf)), 0
    for heading in ORDER[code]:
        found = read.find(reading.letters(heading), at)
        assert found >= 0, f"{heading} is missing, or stands too early"
        at = found + 1


@pytest.mark.parametrize("code", CODES)
def test_a_file_weighs_little(code: str, printed: dict[str, Printed]) -> None:
    assert len(printed[code].pdf) <= 60_000


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_the_size_of_its_paper(code: str, printed: dict[str, Printed]) -> None:
    sizes = {
        tuple(round(float(side) / 72 * 25.4) for side in list(page["/MediaBox"])[2:])
        for page in reading.pages(reading.opened(printed[code].pdf))
    }
    assert sizes == {SIZES[newest(code).paper]}


@pytest.mark.parametrize("code", CODES)
def test_signatures_have_a_place_within_a_page(code: str, printed: dict[str, Printed]) -> None:
    made, wanted = printed[code], newest(code)
    assert set(made.boxes) == set(wanted.places)
    width, height = (side / 25.4 * 72 for side in SIZES[wanted.paper])
    for box in made.boxes.values():
        assert 0 <= box.page < made.pages
        assert 0 < box.x1 < box.x2 < width
        assert 0 < box.y1 < box.y2 < height


@pytest.mark.parametrize("code", [one.code for one in layouts() if "KyCoQuan" in one.places])
def test_the_seal_lies_in_its_size_over_the_left_third_of_the_signature(code: str, printed: dict[str, Printed]) -> None:
    person, seal = printed[code].boxes["KyNguoi"], printed[code].boxes["KyCoQuan"]
    assert seal.x2 - seal.x1 == pytest.approx(36 / 25.4 * 72)
    assert seal.y2 - seal.y1 == pytest.approx(36 / 25.4 * 72)
    assert (seal.x2 - person.x1) / (person.x2 - person.x1) == pytest.approx(1 / 3)
    assert (seal.y1 + seal.y2) / 2 == pytest.approx((person.y1 + person.y2) / 2)


@pytest.mark.parametrize("code", CODES)
def test_number_and_date_are_fields_where_the_register_gives_them(code: str, printed: dict[str, Printed]) -> None:
    assert printed[code].fields == newest(code).fields


@pytest.mark.parametrize("code", [one.code for one in layouts() if one.fields])
def test_a_number_that_is_known_is_printed_and_no_field(code: str) -> None:
    data = sample(code) | {"issued": {"number": "07/ABC-UBND", "on": "2026-02-05"}}
    made = render(code, data, on=ON)
    read = reading.letters(reading.text_of(made.pdf))
    assert made.fields == ()
    assert reading.letters("07/ABC-UBND") in read
    assert reading.letters("ngày 05 tháng 02 năm 2026") in read


@pytest.mark.parametrize("code", CODES)
def test_nothing_leaves_the_page(code: str, printed: dict[str, Printed]) -> None:
    assert not reading.strays(printed[code].pdf)


LONG = {
    "principal": "Công ty trách nhiệm hữu hạn một thành viên Thương mại, Dịch vụ và Chế biến nông lâm sản Bắc Hà",
    "address": "Số nhà 1045, ngách 27, ngõ 318, đường Trần Hưng Đạo kéo dài, tổ dân phố Nà Cồ, xã Bắc Hà, tỉnh Lào Cai",
    "procedure": "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất cho hộ gia đình, cá nhân"
    " đang sử dụng đất mà nộp hồ sơ sau khi đã được giao đất, cho thuê đất, công nhận quyền sử dụng đất lần đầu",
    "officer": "Công Tằng Tôn Nữ Nguyễn Thị Quỳnh Phượng Hoàng Oanh Thảo",
}  # fmt: skip  # lines as they would be written


@pytest.mark.parametrize("code", [code for code in CODES if LONG.keys() & sample(code).keys()])
def test_long_names_wrap_and_are_whole(code: str) -> None:
    data = sample(code)
    data |= {name: text for name, text in LONG.items() if name in data}
    made = render(code, data, on=ON)
    read = reading.letters(reading.text_of(made.pdf))
    assert not reading.strays(made.pdf)
    assert [name for name in LONG.keys() & data.keys() if reading.letters(LONG[name]) not in read] == []


def test_two_copies_of_the_acceptance_slip_are_two_sheets_and_one_is_signed() -> None:
    made = render("form-01", sample("form-01") | {"copies": 2}, on=ON)
    read = reading.text_of(made.pdf)
    assert made.pages == 2
    assert made.boxes["KyNguoi"].page == 1
    assert read.index("Liên 1: Lưu") < read.index("Liên 2: Giao khách hàng")
    assert "Liên" not in reading.text_of(render("form-01", sample("form-01") | {"copies": 1}, on=ON).pdf)


@pytest.mark.parametrize("code", CODES)
def test_a_trial_is_marked_on_every_page_and_nothing_else_is(code: str, printed: dict[str, Printed]) -> None:
    made = printed[code]
    assert reading.text_of(made.pdf).count("BẢN THỬ NGHIỆM") == made.pages
    real = render(code, sample(code) | {"trial": False}, on=ON)
    assert "THỬ NGHIỆM" not in reading.text_of(real.pdf)


@pytest.mark.parametrize("code", [one.code for one in layouts() if one.family is Family.DECREE])
def test_a_long_document_counts_its_pages_from_the_second(code: str) -> None:
    data = sample(code)
    name = next(name for name in ("articles", "paragraphs", "reasons") if name in data)
    data[name] = data[name] * 6
    made = render(code, data, on=ON)
    assert made.pages >= 2
    last = made.boxes["KyNguoi"].page
    assert last >= made.pages - 2, "signed on an early page"
    assert not reading.strays(made.pdf)


def test_an_unknown_layout_and_one_before_its_day_are_refused() -> None:
    with pytest.raises(UnknownLayoutError):
        render("form-99", {}, on=ON)
    with pytest.raises(UnknownLayoutError):
        render("form-01", sample("form-01"), on=datetime.date(2025, 6, 30))


def test_on_no_day_are_two_versions_in_force() -> None:
    for one in layouts():
        others = [two for two in layouts() if two.code == one.code and two is not one]
        assert not [two for two in others if two.holds_on(one.valid_from)]
        assert one.valid_to is None or one.valid_to > one.valid_from


@pytest.mark.parametrize("code", [one.code for one in layouts() if one.fields])
def test_a_field_is_wide_enough_for_the_longest_number_and_date(code: str, printed: dict[str, Printed]) -> None:
    wanted = {"so_ky_hieu": ("regular", "1234/UBND-XNTTHN"), "ngay_ban_hanh": ("italic", "ngày 22 tháng 12 năm 2026")}
    for field in reading.dictionaries(reading.opened(printed[code].pdf), "/Annot"):
        style, text = wanted[str(field["/T"])]
        font = TTFont(faces.file(style))
        ems = sum(font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in text) / font["head"].unitsPerEm
        size = float(str(field["/DA"]).split(" Tf")[0].split()[-1])
        x1, _, x2, _ = map(float, field["/Rect"])
        assert x2 - x1 > ems * size
