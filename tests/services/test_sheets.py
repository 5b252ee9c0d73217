"""Any list as a file: the rows of its page, formulas disarmed, recorded, with a purpose where people are named."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.events import Event
from services.models import Dossier, ListExport, ProcedureVersion
from services.operations.filing import Owner
from services.operations.processing import assign_step
from services.sheets import SHEETS
from tests.cast import Cast, sign_in
from tests.services.build import NUMBER, Office
from tests.services.consulting import asking, neighbour
from tests.services.lists import acting

PURPOSE = "Họp giao ban tuần"


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def dossier(office: Office) -> Dossier:
    made, head = office.processing(owner=Owner("=HYPERLINK(A1)", NUMBER)), office.people.leader.user
    step = office.open_step(made)
    assign_step(item=step, officer=office.people.specialist.user, reason="x", actor=head, now=office.tick())
    return office.again(made)


def take(client: Client, key: str, kind: str, *columns: str, query: str = "", purpose: str = PURPOSE) -> Any:
    address = reverse("services:list-sheet", args=[key]) + query
    return client.post(address, {"format": kind, "cot": columns, "purpose": purpose})


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()[1:])))


def test_each_list_gives_what_its_page_shows(client: Client, office: Office, dossier: Dossier) -> None:
    now, seen = timezone.now(), set()
    for who in (office.people.leader, office.people.desk_officer, office.people.specialist):
        sign_in(client, who.user)
        for key, sheet in SHEETS.items():
            page = client.get(reverse(sheet.page))
            asked = reverse("services:list-sheet", args=[key])
            if page.status_code != 200:
                assert client.get(asked).status_code == page.status_code, "no page, no file"
                continue
            seen.add(key)
            assert f'href="{asked}"' in page.content.decode(), key
            assert client.get(asked).status_code == 200
            columns = list(sheet.offered(now))
            head, *rows = rows_of(take(client, key, "csv", *columns))
            assert len(head) == len(columns), key
            book = b"".join(take(client, key, "xlsx", *columns).streaming_content)
            table = openpyxl.load_workbook(io.BytesIO(book)).active
            assert table is not None
            assert table.max_row == len(rows) + 1, key
    assert seen >= {"mot-cua", "tre-han", "xu-ly", "dang-cho", "ban-giao", "y-kien"}, seen


def test_a_step_says_since_when_it_is_with_whom(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.leader.user)
    _head, row = rows_of(take(client, "dang-cho", "csv", "dossier", "owner", "holder", "since", "opened"))
    step = office.open_step(dossier)
    assert row[:2] == [dossier.code, "'=HYPERLINK(A1)"]
    assert row[2]
    assert step.taken_at is not None
    assert row[3] == f"{timezone.localtime(step.taken_at):%Y-%m-%d %H:%M}"


def test_both_sides_take_their_questions_away_and_no_name_of_the_owner(client: Client, office: Office) -> None:
    there = neighbour(office)
    on = asking(office, owner=Owner("Giàng Thị Nhuẫn", NUMBER))
    on.ask()
    for member, query in ((there, ""), (office.people.specialist, "?nhom=hoi")):
        sign_in(client, member.user)
        assert on.dossier.code in client.get(reverse("services:consultations") + query).content.decode()
        columns = [*SHEETS["y-kien"].offered(timezone.now())]
        head, row = rows_of(take(client, "y-kien", "csv", *columns, query=query))
        told = dict(zip(columns, row, strict=True))
        assert len(head) == len(columns)
        assert (told["dossier"], told["state"], told["ended"]) == (on.dossier.code, "chờ trả lời", "")
        assert "Đông" in told["unit"]
        assert "Nhuẫn" not in " ".join(row)
    assert len(rows_of(take(client, "y-kien", "csv", "dossier"))) == 1, "the asking unit has nothing to answer"


def test_it_is_recorded_with_its_filter_and_people_need_a_purpose(
    client: Client, office: Office, dossier: Dossier
) -> None:
    sign_in(client, office.people.leader.user)
    assert take(client, "dang-cho", "csv", "owner", purpose=" ").status_code == 400
    assert not Event.objects.filter(name="services.list.exported").exists()
    assert take(client, "dang-cho", "csv", "owner", query="?giu=nobody").status_code == 200
    with acting(office.people.leader):
        row = ListExport.objects.get()
    assert (row.list, row.query, row.number, row.purpose) == ("services.dang-cho", "giu=nobody", 0, PURPOSE)
    assert Event.objects.get(name="services.list.exported").facts["list"] == "services.dang-cho"


def test_the_next_commune_and_citizens_take_nothing(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.outsider.user)
    assert all(dossier.code not in line for line in rows_of(take(client, "mot-cua", "csv", "dossier")))
    assert client.get(reverse("services:list-sheet", args=["gi-do"])).status_code == 404


def test_the_same_over_rest(client: Client, office: Office, dossier: Dossier) -> None:
    sign_in(client, office.people.leader.user)
    address = reverse("api:services:list-file", args=["dang-cho"])
    answer: Any = client.get(address, {"columns": "dossier,due"})
    assert rows_of(answer)[1][0] == dossier.code
    assert client.get(address, {"columns": "gi-do"}).status_code == 400
    assert client.get(address, {"columns": "owner"}).status_code in {400, 409, 422}
    assert client.get(reverse("api:services:list-file", args=["gi-do"])).status_code == 404
