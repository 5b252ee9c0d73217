"""Filing for somebody at the desk: the states of its pages that the straight way does not pass."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.people import OFFICER
from tests.browser.running import Running
from tests.browser.sound import OFFICERS, Looked, looked

pytestmark = pytest.mark.browser
NUMBER, NAME = "000145000019", "Đặng Thị Lan"
COPY = "Cấp bản sao từ sổ gốc"


def test_without_a_scanner_by_what_right_and_thrown_away(visitor: Open, portal: Running) -> None:
    desk = looked(visitor(OFFICER), portal, least=OFFICERS)
    typed(desk)
    chosen(desk)
    by_what_right(desk)
    thrown_away(desk)


def typed(desk: Looked) -> None:
    """A number without a name is asked again; what was typed stays."""
    page, hand = desk.page, desk.hand
    page.goto("/mot-cua/nop-ho/")
    expect(page.locator("[name=card]")).to_be_focused()
    hand.write(NUMBER)
    hand.key("Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Nhập họ tên")
    expect(page.locator("[name=card]")).to_have_value(NUMBER)
    desk.is_sound(refused=True)
    hand.type("name", NAME)
    for part, number in enumerate(("30", "6", "1945")):
        hand.type(f"birth_on_{part}", number)
    hand.access_key("t")
    page.wait_for_url(re.compile(r"/nop-ho/[0-9a-f-]{36}/$"))
    assert NUMBER not in page.url


def chosen(desk: Looked) -> None:
    """What no procedure is called leads back to all of them."""
    page, hand = desk.page, desk.hand
    hand.write("zzzz")
    hand.key("Enter")
    expect(page.locator("main")).to_contain_text("không có thủ tục nào tên như vậy")
    desk.is_sound()
    page.goto(page.url.split("?")[0] + "?q=so+goc")
    expect(page.get_by_role("button", name=COPY, exact=True)).to_be_focused()
    desk.is_sound()
    hand.key("Enter")
    page.wait_for_url("**/ban-nhap/**")


def by_what_right(desk: Looked) -> None:
    """Who files for another says on what ground, what for and until when."""
    page, hand, draft = desk.page, desk.hand, desk.page.url
    page.goto(f"{draft}nop-thay/")
    expect(page.locator("[name=ground]").first).to_be_focused()
    desk.is_sound()
    hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    desk.is_sound(refused=True)
    page.goto(f"{draft}xac-nhan/")
    expect(page.locator("main")).to_contain_text("còn thiếu")
    desk.is_sound()
    page.goto(draft)


def thrown_away(desk: Looked) -> None:
    page = desk.page
    desk.hand.click("Bỏ bản nháp này")
    desk.is_sound()
    desk.hand.click("Xóa")
    page.wait_for_url("**/mot-cua/nop-ho/")
    expect(page.locator("main")).not_to_contain_text(COPY)
    desk.is_sound()
