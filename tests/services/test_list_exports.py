"""A list leaves the portal: CSV and XLSX, no formulas, only with a purpose where it names people, recorded."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.api.tables import XLSX_TYPE
from portal.events import Event
from portal.events.models import EventConcern
from portal.isolation import Purpose, scope
from services import list_files
from services.errors import NoPurposeError
from services.models import Dossier, ListExport, ProcedureVersion
from services.operations.filing import Owner
from services.operations.lists import Taken, note_export
from tests.cast import Cast, sign_in
from tests.documents import reading
from tests.services.build import NUMBER, Office
from tests.services.lists import acting

EXPORT = "services:list-export"
PURPOSE = "Họp giao ban tuần"


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return office.accepted(owner=Owner("=HYPERLINK(A1)", NUMBER))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def ask(client: Client, kind: str, *columns: str, query: str = "", purpose: str = PURPOSE) -> Any:
    address = reverse(EXPORT) + query
    return client.post(address, {"format": kind, "cot": columns or ("dossier", "owner", "due"), "purpose": purpose})


def test_csv_has_its_mark_and_no_formula(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.desk_officer.user)
    answer = ask(client, "csv", "dossier", "owner", "received", "responsible_unit")
    text = body(answer).decode()
    assert text[0] == "\ufeff"
    head, row = csv.reader(io.StringIO(text[1:]))
    assert len(head) == len(row) == 4
    assert row[:2] == [dossier.code, "'=HYPERLINK(A1)"]
    assert row[3].endswith(" An")
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_sheet_holds_moments_as_moments_and_no_formula(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.desk_officer.user)
    answer = ask(client, "xlsx")
    assert answer["Content-Type"] == XLSX_TYPE
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    assert sheet is not None
    code, owner, due = (cell for cell in next(sheet.iter_rows(min_row=2)))
    assert (code.value, owner.value, owner.data_type) == (dossier.code, "'=HYPERLINK(A1)", "s")
    assert due.is_date


def test_names_of_people_need_a_purpose(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.desk_officer.user)
    answer = ask(client, "csv", purpose=" ")
    assert answer.status_code == 400
    assert "id_purpose" in answer.content.decode()
    assert ask(client, "csv", "dossier", "state", purpose="").status_code == 200
    assert not Event.objects.filter(name="services.listexport.viewed").exists()
    taken = Taken("services.dossiers", "", ("owner",), "csv", 1, is_personal=True)
    with pytest.raises(NoPurposeError):
        note_export(taken=taken, purpose="", people=[], unit_id=None, actor=office.people.deputy.user, now=office.now)


def test_it_is_recorded_and_the_people_can_read_so(client: Client, office: Office) -> None:
    filer = User.objects.create(username="nguoi-nop", kind=Kind.CITIZEN, created_at=office.now)
    office.submitted(filer=filer)
    sign_in(client, office.people.desk_officer.user)
    assert ask(client, "csv", query="?q=nhuan").status_code == 200
    with acting(office.people.desk_officer):
        row = ListExport.objects.get()
    assert (row.purpose, row.number, row.query, row.format) == (PURPOSE, 1, "q=nhuan", "csv")
    noted = Event.objects.get(name="services.list.exported")
    assert noted.facts["number"] == 1
    assert "nhuan" not in str(noted.facts)
    seen = Event.objects.get(name="services.listexport.viewed")
    with scope(purpose=Purpose.VERIFY):
        assert EventConcern.objects.filter(person=filer.pk, event_id=seen.pk).exists()
    looks = sign_in(Client(), filer).get(reverse("services:own-looks")).content.decode()
    assert PURPOSE in looks


def test_a_list_that_is_too_long_does_not_leave(
    client: Client, office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_files, "MOST_ROWS", 0)
    sign_in(client, office.people.desk_officer.user)
    assert ask(client, "csv").status_code == 400
    assert not Event.objects.filter(name="services.list.exported").exists()


def test_ticked_ones_go_on_paper(client: Client, office: Office, dossier: Dossier) -> None:
    other = office.accepted()
    sign_in(client, office.people.desk_officer.user)
    answer = ask(client, "pdf", query=f"?chon={other.pk}")
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(reading.text_of(answer.content).split())
    assert other.code in text
    assert dossier.code not in text
    with acting(office.people.desk_officer):
        assert ListExport.objects.get().number == 1


def test_the_next_commune_takes_away_nothing_of_it(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.outsider.user)
    assert dossier.code not in body(ask(client, "csv")).decode()
