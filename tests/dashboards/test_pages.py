"""Pages: figures as long as their lists, for those whom they concern and for nobody else."""

import csv
import io
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.dashboards.measures import Wish, listed
from portal.dashboards.models import FrozenReport
from portal.dashboards.operations.refreshing import rebuild
from portal.dashboards.periods import Period
from portal.dashboards.queries import figures
from portal.dashboards.queries.comparing import compared
from portal.dashboards.queries.figures import FLOWS, STOCKS, Flow
from portal.dashboards.queries.places import place_of
from portal.dashboards.states import Measure, Role
from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope
from services.operations.filing import Places
from tests.cast import sign_in
from tests.dashboards.test_counting import ask, decided, wait_a_week
from tests.services.build import Office

PAGES = ("overview", "late", "compare", "report", "list")
TILE = re.compile(r'<a class="govuk-link" href="([^"]*chi_so=[^"]*)" aria-label="[^"]*: ([\d.]+)"')
HEADING = re.compile(r"<h1[^>]*>[^<]*: (\d+)</h1>")


@pytest.fixture
def counted(office: Office) -> Office:
    """One finished on time, one late, one paused, one waiting for the desk, one that the neighbour hands out."""
    office.now = timezone.localtime().replace(day=2, hour=10)  # of the month that pages show
    decided(office)
    slow = office.processing()
    ask(office, office.processing())
    office.submitted()
    home, neighbour = office.people.home, office.people.neighbour
    office.accepted(places=Places(home, home, neighbour))
    wait_a_week(office, slow)
    rebuild(actor=System.COMMAND, now=office.now)
    return office


def page(user: User, name: str, **query: object) -> Any:
    return sign_in(Client(), user).get(reverse(f"dashboards:{name}"), query)


def wish_for(office: Office, unit: int, role: Role = Role.COMPETENT) -> Wish:
    ids = tuple(place_of(unit, office.now.date()).ids)
    return Wish(role, ids, Period.around(timezone.localdate(office.now)), office.now)


@pytest.mark.parametrize("role", list(Role))
def test_each_figure_is_as_long_as_its_list(counted: Office, role: Role) -> None:
    wish = wish_for(counted, counted.people.province, role)
    flow, stock = figures.flow(wish), figures.stock(wish)
    for measure in FLOWS:
        assert listed(measure, wish).count() == getattr(flow, measure.value), measure
    for measure in STOCKS:
        assert listed(measure, wish).count() == getattr(stock, measure.value), measure
    assert flow.received == 4
    by_cause = figures.causes(wish, Measure.FINISHED)
    assert sum(by_cause.values()) == flow.finished
    assert listed(Measure.ON_TIME, wish, lacking=True).count() == flow.finished - flow.on_time
    assert listed(Measure.ONLINE, wish, lacking=True).count() == flow.received


def test_each_tile_opens_a_list_of_that_length(counted: Office) -> None:
    leader = counted.people.leader.user
    html = page(leader, "overview").content.decode()
    found = [(unescape(url), int(text.replace(".", ""))) for url, text in TILE.findall(html) if "%" not in text]
    assert len(found) >= 7
    client = sign_in(Client(), leader)
    for url, number in found:
        heading = HEADING.search(client.get(url).content.decode())
        assert heading, url
        assert int(heading[1]) == number, url


def test_the_rows_add_up_and_the_three_units_are_told_apart(counted: Office) -> None:
    people = counted.people
    for role in Role:
        wish = wish_for(counted, people.province, role)
        place = place_of(people.province, counted.now.date())
        lines = compared(place, wish)
        assert sum((flow for _row, flow, _stock in lines), Flow()) == figures.flow(wish)
    returning = wish_for(counted, people.neighbour, Role.RETURNING)
    competent = wish_for(counted, people.neighbour, Role.COMPETENT)
    assert (figures.flow(returning).received, figures.flow(competent).received) == (1, 0)


def test_old_units_count_with_their_successors(office: Office) -> None:
    """A dossier of xã Bình, which went into An, and one of xã Chung, which was split."""
    people = office.people
    binh, chung = people.land.old("00002").pk, people.land.old("00003").pk
    with scope(units=[people.home, binh, chung]):
        for unit in (people.home, binh, chung):
            dossier = office.accepted()
            type(dossier).objects.filter(pk=dossier.pk).update(competent_unit=unit)
        rebuild(actor=System.COMMAND, now=office.now)
    on = office.now.date()
    with scope(units=[people.home, people.neighbour, binh, chung]):
        home, province = place_of(people.home, on), place_of(people.province, on)
        assert figures.flow(wish_for(office, people.home)).received == 2
        assert figures.flow(wish_for(office, people.province)).received == 3
        lines = {
            row.unit_id: (flow.received, row.former)
            for row, flow, _s in compared(province, wish_for(office, people.province))
        }
    assert binh in home.ids
    assert chung not in home.ids
    assert (lines[people.home], lines[chung]) == ((2, False), (1, True))


