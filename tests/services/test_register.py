"""Form 07: what stands in it, and who may read it."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from portal.events import Event
from services.models import Dossier
from tests.services.build import Office
from tests.services.desk import Desk
from tests.services.own import words


@pytest.fixture
def office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(timezone, "now", lambda: office.now)
    return office


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office.people.desk_officer)


def text_of(response: Any) -> str:
    assert response["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(response.content)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def zipped(book: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as files:
        return b"".join(files.read(name) for name in files.namelist())


def address(name: str) -> str:
    return reverse(f"services:{name}")


def test_the_register_lists_what_was_received_in_its_order(office: Office, desk: Desk) -> None:
    first, second = office.accepted(), office.processing()
    page = words(desk.client.get(address("register")))  # type: ignore[arg-type]  # Django's
    assert page.index(first.code) < page.index(second.code)
    assert "0912000321" in page


def test_form_07_says_the_same(office: Office, desk: Desk) -> None:
    dossier = office.accepted()
    text = text_of(desk.client.get(address("register-pdf")))
    assert dossier.code in text
    assert "Giàng Thị Nhuẫn" in text


def test_the_sheet_has_every_row_and_no_formula(office: Office, desk: Desk) -> None:
    codes = [office.accepted(filer_name="=1+1").code for _ in range(3)]
    Dossier.objects.filter(code=codes[0]).update(owner_name="=HYPERLINK(1)")
    response: Any = desk.client.get(address("register-sheet"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == codes
    assert [row[0] for row in rows[1:]] == [1, 2, 3]
    assert rows[1][4] == "'=HYPERLINK(1)"


def test_a_sheet_that_would_be_cut_is_refused_before_its_first_byte(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.views.register.MOST_IN_SHEET", 2)
    codes = [office.accepted().code for _ in range(2)]
    whole: Any = desk.client.get(address("register-sheet"))
    assert codes[1].encode() in zipped(b"".join(whole.streaming_content))
    office.accepted()
    noted = Event.objects.filter(name="services.register.viewed").count()
    refused = desk.client.get(address("register-sheet"))
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "một tệp chứa tối đa 2" in words(refused)  # type: ignore[arg-type]  # Django's
    assert Event.objects.filter(name="services.register.viewed").count() == noted


def test_numbers_go_on_within_the_year(office: Office, desk: Desk) -> None:
    office.accepted()
    office.now += timedelta(days=1)
    second = office.accepted()
    today = localdate(office.now).isoformat()
    fresh = Desk(office.people.desk_officer)
    page = words(fresh.client.get(f"{address('register')}?tu={today}&den={today}"))  # type: ignore[arg-type]  # the same
    assert f"2 {second.code}" in page


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    response = desk.client.get(f"{address('register')}?tu=2026-11-16&den=2026-11-01")
    assert response.status_code == 400


def test_reading_the_register_is_noted(office: Office, desk: Desk) -> None:
    office.accepted()
    desk.client.get(address("register"))
    assert Event.objects.filter(name="services.register.viewed").count() == 1


def test_another_desk_sees_nothing_of_it(office: Office) -> None:
    dossier = office.accepted()
    stranger = Desk(office.people.outsider)
    page = words(stranger.client.get(address("register")))  # type: ignore[arg-type]  # the same
    assert dossier.code not in page
    assert stranger.client.get(f"{address('register')}?ban={office.people.home}").status_code == 400
