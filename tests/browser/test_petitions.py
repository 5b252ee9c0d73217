"""Somebody without an account tells a commune what went wrong, reads the answer by code and PIN, and everybody may."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, REVIEWER, SPECIALIST
from tests.browser.running import Running
from tests.browser.sound import Looked
from tests.browser.ways import DESK, PHONE, PLAIN_DESK, PLAIN_PHONE, Window

pytestmark = pytest.mark.browser
PLACE = "Xã Bắc Hà, Tỉnh Lào Cai"
NAME, TELEPHONE = "Sùng Thị Say", "0912 345 678"
TOLD = "Biển chỉ đường ở bộ phận một cửa viết chữ quá nhỏ, người già không đọc được."
ANSWER = "Cảm ơn ý kiến. Biển mới chữ to đã được treo ngày hôm nay."
HANDLER_KEYS = 2


@pytest.mark.parametrize("window", [PHONE, PLAIN_PHONE, DESK, PLAIN_DESK], ids=str)
def test_a_petition_from_the_street_to_the_published_answer(window: Window, visitor: Open, portal: Running) -> None:
    sender = window.of(visitor, portal)
    code, pin = sent(sender, TOLD)
    handled(window.of(visitor, portal, REVIEWER), window.of(visitor, portal, SPECIALIST), code)
    title = f"Biển chỉ đường chữ to hơn ({window})"
    published(window.of(visitor, portal, CHAIR), code, title)
    read(sender, code, pin, title)


def sent(sender: Looked, text: str) -> tuple[str, str]:
    """Once with something missing: what was written stays. Code and PIN stand on the page after it."""
    page, hand = sender.page, sender.hand
    page.goto("/phan-anh/")
    hand.click("Gửi phản ánh, kiến nghị")
    hand.type("text", text)
    hand.click("Gửi phản ánh, kiến nghị này")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("main [name=text]")).to_have_value(text)
    sender.is_sound(refused=True)
    hand.type("unit-find", "bac ha lao cai")
    hand.choose("kind", "other")
    hand.type("name", NAME)
    hand.type("phone", TELEPHONE)
    hand.click("Gửi phản ánh, kiến nghị này")
    if "chọn" in page.locator("main").inner_text() and page.get_by_label(PLACE).count():
        hand.check(PLACE)
        hand.click("Gửi phản ánh, kiến nghị này")
    expect(page.locator("h1")).to_contain_text("Đã gửi phản ánh, kiến nghị")
    sender.is_sound()
    said = page.locator("main").inner_text()
    code, pin = re.search(r"PA-[A-Z0-9]{5}-[A-Z0-9]{5}", said), re.search(r"PIN: *(\d{6})", said)
    assert code
    assert pin
    return code[0], pin[1]


def opened(officer: Hand, code: str) -> None:
    officer.page.goto(f"/mot-cua/phan-anh/?q={code}")
    officer.tap(officer.page.locator("main tbody a", has_text=code))
    officer.page.wait_for_url(lambda url: not url.endswith(f"?q={code}"))  # no key is pressed on the list


def handled(head: Looked, handler: Looked, code: str) -> None:
    """The head gives it to a colleague, who answers by two keys."""
    opened(head.hand, code)
    head.is_sound()
    head.hand.access_key("g")
    head.page.wait_for_url("**/giao/")
    head.is_sound()
    head.hand.check("Vàng Seo Páo")
    head.hand.access_key("t")
    expect(head.page.locator("main")).to_contain_text("Đã giao phản ánh, kiến nghị.")
    opened(handler.hand, code)
    expect(handler.page.locator("main")).to_contain_text(TELEPHONE)
    handler.is_sound()
    handler.hand.access_key("t")
    handler.page.wait_for_url("**/tra-loi/")
    handler.hand.type("text", ANSWER)
    handler.is_sound()
    handler.hand.access_key("t")
    expect(handler.page.locator("main")).to_contain_text("Đã gửi trả lời")
    assert handler.hand.keys == HANDLER_KEYS


def published(head: Looked, code: str, title: str) -> None:
    """In two steps: nothing that leads to a person gets past the first, and the second is confirmed."""
    page, hand = head.page, head.hand
    opened(hand, code)
    hand.access_key("p")
    page.wait_for_url("**/cong-khai/")
    hand.type("title", title)
    hand.type("question", f"{TOLD} Gọi {TELEPHONE}.")
    hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_contain_text("số điện thoại")
    head.is_sound(refused=True)
    hand.type("question", TOLD)
    hand.access_key("t")
    expect(page.locator("h1")).to_contain_text("Nội dung sẽ công khai")
    head.is_sound()
    hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    head.is_sound(refused=True)
    hand.check("không có gì dẫn đến một người")
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Đã công khai trả lời.")


def read(sender: Looked, code: str, pin: str, title: str) -> None:
    """With code and PIN by whoever sent it, who says what it is worth; without either by everybody."""
    page, hand = sender.page, sender.hand
    page.goto("/phan-anh/theo-doi/")
    hand.type("code", code)
    hand.type("pin", pin)
    sender.is_sound()
    hand.click("Mở phản ánh, kiến nghị")
    expect(page.locator("main")).to_contain_text(ANSWER)
    expect(page.locator("main")).to_contain_text("Đã công khai")
    sender.is_sound()
    hand.choose("score-score", "2")
    hand.type("score-text", "Nhanh, nhưng biển còn treo hơi cao.")
    hand.click("Gửi ý kiến")
    expect(page.locator("main")).to_contain_text("đã đánh giá trả lời 2 trên 5")
    sender.is_sound()
    hand.click("Đọc nội dung đã công khai")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text(ANSWER)
    for private in (NAME, TELEPHONE, code):
        expect(page.locator("main")).not_to_contain_text(private)
    sender.is_sound()
