"""Everything in one visit: she hands in a diploma, and takes the authenticated copies home."""

import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser import authentication as story
from tests.browser import office
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST
from tests.browser.running import Running
from tests.browser.sound import OFFICERS, Looked, looked

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOST_KEYS, MOST_TYPED, KEYS_TO_HAND_OUT = 25, 5, 4


def test_copies_are_authenticated_in_one_visit_by_keyboard(visitor: Open, portal: Running) -> None:
    desk = looked(visitor(OFFICER), portal, least=OFFICERS)
    story.filed(desk)
    code = received(desk)
    assert desk.hand.keys <= MOST_KEYS
    assert desk.hand.typed <= MOST_TYPED
    assert not desk.hand.clicks
    proposed(Hand(visitor(SPECIALIST).new_page()), code)
    approved(visitor)
    handed_out(desk, code)
    rated_without_account(looked(visitor(width=360), portal), code, pin_on(desk))


def received(desk: Looked) -> str:
    expect(desk.page.locator("h1")).to_contain_text("Tiếp nhận hồ sơ")
    desk.is_sound()
    desk.hand.access_key("t")
    told = desk.page.locator("main .moj-banner, main [role=alert]").first
    expect(told).to_contain_text("Đã tiếp nhận với mã")
    found = re.search(r"H\d+\.\d+-\d{6}-\d{4}", told.inner_text())
    assert found
    return found[0]


def proposed(specialist: Hand, code: str) -> None:
    office.taken(specialist, code)
    office.proposed(specialist)
    expect(specialist.page.locator("main")).to_contain_text("Đã trình kết quả")


def approved(visitor: Open) -> None:
    """The words say what was compared and nothing of the drafter's, so they go straight to the signature."""
    office.signed(Hand(visitor(CHAIR).new_page()), story.TITLE)
    office.issued(Hand(visitor(CLERK).new_page()), story.TITLE)


def handed_out(desk: Looked, code: str) -> None:
    """She is still there: the row, the dossier, R, T."""
    page, hand, keys = desk.page, desk.hand, desk.hand.keys
    page.goto(f"/mot-cua/?q={code}")
    until(page, "Đã dừng tính thời gian")
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


def pin_on(desk: Looked) -> str:
    """Of Form 01, which she got on paper."""
    link = desk.page.locator("main a", has_text="Mẫu 01")
    answer = desk.page.request.get(link.get_attribute("href") or "")
    paper = " ".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(answer.body()))
    found = re.search(r"mã PIN: (\d{6})", paper)
    assert found
    return found[1]


def rated_without_account(stranger: Looked, code: str, pin: str) -> None:
    """At home her son types what stands on the paper."""
    page, hand = stranger.page, stranger.hand
    page.goto("/tra-cuu/")
    hand.type("code", code)
    hand.type("pin", pin)
    hand.click("Tra cứu")
    page.wait_for_url("**/tra-cuu/q/**")
    stranger.is_sound()
    hand.click("Đánh giá việc giải quyết")
    stranger.is_sound()
    hand.check("Rất hài lòng")
    hand.click("Gửi đánh giá")
    expect(page.locator("main")).to_contain_text("Cảm ơn ông/bà")
    expect(page.locator("main")).not_to_contain_text("Đánh giá việc giải quyết")
