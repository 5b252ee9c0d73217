"""A citizen asks for copies of an extract that is theirs: the shortest form that costs something."""

from playwright.sync_api import expect

from tests.browser import birth
from tests.browser.hand import Hand

PROCEDURE = "2.000635"
PHONE = "0912000635"
PLACE = "Xã Bắc Hà, Tỉnh Lào Cai"


def file(hand: Hand, *, copies: int) -> str:
    """From the page of the procedure to the receipt; the reference on it."""
    birth.begin(hand, PROCEDURE)
    declare(hand, copies)
    return birth.send(hand)


def declare(hand: Hand, copies: int) -> None:
    """From the list of tasks to the page with all answers."""
    hand.click("Ai yêu cầu")
    hand.choose("asker", "self")
    birth.onward(hand)
    hand.type("requester_phone", PHONE)
    birth.onward(hand)
    hand.choose("record_kind", "birth")
    birth.onward(hand)
    hand.type("registered_at-find", "bac ha lao cai")
    hand.click("Lưu và tiếp tục")
    hand.check(PLACE)
    birth.onward(hand)
    hand.type("copies", str(copies))
    birth.onward(hand)
    birth.onward(hand)  # who decides follows from where they live
    expect(hand.page.locator("h1")).to_have_text("Kiểm tra câu trả lời")
