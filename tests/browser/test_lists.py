"""A head filters, shares what was filtered, hands many steps over at once, takes it back, and takes the list away."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.people import CHAIR, SPECIALIST
from tests.browser.running import Running
from tests.browser.sound import Looked
from tests.browser.ways import DESK

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
NAME, WHY = "Đang giải quyết, theo hạn", "Giao lại việc trong tuần cho cán bộ hộ tịch."
PURPOSE = "Họp giao ban thứ Hai"
LIST = "/danh-sach-ho-so/"


def test_a_list_is_shared_handed_over_at_once_and_taken_away(visitor: Open, portal: Running) -> None:
    head, other = DESK.of(visitor, portal, CHAIR), DESK.of(visitor, portal, SPECIALIST)
    number = filtered(head)
    shared(head, other.page, number)
    handed_over(head, number)
    taken_back(head)
    taken_away(head, number)


def filtered(head: Looked) -> int:
    """Those that are being worked on: how many."""
    page = head.page
    page.goto(LIST)
    head.hand.pick("trang_thai", "Đang giải quyết")
    head.hand.click("Áp dụng")
    page.wait_for_url("**trang_thai=processing**")
    head.is_sound()
    return counted(page)


def counted(page: Page) -> int:
    found = re.search(r"(\d+) hồ sơ", page.locator("h1").inner_text())
    assert found
    return int(found[1])


def shared(head: Looked, other: Page, number: int) -> None:
    """What is kept is an address: a colleague opens the same list."""
    head.hand.click("Lưu danh sách này với một tên")
    head.hand.type("name", NAME)
    head.hand.check("Xã Bắc Hà")
    head.is_sound()
    head.hand.click("Lưu")
    other.goto(f"{LIST}bo-loc/")
    other.get_by_role("link", name=NAME, exact=True).click()
    other.wait_for_url("**trang_thai=processing**")
    assert counted(other) == number


def handed_over(head: Looked, number: int) -> None:
    """All that match, on all pages; first without saying to whom."""
    page, hand = head.page, head.hand
    page.goto(f"{LIST}?trang_thai=processing")
    page.locator("#ca").check()
    hand.pick("viec", "Giao bước cho cán bộ")
    hand.click("Tiếp tục đến bước xác nhận")
    page.wait_for_url("**/lo/?**")
    head.is_sound()
    ready = counted(page)
    hand.click(f"Giao bước cho cán bộ ({ready})")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    head.is_sound(refused=True)
    left_out = page.locator("main h2", has_text="bị bỏ qua")
    assert ready == number or left_out.count()
    choice = page.locator("main select[name=officer] option", has_text="Vàng Seo Páo")
    page.locator("main select[name=officer]").select_option(choice.get_attribute("value"))
    hand.type("reason", WHY)
    hand.click(f"Giao bước cho cán bộ ({ready})")
    page.wait_for_url(re.compile(r"/lo/[0-9a-f-]{36}/$"))
    until(page, f"Đã xong {ready} trên {ready}")
    head.is_sound()


def taken_back(head: Looked) -> None:
    """Within a day each step goes back to whoever held it."""
    page, hand = head.page, head.hand
    page.locator("main summary", has_text="Hoàn lại việc giao").click()
    hand.type("reason", "Giao nhầm tuần.")
    hand.click("Rút lại")
    page.wait_for_load_state()
    until(page, "đang chờ 0")
    head.is_sound()


def taken_away(head: Looked, number: int) -> None:
    """Columns that name people need a purpose, which those people can read."""
    page, hand = head.page, head.hand
    page.goto(f"{LIST}?trang_thai=processing")
    hand.click("Xuất danh sách ra tệp")
    hand.choose("format", "csv")
    hand.type("purpose", PURPOSE)
    head.is_sound()
    with page.expect_download() as coming:
        hand.click("Tải xuống")
    rows = list(csv.reader(coming.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == number + 1
