"""The main job, whole: a mother files on her phone, four officers do their part, and she holds the signed extract."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import birth
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CLERK, OFFICER, Kind, Person, prove_if_asked

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOTHER, SPECIALIST, CHAIR = (
    Person(Kind.CITIZEN, "my"),
    Person(Kind.OFFICER, "ho-tich"),
    Person(Kind.OFFICER, "chu-tich"),
)
CHILD = "Giàng A Sinh"
MOST_CLICKS, MOST_TYPED, MOST_KEYS = 16, 4, 8


def test_a_birth_from_the_phone_to_the_signed_extract(visitor: Open) -> None:
    mother = Hand(visitor(MOTHER, width=360).new_page())
    birth.begin(mother)
    birth.declare(mother, CHILD)
    reference = birth.send(mother)
    assert mother.clicks <= MOST_CLICKS
    assert mother.typed <= MOST_TYPED
    code = received(Hand(visitor(OFFICER).new_page()), reference)
    specialist = visitor(SPECIALIST).new_page()
    proposed(Hand(specialist), code)
    confirmed(mother, code)
    until(specialist, "Kết quả đang chờ ký")  # the population register gave the number meanwhile
    signed(Hand(visitor(CHAIR, width=360).new_page()))
    issued(Hand(visitor(CLERK).new_page()))
    holds_the_extract(mother.page)


def received(desk: Hand, reference: str) -> str:
    """By keyboard alone, from the queue to the next dossier; the code that it got."""
    desk.page.goto(f"/mot-cua/?q={reference}")
    desk.key("j")
    desk.key("Enter")
    desk.page.wait_for_url("**/mot-cua/ho-so/**")
    desk.access_key("t")
    expect(desk.page.locator("h1")).to_contain_text("Tiếp nhận hồ sơ")
    desk.access_key("t")
    told = desk.page.locator("main .govuk-notification-banner, main .moj-banner, main [role=alert]").first
    expect(told).to_contain_text("Đã tiếp nhận với mã")
    assert desk.keys <= MOST_KEYS
    found = re.search(r"H\d+\.\d+-\d{6}-\d{4}", told.inner_text())
    assert found
    return found[0]


def proposed(specialist: Hand, code: str) -> None:
    specialist.page.goto("/xu-ly/")
    specialist.click(code)
    specialist.click("Nhận xử lý")
    specialist.click("Trình kết quả")
    specialist.page.wait_for_url("**/ket-qua/")
    specialist.check("Nguyễn Văn Thành")
    specialist.click("Trình kết quả")
    until(specialist.page, "Công dân đang xem dự thảo")


def confirmed(mother: Hand, code: str) -> None:
    """She is asked on her phone, reads every line, and goes on with her day."""
    mother.page.goto("/viec-cua-toi/")
    mother.click(f"{code}: Đăng ký khai sinh")
    until(mother.page, "Đọc dự thảo")
    mother.click("Đọc dự thảo")
    expect(mother.page.locator("main")).to_contain_text(CHILD)
    mother.click("Đúng, tôi xác nhận")
    expect(mother.page.locator("main")).to_contain_text("Dự thảo đã được xác nhận")


def signed(chair: Hand) -> None:
    chair.page.goto("/viec-cua-toi/")
    chair.click(f"Đăng ký khai sinh: {CHILD}")
    chair.page.wait_for_url("**/van-ban/**")
    chair.click("Ký")
    prove_if_asked(chair.page, CHAIR, "/chu-ky/")
    chair.click("Ký")
    until(chair.page, "Đã ký")


def issued(clerk: Hand) -> None:
    clerk.page.goto("/viec-cua-toi/")
    clerk.click(f"Đăng ký khai sinh: {CHILD}")
    clerk.page.wait_for_url("**/van-ban/**")
    until(clerk.page, "Cấp số, đóng dấu và phát hành")
    clerk.click("Cấp số, đóng dấu và phát hành")
    prove_if_asked(clerk.page, CLERK, "/cap-so-dong-dau/")
    clerk.click("Cấp số, đóng dấu và phát hành")
    until(clerk.page, "Đã ban hành")


def holds_the_extract(page: Page) -> None:
    """Among her papers; anybody may check it, and the portal itself finds it valid."""
    page.goto("/giay-to/")
    until(page, "Trích lục khai sinh")
    with page.expect_download() as coming:
        page.locator("main a[href^='/tep/']").first.click()
    content = coming.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    page.goto("/xac-minh/tep/")
    page.locator("main input[type=file]").set_input_files(
        {"name": "trich-luc.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(re.compile("còn nguyên|hợp lệ", re.IGNORECASE))
    expect(page.locator("main")).to_contain_text("Nguyễn Văn Thành")
