"""A couple opens a shop: what is typed, sent and answered on the phone."""

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, expect

from tests.browser.birth import onward, until
from tests.browser.hand import Hand

PROCEDURE = "1.001612"
PAPER = "members_authorisation"


@dataclass(frozen=True)
class Shop:
    name: str
    line: str
    partner: str
    partner_number: str


def begin(hand: Hand) -> None:
    hand.page.goto(f"/thu-tuc/{PROCEDURE}/")
    hand.click("Nộp trực tuyến")
    hand.click("Bắt đầu")
    hand.page.wait_for_url("**/nop-ho-so/ho-so/**")
    until(hand.page, "đang được hỏi", gone=True)


def declare(hand: Hand, shop: Shop) -> None:
    """From the list of tasks to the page with all answers; of the owner everything is known."""
    hand.click("Ai thành lập")
    hand.choose("founded_by", "family")
    onward(hand)
    hand.type("owner_phone", "0912000456")
    onward(hand)
    _place(hand, shop)
    hand.click("Thêm: Ngành, nghề")
    hand.type("line_name", shop.line)
    hand.choose("line_main", "yes")
    onward(hand)
    hand.click("Tiếp tục")
    _partner(hand, shop)
    hand.choose("tax_address_same", "yes")
    onward(hand)
    hand.choose("filed_by", "owner")
    onward(hand)
    attach(hand, f"{PAPER}_files", photo("uy-quyen-mo.jpg"))
    onward(hand)
    expect(hand.page.locator("h1")).to_have_text("Nơi giải quyết và cách nhận kết quả")
    onward(hand)  # who decides follows from where the shop is
    expect(hand.page.locator("h1")).to_have_text("Kiểm tra câu trả lời")


def _place(hand: Hand, shop: Shop) -> None:
    hand.type("business_name", shop.name)
    hand.type("business_address-find", "bac ha lao cai")
    hand.type("business_address-detail", "Chợ Bắc Hà")
    hand.type("capital", "50000000")
    hand.type("workers", "1")
    onward(hand)


def _partner(hand: Hand, shop: Shop) -> None:
    hand.click("Thêm: Thành viên")
    hand.type("member_name", shop.partner)
    hand.type("member_birth_day_2", "1999")
    hand.choose("member_sex", "female")
    hand.type("member_personal_number", shop.partner_number)
    hand.type("member_residence-find", "bac ha lao cai")
    hand.type("member_residence-detail", "Thôn Na Hối")
    onward(hand)
    hand.click("Tiếp tục")


def attach(hand: Hand, name: str, file: FilePayload) -> None:
    """Chosen among the files of the phone. A script sends them first, and the form when they are there."""
    hand.clicks += 1
    hand.page.locator(f'main input[type=file][name$="{name}"]').set_input_files(file)


def photo(name: str) -> FilePayload:
    """A picture of a page, as a phone takes it."""
    page = Image.new("RGB", (600, 800), "#f4f1ea")
    ImageDraw.Draw(page).rectangle((60, 90, 540, 720), outline="#444444", width=3)
    made = BytesIO()
    page.save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def own_page(hand: Hand) -> str:
    """From the receipt to the page that follows the dossier; its address."""
    hand.click("Xem hồ sơ đang ở bước nào")
    hand.page.wait_for_url("**/ho-so-cua-toi/**")
    return hand.page.url


def attach_again(hand: Hand, *, of: int) -> None:
    """The paper that stands first among the things asked for."""
    attach(hand, "-files", photo("uy-quyen.jpg"))
    _keep(hand, 0)
    expect(hand.page.locator("main")).to_contain_text(f"Đã có 1 trong {of} nội dung")


def correct(hand: Hand, text: str, *, of: int) -> None:
    """The answer that stands second."""
    hand.typed += 1
    hand.page.locator("main section").nth(1).locator("input[type=text]").fill(text)
    _keep(hand, 1)
    expect(hand.page.locator("main")).to_contain_text(f"Đã có 2 trong {of} nội dung")


def _keep(hand: Hand, place: int) -> None:
    hand.tap(hand.page.locator("main section").nth(place).locator("button[type=submit]"))


def supplement(hand: Hand) -> None:
    hand.click("Gửi phần bổ sung")
    hand.page.wait_for_url(re.compile("/ho-so-cua-toi/[0-9a-f-]{36}/$"))
