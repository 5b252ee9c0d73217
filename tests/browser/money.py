"""What happens with money on a dossier, as citizens, the desk and its head do it."""

import re

from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from tests.browser.birth import until
from tests.browser.hand import Hand
from tests.browser.sound import Looked

OWED = "16.000\u00a0đ"  # two copies
RECEIPT = re.compile(r"^Biên lai.*\(PDF\)$")
WHY = "Ngân hàng không cần bản sao này nữa."


def asked(citizen: Looked) -> str:
    """From the receipt to the page of the fee; its address."""
    page = citizen.page
    citizen.hand.click("Xem hồ sơ đang ở bước nào")
    citizen.hand.click("Phí, lệ phí, thanh toán và biên lai")
    expect(page.locator("main")).to_contain_text(f"Phải nộp: {OWED}")
    expect(page.locator("main")).to_contain_text("2 bản")
    citizen.is_sound()
    return page.url


def exemption_asked(citizen: Looked, paper: str) -> None:
    """First without the paper that proves it: what was chosen stays."""
    citizen.hand.check("Hộ nghèo")
    citizen.hand.click("Đề nghị miễn, giảm")
    expect(citizen.page.locator(".govuk-error-summary")).to_contain_text("Ghi số, ngày")
    citizen.is_sound(refused=True)
    expect(citizen.page.get_by_label("Hộ nghèo", exact=True)).to_be_checked()
    citizen.hand.type("claim-evidence", paper)
    citizen.hand.click("Đề nghị miễn, giảm")
    expect(citizen.page.locator("main")).to_contain_text("đã chuyển đến bộ phận một cửa")
    expect(citizen.page.locator("main")).to_contain_text(paper)


def led_to_the_platform(citizen: Looked) -> None:
    """The order is opened by a worker; the page says so until it is there."""
    citizen.hand.click(f"Nộp {OWED} trực tuyến")
    until(citizen.page, "Sang trang thanh toán")
    citizen.is_sound()
    citizen.hand.click("Sang trang thanh toán")


def done_there(citizen: Looked, button: str) -> None:
    """On the page of the platform, which leads back."""
    citizen.hand.tap(citizen.page.get_by_role("button", name=button, exact=True))
    citizen.page.wait_for_url("**/phi/**")


def at_desk(desk: Looked, reference: str) -> None:
    """From the queue to the fee of the dossier."""
    desk.page.goto(f"/mot-cua/?q={reference}")
    desk.hand.tap(desk.page.locator("main").get_by_role("link", name=reference))
    desk.page.wait_for_url("**/mot-cua/ho-so/**")
    desk.hand.tap(desk.page.locator("main a[href$='/phi/']").first)
    expect(desk.page.locator("main")).to_contain_text(OWED)


def transferred(page: Page, sandbox: str, shown: Page) -> None:
    """As a banking app does it that has read the QR: what the page shows in words is in the picture too."""
    rows = shown.locator("main dl > div")
    values = {
        name: rows.filter(has_text=label).locator("dd").first.inner_text().split("\n")[0].strip()
        for name, label in (("account", "Tài khoản"), ("content", "Nội dung chuyển khoản"))
    }
    page.goto(f"{sandbox}/thanh-toan/ngan-hang")
    for name, value in {**values, "amount": "16000"}.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("form button").first.click()


def receipt(page: Page, *words: str) -> None:
    """Opened as the person does it, and read."""
    until(page, "(PDF)")
    text = paper(page, RECEIPT)
    for word in words:
        assert word in text, text


def paper(page: Page, link: str | re.Pattern[str]) -> str:
    """The words of the PDF behind a link, as whoever has signed in gets it."""
    answer = page.request.get(page.locator("main a", has_text=link).first.get_attribute("href") or "")
    return words_of(answer.body())


def words_of(paper: bytes) -> str:
    """Of a PDF, in one line."""
    return " ".join(" ".join(one.get_textpage().get_text_bounded() for one in PdfDocument(paper)).split())


def withdrawn(hand: Hand) -> None:
    hand.click("Rút hồ sơ")
    hand.type("reason", WHY)
    hand.click("Rút hồ sơ")
    expect(hand.page.locator("main")).to_contain_text("Đã rút hồ sơ")


def refund(head: Looked, dossier: str) -> Page:
    """From what waits for somebody to the refund of the dossier; a worker reckons it after the end."""
    head.page.goto("/thu-phi/can-xu-ly/")
    until(head.page, dossier)
    head.hand.tap(head.page.locator("main a", has_text=dossier))
    expect(head.page.locator("h1")).to_contain_text(OWED)
    head.is_sound()
    return head.page
