"""A mother files the birth of her child; every datum that a register has is found."""

import time

from playwright.sync_api import Page, expect

from tests.browser.hand import Hand

PROCEDURE = "1.001193"
PATIENCE = 60.0  # seconds; two busy cores


def until(page: Page, word: str, *, gone: bool = False) -> None:
    """Loads the page again, as somebody who waits does, until it says the word, or says it no more."""
    end = time.monotonic() + PATIENCE
    while (word in page.locator("main").inner_text()) is gone:
        assert time.monotonic() < end, page.locator("main").inner_text()
        time.sleep(0.3)
        page.reload()


def begin(hand: Hand, procedure: str = PROCEDURE) -> None:
    hand.page.goto(f"/thu-tuc/{procedure}/")
    hand.click("Nộp trực tuyến")
    hand.click("Bắt đầu")
    hand.page.wait_for_url("**/nop-ho-so/ho-so/**")
    until(hand.page, "đang được hỏi", gone=True)


def declare(hand: Hand, child: str) -> None:
    """From the list of tasks to the page with all answers."""
    tell_of_the_mother(hand)
    tell_of_the_child(hand, child)
    onward(hand)
    tell_the_rest(hand)


def tell_of_the_mother(hand: Hand) -> None:
    hand.click("Ông/bà và trẻ")
    hand.choose("relation", "mother")
    hand.choose("circumstance", "facility")
    onward(hand)
    until(hand.page, "đang được hỏi", gone=True)  # about her own child only a mother or father is told
    hand.type("requester_phone", "0912000321")
    onward(hand)


def tell_of_the_child(hand: Hand, child: str) -> None:
    """All else on this page the hospital has said. It is not sent yet."""
    hand.type("child_name", child)
    hand.pick("child_ethnic_group", "Hmông")


def tell_the_rest(hand: Hand) -> None:
    hand.choose("declares_father", "yes")
    onward(hand)
    expect(hand.page.locator("h1")).to_have_text("Bản sao")  # all else is known
    onward(hand)
    onward(hand)  # who decides follows from where the mother lives
    expect(hand.page.locator("h1")).to_have_text("Kiểm tra câu trả lời")


def onward(hand: Hand) -> None:
    hand.click("Lưu và tiếp tục")
    expect(hand.page.locator(".govuk-error-summary")).to_have_count(0)


def send(hand: Hand) -> str:
    """The reference on the receipt."""
    hand.click("Tôi cam đoan và nộp hồ sơ")
    expect(hand.page.locator("h1")).to_have_text("Hồ sơ đã được nộp")
    return hand.page.locator("main").inner_text().split("Số tham chiếu")[1].split()[0]
