"""Register books on pages and over REST: the clerk's deeds, what leaders see, and what nobody else does."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from documents.api import answers, schemas
from documents.models import RegisterBook, RegisterEntry, RegisterRemark
from documents.operations.registers import Column, add_remark, void_entry
from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope, use
from staff.scopes import scope_of
from tests.cast import Cast, sign_in
from tests.documents.books import DECISION, LEFT_OPEN, NOW, incoming, outgoing

pytestmark = pytest.mark.filterwarnings(LEFT_OPEN)


def page(client: Client, name: str, *args: Any, **query: Any) -> Any:
    return client.get(reverse(f"documents:{name}", args=args), query)


@pytest.fixture
def clerk(people: Cast, client: Client) -> Client:
    return sign_in(client, people.clerk.user)


def test_clerk_sees_the_books_of_the_own_unit_only(people: Cast, clerk: Client) -> None:
    outgoing(people)
    there = outgoing(people, unit_id=people.neighbour, actor=System.COMMAND)
    text = page(clerk, "register-books").content.decode()
    assert "Sổ đăng ký văn bản đi" in text
    assert reverse("documents:register-book", args=[there.book_id]) not in text
    assert page(clerk, "register-book", there.book_id).status_code == 404
    assert page(clerk, "register-entry", there.pk).status_code == 404
    assert page(clerk, "register-pdf", there.book_id, "outgoing").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("leader", 200), ("desk_officer", 403), ("outsider", 403)])
def test_only_posts_that_may_see_registers_see_them(people: Cast, client: Client, role: str, status: int) -> None:
    entry = outgoing(people)
    sign_in(client, getattr(people, role).user)
    assert page(client, "register-books").status_code == status
    assert page(client, "register-book", entry.book_id).status_code == status


def test_leader_reads_and_does_nothing(people: Cast, client: Client) -> None:
    entry = outgoing(people)
    sign_in(client, people.leader.user)
    assert "Hủy số" not in page(client, "register-entry", entry.pk).content.decode()
    assert client.post(reverse("documents:register-void", args=[entry.pk]), {"reason": "x"}).status_code == 403
    assert page(client, "register-close", entry.book_id).status_code == 403
    assert page(client, "register-arrival", people.home).status_code == 403
    assert RegisterEntry.objects.get(pk=entry.pk).state == "valid"


def test_a_book_is_filtered_by_number_words_and_days(people: Cast, clerk: Client) -> None:
    first = outgoing(people, dated_on=date(2026, 11, 2))
    outgoing(people, row=replace(DECISION, subject="Kế hoạch phòng chống bão"))
    book = first.book_id

    def numbers(**query: str) -> list[str]:
        text = page(clerk, "register-book", book, **query).content.decode()
        return [word for word in ("01/QĐ-UBND", "02/QĐ-UBND") if f">{word}</a>" in text]

    assert numbers() == ["01/QĐ-UBND", "02/QĐ-UBND"]
    assert numbers(so="2") == ["02/QĐ-UBND"]
    assert numbers(q="phong chong bao") == ["02/QĐ-UBND"]
    assert numbers(q="Quy chế") == ["01/QĐ-UBND"]
    assert numbers(tu="2026-11-03") == ["02/QĐ-UBND"]
    assert numbers(den="2026-11-03") == ["01/QĐ-UBND"]
    assert numbers(q="khong co dau") == []


@pytest.mark.parametrize(
    "query", [{"so": "x"}, {"so": "9" * 30}, {"tu": "mai"}, {"tu": "2026-02-02", "den": "2026-01-01"}]
)
def test_a_filter_that_makes_no_sense_says_so(people: Cast, clerk: Client, query: dict[str, str]) -> None:
    answer = page(clerk, "register-book", outgoing(people).book_id, **query)
    assert answer.status_code == 400
    assert "govuk-error-summary" in answer.content.decode()


def test_clerk_voids_with_a_reason(people: Cast, clerk: Client) -> None:
    entry = outgoing(people)
    address = reverse("documents:register-void", args=[entry.pk])
    assert clerk.post(address, {"reason": " "}).status_code == 400
    assert clerk.post(address, {"reason": "Ghi nhầm"}).status_code == 302
    assert "Ghi nhầm" in page(clerk, "register-entry", entry.pk).content.decode()
    assert clerk.post(address, {"reason": "Lần nữa"}).status_code == 400


def test_clerk_registers_an_incoming_document(people: Cast, clerk: Client) -> None:
    today = timezone.localdate().isoformat()
    sent = {"arrived_on": today, "author": "Sở Nội vụ", "subject": "Công văn về việc báo cáo"}
    address = reverse("documents:register-arrival", args=[people.home])
    assert clerk.post(address, {"author": ""}).status_code == 400
    assert clerk.post(address, sent).status_code == 302
    entry = RegisterEntry.objects.get()
    assert (entry.kind, entry.number, entry.author, entry.late) == ("incoming", 1, "Sở Nội vụ", False)


def test_clerk_adds_remarks(people: Cast, clerk: Client) -> None:
    entry = incoming(people)
    address = reverse("documents:register-remark", args=[entry.pk])
    assert clerk.post(address, {"column": "due"}).status_code == 400
    assert clerk.post(address, {"column": "progress", "text": ""}).status_code == 400
    assert clerk.post(address, {"column": "returned", "on": "2026-11-20"}).status_code == 400
    assert clerk.post(address, {"column": "due", "on": "2026-11-27"}).status_code == 302
    assert "27/11/2026" in page(clerk, "register-entry", entry.pk).content.decode()


def test_a_book_of_this_year_is_not_closed_and_one_of_last_year_is(people: Cast, clerk: Client) -> None:
    this_year = timezone.localdate()
    entry = outgoing(people, dated_on=this_year, now=timezone.now())
    answer = clerk.post(reverse("documents:register-close", args=[entry.book_id]))
    assert answer.status_code == 409
    last_year = date(this_year.year - 1, 12, 30)
    old = outgoing(people, dated_on=last_year, now=timezone.now())
    assert clerk.post(reverse("documents:register-close", args=[old.book_id])).status_code == 302
    assert RegisterBook.objects.get(pk=old.book_id).state == "closed"


def test_printing_is_recorded_before_it_is_sent(people: Cast, clerk: Client) -> None:
    book = outgoing(people).book
    assert page(clerk, "register-pdf", book.pk, "outgoing").content.startswith(b"%PDF")
    sheet = page(clerk, "register-xlsx", book.pk, "outgoing")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    seen = Event.objects.about("documents.registerbook", book.pk).filter(name="documents.registerbook.viewed")
    assert [event.facts["purpose"] for event in seen] == ["register-print"] * 2


@pytest.mark.parametrize("wrong", ["incoming", "nothing"])
def test_a_book_is_printed_in_its_own_form_only(people: Cast, clerk: Client, wrong: str) -> None:
    book = outgoing(people).book_id
    assert page(clerk, "register-pdf", book, wrong).status_code == 404
    assert page(clerk, "register-pdf", book, "outgoing", quyen="2").status_code == 404
    assert page(clerk, "register-pdf", book, "outgoing", quyen="x").status_code == 404


def test_lists_take_a_bounded_number_of_queries(
    people: Cast, clerk: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        entry = outgoing(people)
    with django_assert_max_num_queries(40):
        page(clerk, "register-book", entry.book_id)


def test_rest_shows_the_same_books_and_entries(people: Cast, clerk: Client) -> None:
    entries = [outgoing(people) for _ in range(3)]
    void_entry(entry=entries[1], reason="Ghi nhầm", actor=people.clerk.user, now=NOW)
    books = clerk.get("/api/v1/register-books?year=2026&kind=outgoing").json()["items"]
    assert [book["lastNumber"] for book in books] == [3]
    first = clerk.get(f"/api/v1/register-books/{books[0]['id']}/entries?limit=2").json()
    assert [(row["text"], row["state"], row["abilities"]) for row in first["items"]] == [
        ("01/QĐ-UBND", "valid", ["void", "remark"]),
        ("02/QĐ-UBND", "voided", []),
    ]
    assert [row["number"] for row in clerk.get(first["next"]).json()["items"]] == [3]
    one = clerk.get(f"/api/v1/register-entries/{entries[0].pk}").json()
    assert one["hash"] == entries[0].hash
    assert clerk.get(f"/api/v1/register-books/{books[0]['id']}").json()["headHash"] == entries[2].hash
    found = clerk.get(f"/api/v1/register-books/{books[0]['id']}/entries?q=phe+duyet&from=2026-11-20").json()
    assert len(found["items"]) == 3


def test_rest_prints(people: Cast, clerk: Client) -> None:
    book = incoming(people).book_id
    assert clerk.get(f"/api/v1/register-books/{book}/book.pdf?form=settlement").content.startswith(b"%PDF")
    assert b"".join(clerk.get(f"/api/v1/register-books/{book}/book.xlsx").streaming_content).startswith(b"PK")
    assert clerk.get(f"/api/v1/register-books/{book}/book.pdf?form=outgoing").status_code == 400
    assert clerk.get(f"/api/v1/register-books/{book}/book.pdf?volume=2").status_code == 404


@pytest.mark.parametrize("role", [None, "desk_officer", "outsider"])
def test_rest_shows_nothing_to_others(people: Cast, client: Client, role: str | None) -> None:
    entry = outgoing(people)
    if role:
        sign_in(client, getattr(people, role).user)
    expected = 404 if role else 401
    for path in (
        "register-books", f"register-books/{entry.book_id}", f"register-books/{entry.book_id}/entries",
        f"register-books/{entry.book_id}/book.pdf", f"register-books/{entry.book_id}/book.xlsx",
        f"register-entries/{entry.pk}",
    ):  # fmt: skip
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == expected, path
        assert answer["Content-Type"] == "application/problem+json"


def test_answers_have_the_fields_that_are_described(people: Cast) -> None:
    entry = outgoing(people)
    assert set(answers.entry(entry, [])) == set(schemas.RegisterEntrySerializer().fields)
    assert set(answers.book(entry.book)) == set(schemas.RegisterBookSerializer().fields)


def test_nobody_reaches_the_rows_of_another_unit_even_without_the_filter(people_without_scope: Cast) -> None:
    people = people_without_scope
    with scope(units=[people.home]):
        entry = incoming(people)
        add_remark(entry=entry, column=Column.NOTE, text="x", actor=people.clerk.user, now=NOW)
    tables = (RegisterBook, RegisterEntry, RegisterRemark)
    assert [table.objects.count() for table in tables] == [0, 0, 0]
    with use(scope_of(people.outsider.user)):
        assert [table.objects.count() for table in tables] == [0, 0, 0]
        assert RegisterBook.objects.filter(pk=entry.book_id).update(closed_by="x") == 0
    with use(scope_of(people.clerk.user)):
        assert [table.objects.count() for table in tables] == [1, 1, 1]


@pytest.mark.parametrize("table", ["entry", "book", "remark"])
def test_the_portal_itself_may_delete_nothing(people: Cast, table: str) -> None:
    outgoing(people)
    statement = sql.SQL("delete from {}").format(sql.Identifier(f"documents_register_{table}"))
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
