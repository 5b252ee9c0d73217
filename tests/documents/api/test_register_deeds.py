"""Register books over REST: arrivals, remarks, void numbers and the end of the year, by the clerk or a program."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from documents.api import schemas
from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import BookKind, EntryRow, take_number
from tests.cast import Cast
from tests.documents.api.calls import person, program

ENTER, VIEW = "documents.register.enter", "documents.register.view"


def arrival(people: Cast, **more: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "unitId": people.home, "arrivedDate": today, "author": "Sở Nội vụ", "subject": "Công văn về rà soát",
        "reference": "12/SNV-VP", "referenceDate": today, **more,
    }  # fmt: skip


def old_entry(people: Cast) -> RegisterEntry:
    """Of last year, so that its book can be closed."""
    now = timezone.now()
    then = datetime(now.year - 1, 12, 1, 9, tzinfo=timezone.get_current_timezone())
    row = EntryRow(notation="QĐ-UBND", subject="Quyết định", signer="Nguyễn Văn Thành")
    return take_number(
        unit_id=people.home, kind=BookKind.OUTGOING, dated_on=date(now.year - 1, 12, 1), row=row,
        actor=people.clerk.user, now=then,
    )  # fmt: skip


def test_an_arrival_gets_its_number_once(people: Cast) -> None:
    clerk = person(people, "clerk")
    first, second = (clerk.post("register-arrivals", arrival(people), key="den-1") for _ in range(2))
    assert first.status_code == 201, first.content
    assert first.json() == second.json()
    assert set(first.json()) == set(schemas.RegisterEntrySerializer().fields)
    assert (first.json()["number"], RegisterEntry.objects.count()) == (1, 1)


def test_an_arrival_of_tomorrow_is_refused(people: Cast) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = person(people, "clerk").post("register-arrivals", arrival(people, arrivedDate=tomorrow))
    assert answer.status_code == 422


def test_only_the_clerk_of_the_unit_registers(people: Cast) -> None:
    assert person(people, "leader").post("register-arrivals", arrival(people)).status_code == 403
    assert person(people, "outsider").post("register-arrivals", arrival(people)).status_code == 404
    assert (
        person(people, "clerk").post("register-arrivals", arrival(people, unitId=people.neighbour)).status_code == 404
    )


def test_a_program_registers_and_remarks_by_its_grants(people: Cast) -> None:
    caller = program(people, ENTER, VIEW)
    entry = caller.post("register-arrivals", arrival(people)).json()
    answer = caller.post(f"register-entries/{entry['id']}/remarks", {"column": "handler", "text": "Bà Mai"})
    assert answer.status_code == 201, answer.content
    assert caller.post(f"register-entries/{entry['id']}/voidings", {"reason": "nhầm"}).status_code == 403
    assert program(people, VIEW).post("register-arrivals", arrival(people)).status_code == 403


def test_remarks_are_added_and_read_in_order(people: Cast) -> None:
    clerk = person(people, "clerk")
    entry = clerk.post("register-arrivals", arrival(people)).json()
    place = f"register-entries/{entry['id']}/remarks"
    assert clerk.post(place, {"column": "handler", "text": "Bà Mai"}).status_code == 201
    assert clerk.post(place, {"column": "due", "remarkDate": "2026-12-01"}).status_code == 201
    assert clerk.post(place, {"column": "due", "text": "mai"}).status_code == 422
    found = clerk.get(place).json()["items"]
    assert [row["column"] for row in found] == ["handler", "due"]
    assert set(found[0]) == set(schemas.RegisterRemarkSerializer().fields)
    assert person(people, "outsider").get(place).status_code == 404


def test_a_number_is_voided_once_with_its_reason(people: Cast) -> None:
    clerk = person(people, "clerk")
    entry = clerk.post("register-arrivals", arrival(people)).json()
    place = f"register-entries/{entry['id']}/voidings"
    answer = clerk.post(place, {"reason": "Ghi nhầm"})
    assert (answer.json()["state"], answer.json()["voidReason"]) == ("voided", "Ghi nhầm")
    assert clerk.post(place, {"reason": "Ghi nhầm"}).status_code == 409
    assert person(people, "leader").post(place, {"reason": "Ghi nhầm"}).status_code == 403


def test_a_book_is_closed_when_its_year_is_over(people: Cast) -> None:
    old = old_entry(people)
    clerk = person(people, "clerk")
    answer = clerk.post(f"register-books/{old.book_id}/closings")
    assert (answer.status_code, answer.json()["state"]) == (201, "closed")
    assert clerk.post(f"register-books/{old.book_id}/closings").status_code == 409
    fresh = clerk.post("register-arrivals", arrival(people)).json()
    assert clerk.post(f"register-books/{fresh['bookId']}/closings").status_code == 422
    assert RegisterBook.objects.get(pk=fresh["bookId"]).state == "open"
