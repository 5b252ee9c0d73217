"""Việc của tôi: an officer sees who they are here, for whom they stand in, and the day of their office."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.calendar.working import Calendar
from staff import work
from staff.operations import delegate
from tests.cast import DECISION, Cast, sign_in
from tests.ui.html import Page

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def seen(client: Client) -> str:
    return Page(client.get(reverse("ui:work")).content).one("main").text


def lend(people: Cast, days_ahead: int) -> None:
    first = timezone.localdate() + timedelta(days=days_ahead)
    delegate(
        giver=people.leader.assignment,
        taker=people.specialist.assignment,
        capabilities=["staff.assignment.view"],
        first_day=first,
        until=first + timedelta(days=5),
        decision=DECISION,
        actor=people.leader.user,
        now=timezone.now(),
    )


def test_shows_name_post_and_unit(people: Cast, client: Client) -> None:
    page = Page(sign_in(client, people.clerk.user).get(reverse("ui:work")).content)
    assert page.one("p", css="app-caption").text == "Hoàng Thị Mai"
    assert people.clerk.assignment.post.name in page.one("main").text
    assert page.one("a", href=reverse("units:card", args=[people.home])).text


def test_shows_nobody_elses_name(people: Cast, client: Client) -> None:
    told = seen(sign_in(client, people.clerk.user))
    assert "Lù Thị Hoa" not in told
    assert "Sùng A Chứ" not in told


def test_shows_todays_hours_of_the_own_unit(people: Cast, client: Client) -> None:
    told = seen(sign_in(client, people.clerk.user))
    assert "Hôm nay, " in told
    assert "Giờ làm việc hôm nay" in told


@pytest.mark.parametrize(
    ("clock", "words"),
    [("06:00", "Mở cửa lúc 07 giờ 30"), ("08:00", "Đang mở cửa, đến 11 giờ 30"), ("12:00", "Mở cửa lúc 13 giờ 30"),
     ("18:00", "Đã hết giờ làm việc. Ngày làm việc tiếp theo: thứ Ba, 09/06/2026")],
)  # fmt: skip
def test_says_whether_the_office_is_open(clock: str, words: str) -> None:
    monday = datetime.fromisoformat(f"2026-06-08T{clock}").replace(tzinfo=ZONE)
    calendar = Calendar(monday.date(), monday.date() + timedelta(days=9))
    assert work._state(calendar, monday) == words


def test_a_day_off_names_the_next_working_day() -> None:
    sunday = datetime(2026, 6, 7, 9, tzinfo=ZONE)
    calendar = Calendar(sunday.date(), sunday.date() + timedelta(days=9))
    assert work._state(calendar, sunday) == "Ngày làm việc tiếp theo: thứ Hai, 08/06/2026"


def test_delegations_in_force_and_coming_are_shown_to_both(people: Cast, client: Client) -> None:
    lend(people, 0)
    lend(people, 30)
    for member, words in ((people.leader, "Ông/bà giao cho"), (people.specialist, "Giao cho ông/bà")):
        told = seen(sign_in(client, member.user))
        assert "sắp có hiệu lực" in told
        assert told.count(DECISION.number) == 2, words


def test_delegations_that_ended_are_not(people: Cast, client: Client) -> None:
    lend(people, -30)
    assert "Không có ủy quyền" in seen(sign_in(client, people.leader.user))


def test_an_assignment_to_come_is_marked(people: Cast, client: Client) -> None:
    row = people.clerk.assignment
    told = work._posts([row], {}, row.first_day - timedelta(days=1))
    assert told.rows[0].tag == "sắp có hiệu lực"


def test_the_main_assignment_decides_where_one_works(people: Cast) -> None:
    assert work.main_unit([people.clerk.assignment], timezone.localdate()) == people.home
    assert work.main_unit([], timezone.localdate()) is None


def test_officers_leads_to_the_own_unit(people: Cast, client: Client) -> None:
    answer = sign_in(client, people.clerk.user).get(reverse("staff:colleagues"))
    assert answer["Location"] == reverse("staff:unit-officers", args=[people.home])


def test_officers_of_the_own_unit_needs_signing_in(people: Cast, client: Client) -> None:
    assert client.get(reverse("staff:colleagues"))["Location"].startswith(reverse("accounts:sign-in"))


def test_takes_a_bounded_number_of_queries(people: Cast, client: Client, django_assert_max_num_queries) -> None:
    lend(people, 0)
    sign_in(client, people.specialist.user)
    with django_assert_max_num_queries(30):  # each app that contributes may ask up to five times
        assert client.get(reverse("ui:work")).status_code == 200
