"""A citizen asks for a certificate of marital status, for a bank: the shortest of the forms. Without script as well."""

from playwright.sync_api import expect

from tests.browser import birth
from tests.browser.hand import Hand

PROCEDURE = "1.004873"
PHONE = "0912000322"
PURPOSE = "Vay vốn ngân hàng"
DEATH = "Trích lục khai tử số 12/2015, ngày 04/05/2015, xã Bắc Hà"
HOME = "Xã Bắc Hà, Tỉnh Lào Cai"


def file(hand: Hand, *, status: str = "married") -> str:
    """From the page of the procedure to the receipt; the reference on it."""
    birth.begin(hand, PROCEDURE)
    declare(hand, status)
    return birth.send(hand)


def declare(hand: Hand, status: str) -> None:
    """From the list of tasks to the page with all answers."""
    hand.click("Xin cho ai")
    hand.choose("for_whom", "self")
    birth.onward(hand)
    hand.type("requester_phone", PHONE)
    birth.onward(hand)
    expect(hand.page.locator("h1")).to_have_text("Thời gian cư trú")  # what the register says of her is not asked
    hand.type("period_unit-find", "bac ha lao cai")
    hand.type("period_from_2", "2016")
    hand.click("Lưu và tiếp tục")
    hand.check(HOME)  # the township of old has the same name
    birth.onward(hand)
    hand.choose("status", status)
    birth.onward(hand)
    if status == "widowed":
        hand.type("end_paper", DEATH)
        birth.onward(hand)
    expect(hand.page.locator("h1")).to_have_text("Mục đích")
    hand.choose("purpose", "other")
    birth.onward(hand)
    hand.type("purpose_other", PURPOSE)
    birth.onward(hand)
    hand.choose("had_certificate", "no")
    birth.onward(hand)
    birth.onward(hand)  # who decides follows from where she lives
    expect(hand.page.locator("h1")).to_have_text("Kiểm tra câu trả lời")
