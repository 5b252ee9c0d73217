"""What people send by mistake or on purpose: told in Vietnamese at its field, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.services.test_file_online import _picture as picture
from tests.services.test_file_online import begin, citizen, send, visitor, words

pytestmark = pytest.mark.usefixtures("country_catalogue")
LATER = timezone.localdate() + timedelta(days=2)


@pytest.fixture(scope="module")
def opened(country_catalogue: str) -> tuple[Client, str]:
    """A draft of a birth; registers are silent, so that everything is asked."""
    client = visitor(citizen())
    draft = begin(client)
    send(client, f"{draft}trang/start/", relation="mother", circumstance="facility")
    return client, draft


def refused(opened: tuple[Client, str], page: str, **typed: object) -> HttpResponse:
    client, draft = opened
    response: HttpResponse = client.post(f"{draft}trang/{page}/", typed)
    assert response.status_code == 400, words(response)
    assert "Có chỗ cần sửa" in words(response)
    return response


def fault(response: HttpResponse, name: str) -> str:
    """What is said at the field itself."""
    found = re.search(rf'id="id_{name}_error">(.*?)</p>', response.content.decode(), re.DOTALL)
    assert found, words(response)
    return re.sub(r"<[^>]+>", " ", found[1])


@pytest.mark.parametrize(
    ("page", "name", "value"),
    [
        ("child", "child_name", ""),
        ("child", "child_name", "x" * 2000),
        ("child", "child_name", "12345"),
        ("child", "child_sex", "khác"),
        ("child", "child_ethnic_group", "Không có"),
        ("requester", "requester_phone", "12"),
        ("requester", "requester_phone", "0" * 200),
        ("requester", "requester_phone", "abc"),
        ("places", "birth_place", "x" * 3000),
        ("start", "relation", "cousin"),
        ("start", "circumstance", ""),
    ],
)
def test_each_field_says_what_to_do(opened: tuple[Client, str], page: str, name: str, value: str) -> None:
    response = refused(opened, page, **{name: value})
    assert len(fault(response, name)) > 10
    if value and name not in {"child_sex", "child_ethnic_group", "relation"}:  # what is no choice cannot be shown
        assert value in response.content.decode()


@pytest.mark.parametrize(
    "day",
    [("1", "1", str(LATER.year + 1)), ("31", "2", "2026"), ("0", "0", "0"), ("x", "1", "2026"), ("1", "", "2026")],
)
def test_a_birth_in_the_future_or_on_no_day_is_refused(opened: tuple[Client, str], day: tuple[str, str, str]) -> None:
    boxes = {f"child_birth_day_{place}": value for place, value in enumerate(day)}
    response = refused(opened, "child", child_name="Giàng A Sinh", **boxes)
    assert fault(response, "child_birth_day")
    html = response.content.decode()
    assert 'value="Giàng A Sinh"' in html
    assert f'value="{day[2]}"' in html


def test_unknown_fields_change_nothing(opened: tuple[Client, str]) -> None:
    client, draft = opened
    send(client, f"{draft}trang/start/", relation="mother", circumstance="facility", owner="x", state="accepted")
    shown = client.get(f"{draft}kiem-tra/").content.decode()
    assert "accepted" not in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ"), ("a.pdf", b"not a pdf"), ("a.jpg", b""), ("a.heic", b"ftypheic"), ("a.pdf.js", b"%PDF-1.7")],
)
def test_a_file_of_the_wrong_kind_is_told_at_its_field(opened: tuple[Client, str], name: str, content: bytes) -> None:
    file = SimpleUploadedFile(name, content, "application/octet-stream")
    response = refused(opened, "birth_notice", birth_notice_files=file)
    assert fault(response, "birth_notice_files")


@pytest.mark.parametrize("sent", ["x", "00000000-0000-4000-8000-000000000000", "'; drop"])
def test_a_file_in_parts_that_never_came_is_told_at_its_field(opened: tuple[Client, str], sent: str) -> None:
    response = refused(opened, "birth_notice", **{"birth_notice_files-sent": sent})
    assert "chọn lại" in fault(response, "birth_notice_files")


def test_what_came_beside_a_wrong_file_is_kept(opened: tuple[Client, str]) -> None:
    client, draft = opened
    good = SimpleUploadedFile("tot.png", picture(), "image/png")
    bad = SimpleUploadedFile("xau.exe", b"MZ", "application/octet-stream")
    refused(opened, "birth_notice", birth_notice_files=[good, bad])
    assert "tot.png" in client.get(f"{draft}trang/birth_notice/").content.decode()
