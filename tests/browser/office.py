"""The way of a dossier through the office and back to its citizen: each step as its person takes it."""

import re

from playwright.sync_api import Page, expect

from tests.browser import inspection
from tests.browser.birth import until
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, prove_if_asked

TOUCH = 44  # pixels that a thumb needs


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
    return code_told(desk.page)


def received_by_mouse(desk: Hand, reference: str) -> str:
    """The same without script, where no key opens a row."""
    desk.page.goto(f"/mot-cua/?q={reference}")
    desk.tap(desk.page.locator("main").get_by_role("link", name=reference))
    desk.page.wait_for_url("**/mot-cua/ho-so/**")
    desk.tap(desk.page.locator("main [accesskey=t]"))
    expect(desk.page.locator("h1")).to_contain_text("Tiếp nhận hồ sơ")
    desk.tap(desk.page.locator("main [accesskey=t]"))
    return code_told(desk.page)


def code_told(page: Page) -> str:
    told = page.locator("main .govuk-notification-banner, main .moj-banner, main [role=alert]").first
    expect(told).to_contain_text("Đã tiếp nhận với mã")
    found = re.search(r"H\d+\.\d+-\d{6}-\d{4}", told.inner_text())
    assert found
    return found[0]


def taken(specialist: Hand, code: str) -> None:
    specialist.page.goto("/xu-ly/")
    until(specialist.page, code)
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


def asked(citizen: Hand, title: str) -> None:
    """From the list of work to the draft that wants to be confirmed. `title`: as the list has it."""
    citizen.page.goto("/viec-cua-toi/")
    until(citizen.page, title)
    citizen.click(title)
    until(citizen.page, "Đọc dự thảo")
    citizen.click("Đọc dự thảo")
    expect(citizen.page.locator("main")).to_contain_text("Đúng, tôi xác nhận")


def confirmed(citizen: Hand, title: str, *words: str, inspected: bool = True) -> None:
    """Who filed is asked on the phone, reads every line, and goes on with the day.

    A window without script cannot be inspected: what the inspection waits for never comes.
    """
    asked(citizen, title)
    for word in words:
        expect(citizen.page.locator("main")).to_contain_text(word)
    page = citizen.page
    if inspected:
        assert not [*inspection.accessibility(page), *inspection.small_targets(page, TOUCH), *inspection.reflow(page)]
    citizen.click("Đúng, tôi xác nhận")
    expect(citizen.page.locator("main")).to_contain_text("Dự thảo đã được xác nhận")


def document(officer: Hand, subject: str) -> Page:
    """From the one list of work."""
    officer.page.goto("/viec-cua-toi/")
    until(officer.page, subject)
    officer.click(subject)
    officer.page.wait_for_url("**/van-ban/**")
    return officer.page


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


def holds(page: Page, paper: str) -> None:
    """Among the citizen's papers; anybody may check it, and the portal itself finds it valid."""
    page.goto("/giay-to/")
    until(page, paper)
    with page.expect_download() as coming:
        page.locator("main a[href^='/tep/']").first.click()
    content = coming.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    page.goto("/xac-minh/tep/")
    page.locator("main input[type=file]").set_input_files(
        {"name": "ket-qua.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(re.compile("còn nguyên|hợp lệ", re.IGNORECASE))
    expect(page.locator("main")).to_contain_text("Nguyễn Văn Thành")
