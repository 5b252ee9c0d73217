"""Everything in one visit: she hands in a diploma, and takes the authenticated copies home."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import authentication as story
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CLERK, OFFICER, Person, prove_if_asked
from tests.browser.running import Running
from tests.browser.sound import OFFICERS, Looked, looked
from tests.browser.test_birth import SPECIALIST

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOST_KEYS, MOST_TYPED, KEYS_TO_HAND_OUT = 25, 6, 4


def test_copies_are_authenticated_in_one_visit_by_keyboard(visitor: Open, portal: Running) -> None:
    desk = looked(visitor(OFFICER), portal, least=OFFICERS)
    story.filed(desk)
    code = received(desk)
    assert desk.hand.keys <= MOST_KEYS
    assert desk.hand.typed <= MOST_TYPED
    assert not desk.hand.clicks
    proposed(looked(visitor(SPECIALIST), portal, least=OFFICERS), code)
    approved(visitor)
    issued(Hand(visitor(CLERK).new_page()))
    handed_out(desk, code)


def received(desk: Looked) -> str:
    expect(desk.page.locator("h1")).to_contain_text("Tiếp nhận hồ sơ")
    desk.is_sound()
    desk.hand.access_key("t")
    told = desk.page.locator("main .moj-banner, main [role=alert]").first
    expect(told).to_contain_text("Đã tiếp nhận với mã")
    found = re.search(r"H\d+\.\d+-\d{6}-\d{4}", told.inner_text())
    assert found
    return found[0]


def proposed(specialist: Looked, code: str) -> None:
    hand = specialist.hand
    hand.page.goto("/xu-ly/")
    specialist.is_sound()
    hand.click(code)
    hand.click("Nhận xử lý")
    expect(hand.page.locator("main")).to_contain_text("Ông/bà đang xử lý bước này")
    specialist.is_sound()
    hand.click("Trình kết quả")
    hand.page.wait_for_url("**/ket-qua/")
    hand.check("Nguyễn Văn Thành")
    hand.type("text", "Chứng thực 03 bản sao đúng với bản chính.")
    specialist.is_sound()
    hand.click("Trình kết quả")
    expect(hand.page.locator("main")).to_contain_text("Đã trình kết quả")


def approved(visitor: Open) -> None:
    """The content by the deputy director, the form by the clerk, then the signature."""
    for person, button in ((story.REVIEWER, "Nội dung đã đúng"), (CLERK, "Thể thức đã đúng")):
        hand = at_document(visitor, person)
        hand.click(button)
        expect(hand.page.locator("main")).to_contain_text("Đã xong")
    chair = at_document(visitor, story.CHAIR)
    chair.click("Ký")
    prove_if_asked(chair.page, story.CHAIR, "/chu-ky/")
    chair.click("Ký")
    until(chair.page, "Đã ký")


def at_document(visitor: Open, person: Person) -> Hand:
    hand = Hand(visitor(person).new_page())
    hand.page.goto("/viec-cua-toi/")
    hand.click(story.TITLE)
    hand.page.wait_for_url("**/van-ban/**")
    return hand


def issued(clerk: Hand) -> None:
    clerk.page.goto("/viec-cua-toi/")
    clerk.click(story.TITLE)
    clerk.page.wait_for_url("**/van-ban/**")
    until(clerk.page, "Cấp số, đóng dấu và phát hành")
    clerk.click("Cấp số, đóng dấu và phát hành")
    prove_if_asked(clerk.page, CLERK, "/cap-so-dong-dau/")
    clerk.click("Cấp số, đóng dấu và phát hành")
    until(clerk.page, "Đã ban hành")


def handed_out(desk: Looked, code: str) -> None:
    """She is still there: the row, the dossier, R, T."""
    page, hand, keys = desk.page, desk.hand, desk.hand.keys
    page.goto(f"/mot-cua/?q={code}")
    until(page, "Đã dừng tính thời gian")
    desk.is_sound()
    hand.key("j")
    hand.key("Enter")
    page.wait_for_url("**/mot-cua/ho-so/**")
    dossier = page.url
    desk.is_sound()
    hand.access_key("r")
    expect(page.locator("[name=receiver]")).to_have_value(story.NAME)
    desk.is_sound()
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Đã trả kết quả")
    assert hand.keys - keys <= KEYS_TO_HAND_OUT
    page.goto(dossier)
    expect(page.locator("main")).to_contain_text("Đã trả kết quả")
    desk.is_sound()
