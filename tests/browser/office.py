"""What officers do with a dossier, each on pages of their own: received, worked on, signed, issued."""

import re

from playwright.sync_api import Page, expect

from tests.browser.birth import until
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, prove_if_asked


def opened(desk: Hand, reference: str) -> None:
    """By keyboard alone, from the queue to the dossier."""
    desk.page.goto(f"/mot-cua/?q={reference}")
    desk.key("j")
    desk.key("Enter")
    desk.page.wait_for_url("**/mot-cua/ho-so/**")


def received(desk: Hand, reference: str) -> str:
    """By keyboard alone, from the queue to the next dossier; the code that it got."""
    opened(desk, reference)
    desk.access_key("t")
    expect(desk.page.locator("h1")).to_contain_text("Tiếp nhận hồ sơ")
    desk.access_key("t")
    told = desk.page.locator("main .govuk-notification-banner, main .moj-banner, main [role=alert]").first
    expect(told).to_contain_text("Đã tiếp nhận với mã")
    found = re.search(r"H\d+\.\d+-\d{6}-\d{4}", told.inner_text())
    assert found
    return found[0]


def taken(specialist: Hand, code: str) -> None:
    specialist.page.goto("/xu-ly/")
    specialist.click(code)
    specialist.click("Nhận xử lý")
    expect(specialist.page.locator("main")).to_contain_text("Ông/bà đang xử lý bước này")


def proposed(specialist: Hand, *, text: str = "") -> None:
    specialist.click("Trình kết quả")
    specialist.page.wait_for_url("**/ket-qua/")
    specialist.check("Nguyễn Văn Thành")
    if text:
        specialist.type("text", text)
    specialist.click("Trình kết quả")


def document(officer: Hand, subject: str) -> Page:
    """From the one list of work."""
    officer.page.goto("/viec-cua-toi/")
    officer.click(subject)
    officer.page.wait_for_url("**/van-ban/**")
    return officer.page


def passed(officer: Hand, subject: str, word: str, then: str) -> None:
    """A step before the signature, with one press: its button is called `word`."""
    page = document(officer, subject)
    officer.click(word)
    expect(page.locator("main")).to_contain_text(then)


def signed(chair: Hand, subject: str) -> None:
    document(chair, subject)
    chair.click("Ký")
    prove_if_asked(chair.page, CHAIR, "/chu-ky/")
    chair.click("Ký")
    until(chair.page, "Đã ký")


def issued(clerk: Hand, subject: str) -> None:
    document(clerk, subject)
    until(clerk.page, "Cấp số, đóng dấu và phát hành")
    clerk.click("Cấp số, đóng dấu và phát hành")
    prove_if_asked(clerk.page, CLERK, "/cap-so-dong-dau/")
    clerk.click("Cấp số, đóng dấu và phát hành")
    until(clerk.page, "Đã ban hành")
