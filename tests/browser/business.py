"""A couple opens a shop: what is typed, sent and answered on the phone."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page, expect

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
    """Chosen from the files of the phone; where a script runs, it sends them before the form is."""
    hand.clicks += 1
    place = hand.page.locator(f'main input[type=file][name="{name}"]')
    place.set_input_files(file)
    if hand.page.locator("[data-parts-note]").count():
        expect(hand.page.locator("[data-parts-note]").first).to_contain_text("Đã gửi xong", timeout=20_000)


def photo(name: str) -> FilePayload:
    """A picture of a page, as a phone takes it."""
    page = Image.new("RGB", (600, 800), "#f4f1ea")
    ImageDraw.Draw(page).rectangle((60, 90, 540, 720), outline="#444444", width=3)
    made = BytesIO()
    page.save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def answer(page: Page, number: int) -> Page:
    raise NotImplementedError
