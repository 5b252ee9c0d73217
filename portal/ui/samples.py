"""Invented content of the catalogue of components. Nobody and nothing in here exists."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from portal.ui.forms import (
    Checkbox,
    Checkboxes,
    DateBoxesField,
    NativeDate,
    Number,
    Password,
    Radios,
    Search,
    Select,
    Text,
    TextArea,
    Upload,
)
from portal.ui.wording import deadline

ETHNIC_GROUPS = ["Kinh", "Tày", "Thái", "Mường", "Khmer", "Hmông", "Nùng", "Dao", "Ê Đê", "Ba Na", "Mnông"]


class SampleForm(forms.Form):
    """One of each widget."""

    name = forms.CharField(
        label="Họ, chữ đệm, tên",
        help_text="Viết đúng như muốn ghi trên giấy khai sinh, ví dụ Giàng Thị Dế",
        max_length=100,
        widget=Text(),
        error_messages={"required": "Nhập họ, chữ đệm, tên của trẻ"},
    )
    number = forms.CharField(
        label="Số định danh cá nhân",
        help_text="12 chữ số",
        max_length=12,
        widget=Number(width=20),
        error_messages={"required": "Nhập số định danh cá nhân, 12 chữ số"},
    )
    born_on = DateBoxesField(
        label="Ngày sinh",
        help_text="Ví dụ 7 11 2026",
        not_a_date="Ngày sinh phải là ngày có thật, ví dụ 7 11 2026",
        error_messages={"required": "Nhập ngày sinh của trẻ"},
    )
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[("f", "Nữ"), ("m", "Nam")],
        widget=Radios(inline=True),
        error_messages={"required": "Chọn giới tính của trẻ"},
    )
    delivery = forms.ChoiceField(
        label="Nơi nhận kết quả",
        choices=[("desk", "Tại quầy"), ("post", "Qua bưu điện")],
        widget=Radios(hints={"desk": "Trung tâm Phục vụ hành chính công xã", "post": "Người nhận trả cước"}),
        error_messages={"required": "Chọn nơi nhận kết quả"},
    )
    extras = forms.MultipleChoiceField(
        label="Làm cùng lúc",
        choices=[("residence", "Đăng ký thường trú cho trẻ"), ("insurance", "Cấp thẻ bảo hiểm y tế")],
        widget=Checkboxes(),
        required=False,
    )
    group = forms.ChoiceField(
        label="Dân tộc",
        choices=[("", "Chọn dân tộc"), *((name, name) for name in ETHNIC_GROUPS)],
        widget=Select(),
        error_messages={"required": "Chọn dân tộc của trẻ"},
    )
    visit_on = forms.DateField(label="Ngày hẹn", widget=NativeDate(), required=False)
    note = forms.CharField(
        label="Ghi chú", max_length=200, widget=TextArea(count=True), required=False, help_text="Điều cán bộ cần biết"
    )
    paper = forms.FileField(
        label="Giấy chứng sinh",
        help_text="Ảnh chụp hoặc PDF, tối đa 10 MB",
        widget=Upload(accept=".pdf,image/*"),
        required=False,
    )
    search = forms.CharField(label="Tìm xã", max_length=200, widget=Search(), required=False)
    password = forms.CharField(label="Mật khẩu", max_length=200, widget=Password(), required=False)
    confirmed = forms.BooleanField(
        label="Tôi đã kiểm tra và cam đoan các nội dung trên là đúng",
        widget=Checkbox(),
        error_messages={"required": "Đánh dấu cam đoan trước khi nộp"},
    )


FILLED = {
    "name": "Giàng Thị Dế",
    "number": "010326000123",
    "born_on_0": "7",
    "born_on_1": "11",
    "born_on_2": "2026",
    "sex": "f",
    "delivery": "post",
    "extras": ["residence"],
    "group": "Hmông",
    "visit_on": "2026-11-23",
    "note": "Trẻ sinh tại bệnh viện đa khoa Bắc Hà.",
    "search": "na hối",
    "confirmed": "on",
}
WRONG = {"born_on_0": "31", "born_on_1": "2", "born_on_2": "2026", "note": "x" * 210}


def form(state: str) -> forms.Form:
    """`empty`, `filled` or `error`."""
    data: dict[str, dict[str, Any]] = {"filled": FILLED, "error": WRONG}
    return SampleForm(data.get(state))


def _table() -> dict[str, Any]:
    names = ["Mã hồ sơ", "Người nộp", "Thủ tục", "Bước", "Hạn"]
    people = ["Lý Văn Tư", "Sùng Thị Mảy", "Vàng Seo Dín", "Nông Văn Sơn", "Lù Thị Pằng"]
    left = [-480, 120, 130, 470, 960]
    rows = []
    for number, (person, minutes) in enumerate(zip(people * 4, left * 4, strict=True), start=1):
        due = deadline(minutes_left=minutes, due_today=0 < minutes < 200)
        texts = [f"H38.20.15-261113-{number:04}", person, "Đăng ký khai sinh", "Chờ thẩm tra", due.words]
        cells: list[dict[str, Any]] = [{"text": text, "label": name} for text, name in zip(texts, names, strict=True)]
        cells[0]["url"] = "#ban-mau"
        cells[4]["colour"] = due.colour
        rows.append(cells)
    heads = [{"text": name} for name in names]
    heads[4] |= {"sorted": "ascending", "url": "?sap-xep=han"}
    return {"heads": heads, "rows": rows}


def content() -> dict[str, Any]:
    at = datetime.datetime(2026, 11, 20, 8, 20, tzinfo=datetime.UTC)
    return {
        "events": [
            {"title": "Đối chiếu dân cư: khớp", "by": "tự động", "at": at + datetime.timedelta(minutes=1)},
            {
                "title": "Đã phát giấy tiếp nhận",
                "by": "Trần Thị Hòa, quầy 2",
                "at": at,
                "note": "Mẫu 01, ký số cơ quan",
            },
            {"title": "Nghị quyết sáp nhập có hiệu lực", "on": datetime.date(2025, 7, 1)},
        ],
        "answers": [
            {"key": "Trẻ", "value": "Giàng Thị Dế, nữ", "url": "#ban-mau", "action": "Sửa"},
            {"key": "Mẹ", "value": "Sùng Thị Mảy", "source": "Khớp CSDL dân cư"},
        ],
        "tasks": [
            {"id": "viec-1", "name": "Thông tin của trẻ", "url": "#ban-mau", "status": "Đã xong"},
            {"id": "viec-2", "name": "Người đi đăng ký", "url": "#ban-mau", "status": "Đang làm", "colour": "blue"},
            {"id": "viec-3", "name": "Kiểm tra và nộp hồ sơ", "status": "Chưa làm được"},
        ],
        "deadlines": [
            deadline(minutes_left=-481),
            deadline(minutes_left=130, due_today=True),
            deadline(minutes_left=300),
            deadline(minutes_left=1500),
        ],
        "steps": [("Đơn vị", "#ban-mau"), ("Lào Cai", "#ban-mau"), ("Xã Bắc Hà", "")],
        "tabs": [("Xử lý", "#ban-mau", True), ("Giấy tờ (4)", "#giay-to", False), ("Nhật ký", "#nhat-ky", False)],
        "deeds": [("In phiếu (I)", "#ban-mau", "i"), ("Yêu cầu bổ sung (B)", "#ban-mau", "b")],
        "page_obj": Paginator(range(500), 25).page(7),
        "table": _table(),
    }
