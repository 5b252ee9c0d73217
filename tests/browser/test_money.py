"""A fee is asked for, paid in every way there is, and given back: on a phone and at a desk, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser import copies, money
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.people import OFFICER, REVIEWER, Kind, Person
from tests.browser.running import Running
from tests.browser.ways import DESK, PHONE, PLAIN_DESK, PLAIN_PHONE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
WIDOW, NAME = Person(Kind.CITIZEN, "lan"), "Đặng Thị Lan"
PAPER = "Giấy chứng nhận hộ nghèo số 12, ngày 05/01/2026"
SLIP = "Phiếu chi số 7"
WHY_NOT = "Bản sao đã in xong trước khi bà rút hồ sơ."


def test_left_on_the_platform_and_paid_later_then_withdrawn_and_given_back(visitor: Open, portal: Running) -> None:
    citizen, head = PHONE.of(visitor, portal, WIDOW), PHONE.of(visitor, portal, REVIEWER)
    reference = copies.file(citizen.hand, copies=2)
    fee = money.asked(citizen)
    money.led_to_the_platform(citizen)
    money.done_there(citizen, "Quay lại, quyết định sau")
    expect(citizen.page.locator("main")).to_contain_text("chờ ngân hàng")
    citizen.page.goto(fee)
    citizen.hand.tap(citizen.page.locator("main a", has_text="Tiếp tục lượt thanh toán này"))
    citizen.hand.click("Sang trang thanh toán")
    money.done_there(citizen, "Thanh toán")
    until(citizen.page, "đã nộp")
    money.receipt(citizen.page, NAME, "16.000")
    citizen.is_sound()
    citizen.page.goto(fee.removesuffix("phi/"))
    money.withdrawn(citizen.hand)
    page = money.refund(head, reference)
    head.hand.click("Duyệt hoàn trả (T)")
    until(page, "đã trả lại")
    head.is_sound()
    citizen.page.goto(fee)
    expect(citizen.page.locator("main")).to_contain_text("đã trả lại")
    citizen.is_sound()


def test_an_exemption_that_is_granted_after_paying_gives_the_money_back(visitor: Open, portal: Running) -> None:
    citizen, head = PLAIN_PHONE.of(visitor, portal, WIDOW), PLAIN_PHONE.of(visitor, portal, REVIEWER)
    reference = copies.file(citizen.hand, copies=2)
    fee = money.asked(citizen)
    money.exemption_asked(citizen, PAPER)
    money.led_to_the_platform(citizen)
    money.done_there(citizen, "Thanh toán")
    until(citizen.page, "đã nộp")
    desk = PLAIN_PHONE.of(visitor, portal, OFFICER)
    money.at_desk(desk, reference)
    expect(desk.page.locator("[name=assess-evidence]")).to_have_value(PAPER)
    desk.hand.click("Xác định phí, lệ phí (S)")
    expect(desk.page.locator("main")).to_contain_text("Đã xác định lại phí, lệ phí.")
    desk.is_sound()
    page = money.refund(head, reference)
    head.hand.click("Duyệt hoàn trả (T)")
    until(page, "đã trả lại")
    citizen.page.goto(fee)
    expect(citizen.page.locator("main")).to_contain_text("Được miễn, không phải nộp")
    expect(citizen.page.locator("main")).to_contain_text("đã trả lại")
    citizen.is_sound()
    citizen.page.goto(fee.removesuffix("phi/"))
    money.withdrawn(citizen.hand)


def test_cash_is_taken_by_one_key_and_given_back_against_a_slip(visitor: Open, portal: Running) -> None:
    citizen, desk = DESK.of(visitor, portal, WIDOW), DESK.of(visitor, portal, OFFICER)
    reference = copies.file(citizen.hand, copies=2)
    fee = money.asked(citizen)
    money.at_desk(desk, reference)
    desk.is_sound()
    desk.hand.access_key("t")
    expect(desk.page.locator("main")).to_contain_text("Đã nộp: 16.000")
    until(desk.page, "(PDF)")
    desk.is_sound()
    citizen.page.goto(fee)
    money.receipt(citizen.page, "16.000")
    citizen.page.goto(fee.removesuffix("phi/"))
    money.withdrawn(citizen.hand)
    head = DESK.of(visitor, portal, REVIEWER)
    page = money.refund(head, reference)
    head.hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Đã duyệt hoàn trả.")
    head.is_sound()
    head.hand.click("Ghi nhận đã trả lại")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    head.is_sound(refused=True)
    head.hand.type("done-text", SLIP)
    head.hand.click("Ghi nhận đã trả lại")
    expect(page.locator("main")).to_contain_text(SLIP)
    citizen.page.goto(fee)
    expect(citizen.page.locator("main")).to_contain_text("đã trả lại")


def test_a_qr_at_the_desk_is_paid_by_the_bank_and_the_refund_is_denied_with_a_reason(
    visitor: Open, portal: Running
) -> None:
    citizen, desk = PLAIN_DESK.of(visitor, portal, WIDOW), PLAIN_DESK.of(visitor, portal, OFFICER)
    reference = copies.file(citizen.hand, copies=2)
    fee = money.asked(citizen)
    money.at_desk(desk, reference)
    desk.hand.access_key("q")
    desk.page.wait_for_url("**/phi/*/")
    desk.is_sound()
    money.transferred(citizen.page, portal.sandbox, desk.page)
    until(desk.page, "đã nộp")
    desk.is_sound()
    citizen.page.goto(fee)
    money.receipt(citizen.page, "16.000")
    citizen.page.goto(fee.removesuffix("phi/"))
    money.withdrawn(citizen.hand)
    head = PLAIN_DESK.of(visitor, portal, REVIEWER)
    page = money.refund(head, reference)
    head.hand.type("deny-text", WHY_NOT)
    head.hand.click("Không duyệt hoàn trả")
    expect(page.locator("main")).to_contain_text("Người dân đọc được lý do.")
    citizen.page.goto(fee)
    expect(citizen.page.locator("main")).to_contain_text(WHY_NOT)
    citizen.is_sound()
