"""A citizen files on the phone, corrects her number and rates; whoever holds the receipt finds where it stands."""

import re
from io import BytesIO

import pypdfium2
import pytest
import segno
from playwright.sync_api import Page, expect

from tests.browser import marital
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.office import received
from tests.browser.people import OFFICER, Kind, Person
from tests.browser.running import Running
from tests.browser.sound import Looked, looked

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
WIFE, NAME, NUMBER = Person(Kind.CITIZEN, "chia"), "Cư Thị Chía", "000196000023"
PHONE = "0912000399"
TRIES = 5


def test_whoever_holds_the_receipt_finds_the_dossier_and_nobody_else(visitor: Open, portal: Running) -> None:
    wife = looked(visitor(WIFE, width=360), portal)
    reference = marital.file(wife.hand)
    wife.is_sound()
    pin = pin_of(wife.page)
    wife.hand.click("Xem hồ sơ đang ở bước nào")
    own = wife.page.url
    wife.is_sound()
    corrected(wife)
    rated(wife, own)
    code = received(Hand(visitor(OFFICER).new_page()), reference)
    holds_form_01(wife, own, code, pin)
    address = looked_up(visitor(width=360, java_script=False).new_page(), reference, pin)
    assert looked_up(visitor(width=360, java_script=False).new_page(), code.lower(), pin) == address
    assert square_on(wife.page) == square_of(address)
    scanned(looked(visitor(width=360), portal), address)
    locked(looked(visitor(width=360), portal), reference, pin)
    sees_who_looked(wife)


def pin_of(receipt: Page) -> str:
    found = re.search(r"Mã PIN để tra cứu\s+(\d{6})\b", receipt.locator("main").inner_text())
    assert found
    return found[1]


def corrected(wife: Looked) -> None:
    """What a register said is not offered; what she typed is, until the desk has received it."""
    wife.hand.click("Sửa nội dung đã khai")
    expect(wife.page.locator("h1")).to_have_text("Sửa nội dung đã khai")
    expect(wife.page.locator("main")).not_to_contain_text(NUMBER)
    wife.is_sound()
    wife.hand.tap(wife.page.locator("main a", has_text="Số điện thoại của ông/bà"))
    wife.hand.type("sua-value", "123")
    wife.hand.click("Sửa câu trả lời này")
    expect(wife.page.locator(".govuk-error-summary")).to_be_visible()
    wife.is_sound(refused=True)
    wife.hand.type("sua-value", PHONE)
    wife.hand.click("Sửa câu trả lời này")
    expect(wife.page.locator("main")).to_contain_text("Đã sửa câu trả lời")
    expect(wife.page.locator("main")).to_contain_text(PHONE)


def rated(wife: Looked, own: str) -> None:
    wife.page.goto(own)
    wife.hand.click("Đánh giá việc tiếp nhận")
    wife.is_sound()
    wife.hand.check("Rất hài lòng")
    wife.hand.click("Gửi đánh giá")
    expect(wife.page.locator("main")).to_contain_text("Cảm ơn ông/bà")
    wife.is_sound()


def holds_form_01(wife: Looked, own: str, code: str, pin: str) -> None:
    """The paper of the desk says what the pages say, with the number that she corrected."""
    wife.page.goto(f"{own}noi-dung/")
    wife.is_sound()
    wife.page.goto(own)
    until(wife.page, "đã đóng dấu")
    wife.is_sound()
    link = wife.page.locator("main a", has_text="Mẫu 01")
    answer = wife.page.request.get(link.get_attribute("href") or "")
    paper = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.body()))
    for word in (code, pin, PHONE):
        assert word in paper
    wife.hand.click("Biên nhận có mã PIN")
    expect(wife.page.locator("h1")).to_have_text("Hồ sơ đã được tiếp nhận")
    assert pin_of(wife.page) == pin


def looked_up(page: Page, code: str, pin: str) -> str:
    """Without sign-in and without script; where it led."""
    hand = Hand(page)
    page.goto("/")
    page.get_by_role("link", name="Tra cứu hồ sơ").first.click()
    hand.type("code", code)
    hand.type("pin", pin)
    hand.click("Tra cứu")
    page.wait_for_url("**/tra-cuu/q/**")
    names_nobody(page)
    return page.url


def square_on(receipt: Page) -> bytes:
    return receipt.request.get(receipt.locator("main img").get_attribute("src") or "").body()


def square_of(address: str) -> bytes:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=4, border=4)
    return drawn.getvalue()


def names_nobody(page: Page) -> None:
    """Where it stands, and until when; whose it is stands neither on the page nor in its source."""
    expect(page.locator("main")).to_contain_text("Đã tiếp nhận")
    expect(page.locator("main")).to_contain_text("Xã Bắc Hà")
    for personal in (NAME, NUMBER, PHONE, marital.PHONE, marital.PURPOSE):
        assert personal not in page.content()


def scanned(stranger: Looked, address: str) -> None:
    """One tap, nothing typed; cut short it opens nothing."""
    stranger.page.goto(address)
    names_nobody(stranger.page)
    stranger.is_sound()
    stranger.page.goto(f"{address.rstrip('/')}x/")
    expect(stranger.page.locator("h1")).to_have_text("Địa chỉ này không ứng với hồ sơ nào")


def locked(stranger: Looked, reference: str, pin: str) -> None:
    """Five wrong PINs; then the right one is refused as well, in words and with the moment.

    By the reference, which no other run has: counters outlive a database.
    """
    stranger.page.goto("/tra-cuu/")
    wrong = "000000" if pin != "000000" else "111111"
    for number in range(1, TRIES + 1):
        try_pin(stranger, reference, wrong)
        told = "nhập sai quá nhiều lần" if number == TRIES else "không khớp"
        expect(stranger.page.locator(".govuk-error-summary")).to_contain_text(told)
        if number in {1, TRIES}:
            stranger.is_sound(refused=True)
    try_pin(stranger, reference, pin)
    expect(stranger.page.locator(".govuk-error-summary")).to_contain_text("thử lại lúc")
    assert stranger.page.url.endswith("/tra-cuu/")


def try_pin(stranger: Looked, code: str, pin: str) -> None:
    stranger.hand.type("code", code)
    stranger.hand.type("pin", pin)
    with stranger.page.expect_navigation():
        stranger.hand.click("Tra cứu")


def sees_who_looked(wife: Looked) -> None:
    """In her own record: the desk by post and purpose, and that the receipt was used."""
    wife.page.goto("/tai-khoan/ai-da-xem/")
    expect(wife.page.locator("main")).to_contain_text("Trung tâm Phục vụ hành chính công, Xã Bắc Hà")
    wife.is_sound()
    wife.page.goto("/tai-khoan/dau-vet/")
    expect(wife.page.locator("main")).to_contain_text("Tra cứu hồ sơ theo mã, do người chưa đăng nhập thực hiện")
