"""The calendar's pages: open to read, closed to change, and nothing typed gets lost."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.backends import BaseBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.calendar.models import CalendarChange, CalendarDay

pytestmark = pytest.mark.django_db
YEAR, SWAP = "/lich-lam-viec/", "/lich-lam-viec/hoan-doi/"
TYPED = {"off_on": "2026-11-23", "worked_on": "2026-11-28", "name": "Nghỉ hoán đổi", "source": "TB 1/TB-BNV"}


class KeepsTheCalendar(BaseBackend):
    """Gives the one capability, without a staff to give it."""

    def has_perm(self, user_obj: User, perm: str, obj: object = None) -> bool:
        return perm == "calendar.day.edit"

    def get_user(self, user_id: str) -> User:
        return User.objects.get(pk=user_id)


class KeepsNothing(KeepsTheCalendar):
    def has_perm(self, user_obj: User, perm: str, obj: object = None) -> bool:
        return False


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    def enter(backend: str = "tests.calendar.test_pages.KeepsTheCalendar") -> Client:
        user = User.objects.create(kind="citizen", username="lich", created_at=timezone.now())
        client.force_login(user, backend=backend)
        return client

    return enter


@pytest.fixture
def keeper(sign_in: Callable[..., Client], settings: object) -> Client:
    settings.AUTHENTICATION_BACKENDS = ["tests.calendar.test_pages.KeepsTheCalendar"]
    return sign_in()


def test_everybody_may_read_the_year(client: Client) -> None:
    page = client.get(YEAR, {"nam": "2026"})
    text = page.content.decode()
    assert page.status_code == 200
    assert reverse("calendar:year") == YEAR
    assert "24/11/2026" in text
    assert "NQ 28/2026/QH16" in text
    assert 'href="/lich-lam-viec/hoan-doi/"' not in text


def test_months_say_how_many_days_are_worked(client: Client) -> None:
    months = client.get(YEAR, {"nam": "2026"}).context["months"]
    # January: 22 weekdays less two, and Saturday 10; February 20 less five of Tết; November 21 less one
    assert [months[number]["worked"] for number in (0, 1, 10)] == [21, 15, 20]


@pytest.mark.parametrize(("year", "status"), [("2026", "confirmed"), ("2027", "computed"), ("2030", "missing")])
def test_a_year_says_how_sure_it_is(client: Client, year: str, status: str) -> None:
    assert client.get(YEAR, {"nam": year}).context["status"] == status


@pytest.mark.parametrize("year", ["abc", "1", "99999", "-2026", "0", "٢٠٢٦", "2026' or 1=1", "9" * 10_000])
def test_a_year_without_sense_shows_this_year_and_says_why(client: Client, year: str) -> None:
    page = client.get(YEAR, {"nam": year})
    assert page.status_code == 400
    assert page.context["problems"]


def test_the_page_asks_the_calendar_twice(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(YEAR, {"nam": "2026"})
    assert len([query for query in asked if "calendar_day" in query["sql"]]) == 2
    assert len(asked) <= 12


ASK = {"nam": "2026", "ngay": "2026-11-20", "gio": "10:00", "thoi_han": "3", "don_vi_tinh": "working_day"}


def test_the_form_explains_a_due_moment(client: Client) -> None:
    answer = client.get(YEAR, ASK).context["answer"]
    assert answer["iso"] == "2026-11-26T17:00:00+07:00"
    assert len(answer["lines"]) == 8


def test_the_form_knows_the_cut_off(client: Client) -> None:
    answer = client.get(YEAR, {**ASK, "trong_ngay": "on", "gio": "15:00"}).context["answer"]
    assert answer["iso"] == "2026-11-23T17:00:00+07:00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ngay", ""),
        ("ngay", "30/02/2026"),
        ("ngay", "1066-10-14"),
        ("gio", "25:00"),
        ("gio", ""),
        ("thoi_han", ""),
        ("thoi_han", "ba"),
        ("thoi_han", "0"),
        ("thoi_han", "-1"),
        ("thoi_han", "99999999999999999999"),
        ("thoi_han", "1.5"),
        ("don_vi_tinh", "fortnight"),
        ("don_vi_tinh", ""),
    ],
)
def test_bad_answers_are_told_at_their_field_and_nothing_typed_is_lost(client: Client, field: str, value: str) -> None:
    page = client.get(YEAR, {**ASK, field: value})
    form = page.context["form"]
    assert page.status_code == 400
    assert list(form.errors) == [field]
    assert form["thoi_han"].value() == (value if field == "thoi_han" else "3")
    assert 'value="3"' in page.content.decode() or field == "thoi_han"


def test_markup_in_an_entry_is_shown_as_text(client: Client) -> None:
    now = timezone.now()
    facts = {"kind": "holiday", "source": "x", "recorded_at": now, "recorded_by": "x"}
    CalendarDay.objects.create(date=date(2026, 6, 1), name="<script>alert(1)</script>", **facts)
    text = client.get(YEAR, {"nam": "2026"}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    page = client.post(SWAP, TYPED)
    assert page.status_code == 403
    assert "dang-nhap" in client.get(SWAP)["Location"]
    assert not CalendarChange.objects.exists()


def test_somebody_without_the_capability_is_refused(sign_in: Callable[..., Client], settings: object) -> None:
    settings.AUTHENTICATION_BACKENDS = ["tests.calendar.test_pages.KeepsNothing"]
    client = sign_in(backend="tests.calendar.test_pages.KeepsNothing")
    for address in (SWAP, "/lich-lam-viec/ngay-nghi/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {**TYPED, "confirmed": "1"}).status_code == 403
    assert not CalendarChange.objects.exists()


def test_a_keeper_sees_the_deeds(keeper: Client) -> None:
    assert 'href="/lich-lam-viec/hoan-doi/"' in keeper.get(YEAR, {"nam": "2026"}).content.decode()


def test_the_first_post_only_shows_what_would_happen(keeper: Client) -> None:
    page = keeper.post(SWAP, TYPED)
    assert page.status_code == 200
    assert "TB 1/TB-BNV" in page.content.decode()
    assert not CalendarChange.objects.exists()


def test_the_second_post_does_it_once(keeper: Client) -> None:
    assert keeper.post(SWAP, {**TYPED, "confirmed": "1"})["Location"] == "/lich-lam-viec/?nam=2026"
    again = keeper.post(SWAP, {**TYPED, "confirmed": "1"})
    assert again.status_code == 400
    assert list(again.context["form"].errors) == ["off_on"]
    assert CalendarChange.objects.count() == 1


def test_changing_ones_mind_keeps_what_was_typed(keeper: Client) -> None:
    page = keeper.post(SWAP, {**TYPED, "change": "1"})
    assert 'value="TB 1/TB-BNV"' in page.content.decode()
    assert 'value="2026-11-23"' in page.content.decode()
    assert not CalendarChange.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("off_on", "x"), ("worked_on", ""), ("name", ""), ("source", "x" * 301), ("off_on", "1999-01-01")],
)
def test_a_swap_with_bad_answers_keeps_the_others(keeper: Client, field: str, value: str) -> None:
    page = keeper.post(SWAP, {**TYPED, field: value, "confirmed": "1"})
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert not CalendarChange.objects.exists()


def test_a_holiday_is_added_and_an_entry_removed(keeper: Client) -> None:
    typed = {"on": "2026-12-24", "name": "Ngày nghỉ thêm", "source": "TB 2"}
    assert keeper.post("/lich-lam-viec/ngay-nghi/", {**typed, "confirmed": "1"}).status_code == 302
    day = CalendarDay.objects.live().get(date=date(2026, 12, 24))
    address = reverse("calendar:retire", args=[day.pk])
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, {"reason": "TB 3", "confirmed": "1"}).status_code == 302
    assert not CalendarDay.objects.live().filter(date=date(2026, 12, 24)).exists()
    assert keeper.get(address).status_code == 404


def test_reading_pages_changes_nothing(keeper: Client) -> None:
    for address in (YEAR, SWAP, "/lich-lam-viec/ngay-nghi/"):
        assert keeper.get(address, {"confirmed": "1", **TYPED}).status_code == 200
    assert not CalendarChange.objects.exists()


def test_the_year_refuses_a_post(client: Client) -> None:
    assert client.post(YEAR).status_code == 405