def test_long_lists_are_paged_and_nothing_is_shown_twice(counted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.dashboards.views.listing.SIZE", 3)
    client, url = sign_in(Client(), counted.people.leader.user), reverse("dashboards:list")
    seen: list[str] = []
    address = f"{url}?chi_so=received"
    while address:
        html = client.get(address).content.decode()
        seen += re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)', html)
        following = re.search(r'href="([^"]*)" rel="next"', html)
        address = f"{url}{unescape(following[1])}" if following else ""
    assert len(seen) == len(set(seen)) == 4
    assert client.get(f"{url}?chi_so=received&trang=x").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_heads_and_the_province_see_it(counted: Office, name: str) -> None:
    for member in (
        counted.people.leader,
        counted.people.vice_chair,
        counted.people.deputy,
        counted.people.administrator,
    ):
        assert page(member.user, name).status_code == 200
    assert page(counted.people.administrator.user, name, don_vi=counted.people.home).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_nothing(counted: Office, name: str) -> None:
    people = counted.people
    citizen = User.objects.create(username="ai-do", kind=Kind.CITIZEN, created_at=counted.now)
    assert page(citizen, name).status_code == 404
    assert page(people.outsider.user, name, don_vi=people.home).status_code in {302, 404}
    assert page(people.leader.user, name, don_vi=people.neighbour).status_code == 404
    assert page(people.leader.user, name, don_vi=people.province).status_code == 404
    assert page(people.leader.user, name, don_vi="x").status_code == 404
    assert Client().get(reverse(f"dashboards:{name}")).status_code == 302


def test_an_officer_sees_their_own_and_nobody_elses(counted: Office) -> None:
    people = counted.people
    answer = page(people.specialist.user, "overview")
    assert (answer.status_code, answer["Location"]) == (302, reverse("dashboards:own"))
    html = page(people.specialist.user, "own").content.decode()
    assert "chi_so=finished" in html
    mine = HEADING.search(page(people.specialist.user, "own-list", chi_so="finished").content.decode())
    other = HEADING.search(page(people.outsider.user, "own-list", chi_so="finished").content.decode())
    assert mine
    assert other
    assert (mine[1], other[1]) == ("1", "0")


def test_lists_name_nobody_who_filed(counted: Office) -> None:
    for name in PAGES:
        html = page(counted.people.leader.user, name, chi_so="received").content.decode()
        assert "Giàng Thị Nhuẫn" not in html
        assert "Vàng Thị Dở" not in html


@pytest.mark.parametrize("name", ["compare", "report", "list"])
def test_tables_are_taken_away(counted: Office, name: str) -> None:
    leader, query = counted.people.leader.user, {"chi_so": "received", "tep": "csv"}
    text = b"".join(page(leader, name, **query).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    sheet = b"".join(page(leader, name, **query | {"tep": "xlsx"}).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(sheet), read_only=True).active
    assert len(rows) == len(list(book.rows)) >= 2
    if name == "list":
        assert len(rows) == 1 + 4


@pytest.mark.parametrize("query", [{"ky": "2026-13"}, {"thu_tuc": "x"}, {"phan": "x"}])
def test_a_wrong_filter_is_said(counted: Office, query: dict[str, str]) -> None:
    answer = page(counted.people.leader.user, "overview", **query)
    assert answer.status_code == 400
    assert "govuk-error-summary" in answer.content.decode()


def test_what_comes_after_the_filter_keeps_it(counted: Office) -> None:
    html = page(counted.people.leader.user, "overview", ky="2026", phan="receiving").content.decode()
    link = next(unescape(url) for url, _text in TILE.findall(html))
    query = parse_qs(urlsplit(link).query)
    assert (query["ky"], query["phan"]) == (["2026"], ["receiving"])


# --- Freezing --------------------------------------------------------------------------------------------------------


def freeze(user: User, period: str, unit: int) -> Any:
    url = f"{reverse('dashboards:freeze')}?don_vi={unit}&ky={period}"
    return sign_in(Client(), user).post(url, follow=True)


def test_a_frozen_report_stays_as_it_was(counted: Office) -> None:
    people = counted.people
    period = Period.around(timezone.localdate()).before()
    answer = freeze(people.leader.user, period.code, people.home)
    assert answer.status_code == 200
    kept = FrozenReport.objects.get()
    assert Event.objects.get(name="dashboards.report.frozen").facts["digest"] == kept.digest
    html = page(people.leader.user, "report", ky=period.code, don_vi=people.home).content.decode()
    assert kept.digest[:12] in html
    freeze(people.leader.user, period.code, people.home)
    assert FrozenReport.objects.count() == 1


def test_nobody_freezes_a_period_that_runs_or_without_the_right(counted: Office) -> None:
    people = counted.people
    freeze(people.leader.user, Period.around(timezone.localdate()).code, people.home)
    before = Period.around(timezone.localdate()).before().code
    assert freeze(people.vice_chair.user, before, people.home).status_code == 403
    assert freeze(people.outsider.user, before, people.home).status_code == 404
    assert sign_in(Client(), people.leader.user).get(reverse("dashboards:freeze")).status_code == 405
    assert not FrozenReport.objects.exists()
