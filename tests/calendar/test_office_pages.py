"""A unit's hours and closures: shown to everybody, changed by its own people only."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.calendar.models import CalendarChange, CalendarSetting, OfficeHours, UnitClosure
from tests.cast import Cast, cast, sign_in

pytestmark = pytest.mark.django_db
YEAR = "/lich-lam-viec/"
HOURS = {
    "morning_opens": "07:00", "morning_closes": "11:30", "afternoon_opens": "13:00", "afternoon_closes": "16:30",
    "first": "2026-12-01", "source": "QĐ 9/QĐ-UBND",
}  # fmt: skip
CLOSURE = {"first_on": "2026-12-07", "last_on": "2026-12-08", "reason": "Bão số 9", "source": "QĐ 10/QĐ-UBND"}


@pytest.fixture
def people() -> Cast:
    return cast()


def hours_of(unit_id: int) -> str:
    return f"{YEAR}don-vi/{unit_id}/gio/"


def closing(unit_id: int) -> str:
    return f"{YEAR}don-vi/{unit_id}/dong-cua/"


def test_a_unit_changes_its_hours_and_everybody_sees_them(client: Client, people: Cast) -> None:
    deputy = sign_in(Client(), people.deputy.user)
    checked = deputy.post(hours_of(people.home), HOURS)
    assert checked.status_code == 200
    assert not OfficeHours.objects.filter(unit_id=people.home).exists()
    done = deputy.post(hours_of(people.home), {**HOURS, "confirmed": "1"})
    assert done["Location"] == f"{YEAR}?nam={timezone.localdate().year}&don-vi={people.home}"
    page = client.get(YEAR, {"nam": "2026", "don-vi": people.home})
    assert page.context["own_hours"][0]["value"] == "07 giờ 00 đến 11 giờ 30, 13 giờ 00 đến 16 giờ 30"
    assert "QĐ 9/QĐ-UBND" in page.content.decode()
    assert not client.get(YEAR, {"nam": "2026", "don-vi": people.neighbour}).context["own_hours"]


def test_the_due_moment_of_a_unit_is_counted_by_its_own_calendar(client: Client, people: Cast) -> None:
    deputy = sign_in(Client(), people.deputy.user)
    deputy.post(hours_of(people.home), {**HOURS, "confirmed": "1"})
    deputy.post(closing(people.home), {**CLOSURE, "confirmed": "1"})
    ask = {"nam": "2026", "ngay": "2026-12-04", "gio": "10:00", "thoi_han": "1", "don_vi_tinh": "working_day"}
    assert client.get(YEAR, ask).context["answer"]["iso"] == "2026-12-07T17:00:00+07:00"
    own = client.get(YEAR, {**ask, "don-vi": people.home}).context["answer"]
    assert own["iso"] == "2026-12-09T16:30:00+07:00"


def test_a_closure_is_shown_removed_and_kept_in_the_journal(client: Client, people: Cast) -> None:
    deputy = sign_in(Client(), people.deputy.user)
    deputy.post(closing(people.home), {**CLOSURE, "confirmed": "1"})
    assert "Bão số 9" in client.get(YEAR, {"nam": "2026", "don-vi": people.home}).content.decode()
    address = reverse("calendar:open-again", args=[UnitClosure.objects.get().pk])
    assert sign_in(Client(), people.outsider.user).post(address, {"reason": "x", "confirmed": "1"}).status_code == 403
    assert deputy.post(address, {"reason": "QĐ 11", "confirmed": "1"}).status_code == 302
    assert not UnitClosure.objects.live().exists()
    assert CalendarChange.objects.count() == 2
    assert deputy.get(address).status_code == 404


@pytest.mark.parametrize("page", [hours_of, closing])
def test_nobody_changes_the_calendar_of_another_unit(people: Cast, page: object) -> None:
    deputy = sign_in(Client(), people.deputy.user)
    typed = {**HOURS, **CLOSURE, "confirmed": "1"}
    assert deputy.post(page(people.neighbour), typed).status_code == 403
    assert sign_in(Client(), people.desk_officer.user).post(page(people.home), typed).status_code == 403
    assert not CalendarChange.objects.exists()


def test_deeds_are_offered_to_those_who_may(client: Client, people: Cast) -> None:
    deputy = sign_in(Client(), people.deputy.user)
    here, there = ({"don-vi": unit} for unit in (people.home, people.neighbour))
    assert closing(people.home) in deputy.get(YEAR, here).content.decode()
    assert "/dong-cua/" not in deputy.get(YEAR, there).content.decode()
    assert "/dong-cua/" not in client.get(YEAR, here).content.decode()


def test_the_administrator_changes_rules_and_hours_of_the_country(people: Cast) -> None:
    administrator = sign_in(Client(), people.administrator.user)
    typed = {"name": "last_day_moves", "value": "không", "first": "2027-01-01", "source": "QĐ 12", "confirmed": "1"}
    assert administrator.post(f"{YEAR}quy-tac/", typed).status_code == 302
    assert CalendarSetting.objects.live().get(name="last_day_moves", valid__startswith="2027-01-01").value == "no"
    assert administrator.post(f"{YEAR}gio/", {**HOURS, "confirmed": "1"}).status_code == 302
    assert OfficeHours.objects.live().filter(unit_id=None, valid__startswith=date(2026, 12, 1)).exists()
    assert sign_in(Client(), people.deputy.user).get(f"{YEAR}quy-tac/").status_code == 403


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"morning_opens": ""}, "morning_opens"),
        ({"morning_closes": "06:00"}, "morning_closes"),
        ({"afternoon_opens": "11:00"}, "afternoon_opens"),
        ({"saturday_opens": "07:30"}, "saturday_closes"),
        ({"until": "2026-11-01"}, "until"),
        ({"first": "1066-10-14"}, "first"),
        ({"source": ""}, "source"),
    ],
)
def test_hours_with_bad_answers_are_told_at_their_field(people: Cast, changed: dict[str, str], field: str) -> None:
    page = sign_in(Client(), people.deputy.user).post(hours_of(people.home), {**HOURS, **changed, "confirmed": "1"})
    assert page.status_code == 400
    assert list(page.context["form"].errors) == [field]
    assert not CalendarChange.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("same_day_cutoff", "muộn"), ("supplement_wait_days", "0"), ("last_day_moves", "maybe")]
)
def test_a_rule_refuses_what_it_cannot_be(people: Cast, name: str, value: str) -> None:
    typed = {"name": name, "value": value, "first": "2027-01-01", "source": "QĐ 12", "confirmed": "1"}
    page = sign_in(Client(), people.administrator.user).post(f"{YEAR}quy-tac/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["value"])


@pytest.mark.parametrize("unit", ["999999999", "abc", "-1", "0", "9" * 400, "1 or 1=1"])
def test_a_unit_without_sense_shows_the_whole_country_and_says_why(client: Client, people: Cast, unit: str) -> None:
    page = client.get(YEAR, {"don-vi": unit})
    assert page.status_code == 400
    assert page.context["unit"] is None
    assert page.context["problems"]


def test_a_unit_that_is_not_there_cannot_be_closed(people: Cast) -> None:
    assert sign_in(Client(), people.deputy.user).get(closing(999_999_999)).status_code in (403, 404)


def test_each_notice_is_named_once(client: Client) -> None:
    page = client.get(YEAR, {"nam": "2026"})
    assert page.content.decode().count("12729/VPCP-KGVX") == 1
    assert sum(len(notice["days"]) for notice in page.context["notices"]) == 17
