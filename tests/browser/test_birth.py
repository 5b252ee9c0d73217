"""The main job, whole: a mother files on her phone, four officers do their part, and she holds the signed extract."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import birth, office
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOTHER = Person(Kind.CITIZEN, "my")
CHILD = "Giàng A Sinh"
SUBJECT = f"Đăng ký khai sinh: {CHILD}"
MOST_CLICKS, MOST_TYPED, MOST_KEYS = 16, 4, 8


def test_a_birth_from_the_phone_to_the_signed_extract(visitor: Open) -> None:
    mother = Hand(visitor(MOTHER, width=360).new_page())
    birth.begin(mother)
    birth.declare(mother, CHILD)
    reference = birth.send(mother)
    assert mother.clicks <= MOST_CLICKS
    assert mother.typed <= MOST_TYPED
    desk, specialist = Hand(visitor(OFFICER).new_page()), Hand(visitor(SPECIALIST).new_page())
    code = office.received(desk, reference)
    assert desk.keys <= MOST_KEYS
    office.taken(specialist, code)
    office.proposed(specialist)
    until(specialist.page, "Kết quả đang chờ ký")  # the population register gave the number meanwhile
    office.signed(Hand(visitor(CHAIR, width=360).new_page()), SUBJECT)
    office.issued(Hand(visitor(CLERK).new_page()), SUBJECT)
    holds_the_extract(mother.page)


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
