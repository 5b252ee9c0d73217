"""The pages of acts: what each person sees, and every step without a script."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, cast, officer, sign_in
from tests.units.handing import Things
from tests.units.reorganising import merger, put_down, run, scheduled, signed, split, tried
from units.handovers import registered
from units.models import ReorgEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_else")]
LIST = "/don-vi/sap-xep/"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


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


def test_the_picture_and_what_changed_between_two_simulations(people: Cast, administrator: Client) -> None:
    act = split(people.land, unit_id=people.province)
    with registered(things := Things()):
        things.add(people.neighbour)
        tried(act)
        things.add(people.neighbour)
        tried(act)
        page = administrator.get(f"{LIST}{act.pk}/").content.decode()
    assert page.count("app-chart__flow--split") == 2
    assert "Thay đổi từ lần chạy thử 1 đến lần 2" in page


def test_who_wrote_who_signed_and_how_long_it_takes(
    people: Cast, act: ReorgEvent, administrator: Client, chair: Client
) -> None:
    left = (act.effective_on - timezone.localdate()).days
    assert f"Còn {left} ngày để ký" in administrator.get(f"{LIST}{act.pk}/").content.decode()
    press(administrator, act, "chay-thu")
    press(chair, act, "ky")
    press(chair, act, "dat-lich")
    page = administrator.get(f"{LIST}{act.pk}/").content.decode()
    assert "Tự có hiệu lực sau" in page
    assert "lúc 00 giờ 00 ngày 01/01/2027" in page
    assert "Hà Văn Tỉnh" in page


def test_what_held_an_act_up_stands_with_what_to_do(people: Cast, act: ReorgEvent, administrator: Client) -> None:
    put_down(signed(tried(act).event))
    ReorgEvent.objects.filter(pk=act.pk).update(trouble="Văn bản chờ 7/NQ")
    page = administrator.get(f"{LIST}{act.pk}/").content.decode()
    assert "Văn bản chờ 7/NQ" in page
    assert "Khi đã khắc phục lý do" in page
    assert "bị vướng" in page
    assert "trong vòng một phút.</strong>" not in page, "it does not, as it says above"
    assert "Tự có hiệu lực sau" not in page
    assert "bị vướng" in administrator.get(LIST).content.decode()
    of_day = administrator.get(f"{LIST}ngay/", {"ngay": act.effective_on.isoformat()})
    assert "vì sao bị vướng" in of_day.content.decode()


def test_the_report_says_that_it_adds_up_and_what_went_where(people: Cast, administrator: Client) -> None:
    act = split(people.land, unit_id=people.province, effective_on=timezone.localdate())
    with registered(things := Things()):
        things.add(people.neighbour, village="Ấp 1")
        things.add(people.neighbour, village="Ấp 9")
        assert administrator.get(f"{LIST}{act.pk}/bao-cao/").status_code == 404
        run(scheduled(act), now=timezone.now())
        page = administrator.get(f"{LIST}{act.pk}/bao-cao/").content.decode()
        day = administrator.get(f"{LIST}ngay/")
    assert "mọi số liệu đều khớp" in page
    assert "1 trong 1 việc chưa rõ đơn vị" in page
    assert "Xã Đông Bắc" in page
    assert act.legal_no in day.content.decode()
    assert "1/1" in day.content.decode()
    assert "Refresh" not in day


def test_while_acts_of_the_day_wait_the_page_follows_unless_it_is_told_to_stand(
    people: Cast, act: ReorgEvent, administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(act)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_given: act.effective_on)
    assert administrator.get(f"{LIST}ngay/?ngay=2027-01-01")["Refresh"] == "10"
    assert "Refresh" not in administrator.get(f"{LIST}ngay/?ngay=2027-01-01&dung=1")


def test_undecided_things_are_decided_one_by_one_and_refusals_are_told(people: Cast, administrator: Client) -> None:
    act = split(people.land, unit_id=people.province, effective_on=timezone.localdate())
    with registered(things := Things()):
        one, two = things.add(people.neighbour), things.add(people.neighbour)
        run(scheduled(act), now=timezone.now())
        north, south = act.changes.order_by("position").values_list("unit_id", flat=True)
        address = f"{LIST}cho-quyet-dinh/"
        page = administrator.get(address).content.decode()
        assert "2 việc đang chờ" in page
        items = re.findall(r'name="item" id="[^"]*" value="([0-9]+)"', page)
        assert "Xã Đông Nam" in page
        decide = f"{address}quyet-dinh/"
        assert administrator.post(decide, {"to_unit": str(north)}).status_code == 400
        assert administrator.post(decide, {"to_unit": str(north), "item": items[:1]}).status_code == 302
        again = administrator.post(decide, {"to_unit": str(north), "item": items})
        assert again.status_code == 409
        assert "1 việc đã quyết định được giữ nguyên" in again.content.decode()
        assert things.where() == {one: north, two: north}
        assert administrator.get(f"{address}?act=x").status_code == 400
    assert south
    assert sign_in(Client(), people.desk_officer.user).get(address).status_code == 403
