"""The pages of acts: what each person sees, and every step without a script."""

import re

import pytest
from django.test import Client

from tests.cast import Cast, cast, officer, sign_in
from tests.units.reorganising import merger, tried
from units.handovers import registered
from units.models import ReorgEvent

pytestmark = pytest.mark.django_db
LIST = "/don-vi/sap-xep/"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture(autouse=True)
def nobody_else():
    with registered():
        yield


@pytest.fixture
def act(people: Cast) -> ReorgEvent:
    return merger(people.land, unit_id=people.province)


@pytest.fixture
def administrator(people: Cast) -> Client:
    return sign_in(Client(), people.administrator.user)


@pytest.fixture
def chair(people: Cast) -> Client:
    member = officer(
        "chu-tich-tinh", name="Hà Văn Tỉnh", number="001070000077", unit_id=people.province, post="province-chair"
    )
    return sign_in(Client(), member.user)


def press(browser: Client, act: ReorgEvent, deed: str, **more: str):
    """As a person does: the fields of the form that the page shows."""
    page = browser.get(f"{LIST}{act.pk}/").content.decode()
    form = re.search(rf'action="[^"]*/{deed}/">(.*?)</form>', page, re.DOTALL)
    assert form, f"no form for {deed}"
    hidden = dict(re.findall(r'type="hidden" name="(revision|digest)" value="([^"]*)"', form[1]))
    return browser.post(f"{LIST}{act.pk}/{deed}/", {**hidden, **more})


def test_from_the_simulation_to_the_schedule_and_back(act: ReorgEvent, administrator: Client, chair: Client) -> None:
    assert press(administrator, act, "chay-thu").status_code == 302
    page = administrator.get(f"{LIST}{act.pk}/").content.decode()
    assert "Phường An Đông" in page
    assert "/ky/" not in page  # not by who may not sign
    assert press(chair, act, "ky").status_code == 302
    assert press(chair, act, "dat-lich").status_code == 302
    assert ReorgEvent.objects.get(pk=act.pk).state == "scheduled"
    assert press(chair, act, "rut", reason="Hoãn").status_code == 302
    assert ReorgEvent.objects.get(pk=act.pk).state == "withdrawn"


def test_a_refusal_is_told_on_the_page_and_nothing_is_done(act: ReorgEvent, administrator: Client) -> None:
    answer = administrator.post(f"{LIST}{act.pk}/chay-thu/", {"revision": "99"})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert ReorgEvent.objects.get(pk=act.pk).state == "draft"
    assert administrator.post(f"{LIST}{act.pk}/khac/", {"revision": "1"}).status_code == 404


def test_what_is_in_the_way_stands_with_its_cure(people: Cast, administrator: Client) -> None:
    act = merger(people.land, unit_id=people.province, file_sha256=None)
    tried(act)
    page = administrator.get(f"{LIST}{act.pk}/").content.decode()
    assert "Văn bản chưa có tệp" in page
    assert "Xin đính kèm tệp nghị quyết" in page


def test_the_list_shows_acts_to_those_who_make_them_only(people: Cast, act: ReorgEvent, administrator: Client) -> None:
    assert act.legal_no in administrator.get(LIST).content.decode()
    for stranger in (people.leader, people.outsider):
        browser = sign_in(Client(), stranger.user)
        assert browser.get(LIST).status_code == 404
        assert browser.get(f"{LIST}{act.pk}/").status_code == 404
        assert browser.post(f"{LIST}{act.pk}/chay-thu/").status_code == 404
