"""An act in the middle of a month: what the old units decided counts for them, the rest for the new one."""

from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate

from portal.dashboards.measures import Wish
from portal.dashboards.operations.refreshing import rebuild, refresh
from portal.dashboards.periods import Period
from portal.dashboards.queries import figures
from portal.dashboards.queries.comparing import compared
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.places import Place, place_of
from portal.dashboards.states import Role
from portal.events.actors import System
from portal.isolation import scope
from services.kinds import Channel
from services.operations.filing import Places
from services.operations.results import hand_out
from services.reorganisation import Dossiers, Petitions
from staff.reorganisation import Posts
from tests.dashboards.test_counting import decided
from tests.services.after import After, merged
from tests.services.build import Office
from tests.services.conftest import MONDAY
from units.handovers import registered

SPLITS = [["2026-11"], ["2026-10", "2026-11"], ["2026-q4"], ["2026"]]


def returned(office: Office) -> None:
    """Decided and handed out: closed, so it stays with who decided."""
    actor = office.people.desk_officer.user
    hand_out(dossier=decided(office), channel=Channel.DESK, receiver="Vàng Thị Dở", actor=actor, now=office.tick())


@pytest.fixture
def after(office: Office, monkeypatch: pytest.MonkeyPatch) -> After:
    """One handed out in October; in November one handed out and two open before the act, one received after it."""
    office.now = MONDAY.replace(month=10, day=12)
    returned(office)
    office.now = MONDAY
    returned(office)
    office.processing()
    office.accepted()
    rebuild(actor=System.COMMAND, now=office.now)
    with registered(Posts(), Dossiers(), Petitions()):
        made = merged(office, monkeypatch)
    new = made.new
    with scope(units=[made.home, made.neighbour, office.people.province, new]):
        office.accepted(places=Places(new, new, new))
        refresh(actor=System.COMMAND, now=office.tick())
    return made


def received(place: Place, after: After, *codes: str) -> int:
    with scope(units=[*place.ids, after.home, after.neighbour, after.new]):
        wishes = [Wish(Role.COMPETENT, tuple(place.ids), Period.of(code), after.office.now) for code in codes]
        return sum(figures.flow(wish).received for wish in wishes)


def today(after: After) -> date:
    return localdate(after.office.now)


def test_the_old_unit_keeps_what_it_decided_and_the_new_one_has_the_rest(after: After) -> None:
    old, new = place_of(after.home, today(after)), place_of(after.new, today(after))
    assert received(old, after, "2026-10") == 1
    assert received(old, after, "2026-11") == 1  # what was open went on with the successor
    assert received(new, after, "2026-11") == 4  # with its predecessors
    assert received(new, after, "2026-11") - received(old, after, "2026-11") == 3


@pytest.mark.parametrize("codes", SPLITS, ids="+".join)
def test_the_province_has_the_same_sum_over_any_split_of_the_period(after: After, codes: list[str]) -> None:
    province = place_of(after.office.people.province, today(after))
    assert received(province, after, *codes) == (4 if codes == ["2026-11"] else 5)


def test_the_lines_of_the_province_add_up_to_it(after: After) -> None:
    province = place_of(after.office.people.province, today(after))
    wish = Wish(Role.COMPETENT, tuple(province.ids), Period.of("2026"), after.office.now)
    with scope(units=province.ids):
        lines = compared(province, wish)
        assert sum((flow for _row, flow, _stock in lines), Flow()) == figures.flow(wish)
        assert {row.unit_id: flow.received for row, flow, _stock in lines}[after.new] == 5


def test_the_open_page_of_the_old_unit_shows_its_own_figures_and_the_new_one(after: After) -> None:
    answer = Client().get(f"/so-lieu/don-vi/{after.home}/?ky=2026-11")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Phường An đã kết thúc hoạt động từ ngày 24/11/2026" in text
    assert f"/so-lieu/don-vi/{after.new}/?ky=2026-11" in text
