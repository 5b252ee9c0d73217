"""Việc của tôi: what the apps contribute, in one order; honest when there is nothing."""

import datetime

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve

from portal.accounts.models import Kind, User
from portal.calendar import Level, Remaining
from portal.ui import work
from portal.ui.display import COOKIE
from portal.ui.views import pages
from portal.ui.wording import deadline
from tests.ui.html import Page

pytestmark = pytest.mark.django_db  # the navigation of officers asks for rights
NOON = datetime.datetime(2026, 11, 20, 5, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_sources", {})


def asked_by(kind: str, address: str = "/viec-cua-toi/") -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = User(kind=kind, username="nguoi-thu")
    request.resolver_match = resolve(address)
    return request


def item(title: str, hours: int | None) -> work.WorkItem:
    due = None if hours is None else NOON + datetime.timedelta(hours=hours)
    return work.WorkItem(
        title=title, url=f"/{title}/", kind="Hồ sơ", due_at=due, deadline=deadline(Remaining(Level.TODAY))
    )


def test_a_stranger_is_sent_to_sign_in(db: None, client: Client) -> None:
    response = client.get("/viec-cua-toi/")
    assert response.status_code == 302
    assert "/dang-nhap/" in response.headers["Location"]


@pytest.mark.parametrize(("kind", "words"), [(Kind.OFFICER, "được giao"), (Kind.CITIZEN, "bổ sung hoặc xác nhận")])
def test_nothing_to_do_is_said_so_to_each_audience(kind: str, words: str) -> None:
    page = Page(pages.my_work(asked_by(kind)).content)
    assert words in page.one(css="app-empty").text
    sheet = next(
        e.attributes["href"] for e in page.all("link", rel="stylesheet") if "fonts" not in e.attributes["href"]
    )
    assert ("officer" in sheet) == (kind == Kind.OFFICER)


def test_work_of_all_apps_stands_in_one_list_by_due_moment() -> None:
    work.register("b", lambda _request: work.Contribution(items=[item("later", 5), item("open", None)]), order=2)
    work.register("a", lambda _request: work.Contribution(items=[item("soon", 1)]), order=1)
    page = Page(pages.my_work(asked_by(Kind.OFFICER)).content)
    rows = [row.text for row in page.all("th", scope="row")]
    assert rows == ["soon", "later", "open"]
    first = page.by_id("viec-dau")
    assert first.attributes["href"] == "/soon/"
    assert page.one("a", href="#viec-dau").has("govuk-skip-link")


def test_a_source_that_floods_the_list_is_cut() -> None:
    work.register("a", lambda _request: work.Contribution(items=[item(f"i{n}", n) for n in range(90)]))
    assert len(work.contributions(asked_by(Kind.OFFICER)).items) == work.ITEMS_PER_SOURCE


def test_counts_link_to_the_list_behind_them_and_late_is_a_word() -> None:
    counts = [work.Count("Trễ hạn", 3, "/tre/", late=True), work.Count("Sắp đến hạn", 2, "/sap/")]
    work.register("a", lambda _request: work.Contribution(counts=counts, cards=[work.Card("Đơn vị", "Bắc Hà", "/u/")]))
    page = Page(pages.my_work(asked_by(Kind.OFFICER)).content)
    assert [(a.text, a.attributes["href"]) for a in page.all("a", css="govuk-link--no-underline")] == [
        ("3", "/tre/"),
        ("2", "/sap/"),
    ]
    assert page.one("span", css="govuk-tag--red").text == "trễ hạn"
    assert page.one("a", href="/u/").text == "Bắc Hà"


def test_what_apps_say_is_text() -> None:
    work.register("a", lambda _request: work.Contribution(items=[item("<script>x</script>", 1)]))
    assert "<script>x" not in pages.my_work(asked_by(Kind.OFFICER)).content.decode()


def test_shortcuts_are_listed_and_can_be_switched_off() -> None:
    request = asked_by(Kind.OFFICER, "/phim-tat/")
    page = Page(pages.keyboard(request).content)
    assert [key.text for key in page.all("kbd")] == ["j", "k", "Enter", "/"]
    assert "data-shortcuts" in page.one("body").attributes

    request = RequestFactory().post("/phim-tat/", {"shortcuts": "off"})
    response = pages.keyboard(request)
    assert response.status_code == 302

    request = asked_by(Kind.OFFICER, "/phim-tat/")
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    assert "data-shortcuts" not in Page(pages.keyboard(request).content).one("body").attributes


def test_compact_rows_are_for_officers_who_asked_for_them() -> None:
    for kind, compact in ((Kind.OFFICER, True), (Kind.CITIZEN, False)):
        request = asked_by(kind)
        request.COOKIES[COOKIE] = "100.compact"
        assert Page(pages.my_work(request).content).one("body").has("app-compact") is compact
