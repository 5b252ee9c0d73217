"""An officer whose post followed its unit is told so once, on their own page; who waits for a post while they wait."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.isolation import Purpose, scope
from staff.models import Assignment
from staff.moved import moved_panel
from staff.reorganisation import Posts
from tests.cast import Cast, Member, sign_in
from tests.ui.html import Page
from tests.units.reorganising import DAY, MIDNIGHT, merger, run, scheduled, split
from units.handovers import registered
from units.models import ReorgEvent
from units.operations import reorganisation_of
from units.queries import versions_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(people: Cast) -> ReorgEvent:
    with registered(Posts()):
        act = scheduled(merger(people.land))
        run(act)
    return act


def told(member: Member, on: date) -> list[tuple[str, str, str]]:
    rows = list(Assignment.objects.of(member.user).select_related("post").order_by("-valid", "id"))
    panel = moved_panel(rows, versions_at([row.unit_id for row in rows], on), on)
    return [(row.value, row.tag, row.source) for row in panel.rows] if panel else []


def test_an_officer_is_told_once_by_which_act_and_where_they_work_now(people: Cast, act: ReorgEvent) -> None:
    [(unit, tag, words)] = told(people.desk_officer, DAY)
    assert (unit, tag) == ("Phường An Đông", "")
    assert "Vị trí" in words
    with registered(Posts()), scope(purpose=Purpose.REORGANISATION):
        Posts().apply(reorganisation_of(act), now=MIDNIGHT, actor=people.administrator.user)
    assert len(told(people.desk_officer, DAY)) == 1
    assert told(people.desk_officer, DAY - timedelta(days=1)) == []


def test_after_a_month_it_is_no_news_but_for_who_still_waits_for_a_post(people: Cast, act: ReorgEvent) -> None:
    later = DAY + timedelta(days=40)
    assert told(people.desk_officer, later) == []
    [(unit, tag, _words)] = told(people.leader, later)
    assert (unit, tag) == ("Phường An Đông", "chờ bố trí công tác")


def test_who_moved_by_a_decision_of_their_own_is_told_nothing(people: Cast) -> None:
    assert told(people.desk_officer, DAY) == []


def test_who_may_decide_is_told_what_waits_after_a_split(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr("tests.units.reorganising.NOW", now)
    with registered(Posts()):
        act = scheduled(split(people.land, unit_id=people.province, effective_on=timezone.localdate(now)), now=now)
        run(act, now=now)
    page = Page(sign_in(Client(), people.administrator.user).get(reverse("ui:work")).content).one("main").text
    assert act.legal_no in page
    assert "của đơn vị bị chia" in page
    elsewhere = Page(sign_in(Client(), people.leader.user).get(reverse("ui:work")).content).one("main").text
    assert act.legal_no not in elsewhere
