"""A form is filled in to its end in a real browser: on a phone without script, and on a desk with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def proceed(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def pick(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_label(name, exact=True).check()


@pytest.mark.parametrize(("width", "java_script"), [(360, False), (1366, True)])
def test_a_mother_whom_the_registers_know_registers_a_birth(visitor: Open, width: int, *, java_script: bool) -> None:
    page = visitor(width=width, java_script=java_script).new_page()
    page.goto("/he-thong/to-khai/1.001193/")
    page.locator("button[name=mau]").click()
    page.locator("main .govuk-task-list a").first.click()
    pick(page, "Mẹ của trẻ", "Tại cơ sở y tế")
    proceed(page)
    expect(page.locator("main dl")).to_contain_text("Cơ sở dữ liệu quốc gia về dân cư")
    page.locator("input[name='requester_residence-find']").fill("truc bach ba dinh")
    page.locator("input[name='requester_residence-detail']").fill("Số 1 phố Trúc Bạch")
    proceed(page)
    expect(page.locator("h1")).to_have_text("Thông tin của trẻ")
    page.locator("input[name=child_name]").fill("Vàng Thị Mai")
    page.locator("select[name=child_ethnic_group]").select_option("Hmông")
    proceed(page)
    page.locator("input[name='hometown-find']").fill("truc bach ba dinh")
    proceed(page)
    expect(page.locator("h1")).to_have_text("Phần khai về cha")  # all of the mother is known or was said before
    pick(page, "Có")
    proceed(page)
    page.locator("input[name='father_residence-find']").fill("truc bach ba dinh")
    page.locator("input[name='father_residence-detail']").fill("Số 1 phố Trúc Bạch")
    proceed(page)
    pick(page, "Có")
    proceed(page)
    if "married" in page.url:  # the answer opened another question
        proceed(page)
    proceed(page)
    expect(page.locator("h1")).to_have_text("Kiểm tra câu trả lời")
    expect(page.locator("main")).to_contain_text("Vàng Thị Mai")
    expect(page.locator("main")).to_contain_text("Phường Ba Đình, Thành phố Hà Nội")
    expect(page.locator("main")).to_contain_text("Tôi cam đoan")
    page.locator("main a", has_text=re.compile("Sửa|Thay đổi|Đổi")).first.click()
    proceed(page)
    expect(page.locator("h1")).to_have_text("Kiểm tra câu trả lời")


def test_somebody_finds_a_procedure_from_the_home_page_on_a_phone_without_script(visitor: Open) -> None:
    page = visitor(width=360, java_script=False).new_page()
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Thủ tục", exact=True).first.click()
    page.locator("input[name=q]").fill("lam giay khai sinh cho con")
    proceed(page)
    page.locator("main ul a").first.click()
    expect(page.locator("h1")).to_have_text("Đăng ký khai sinh")
    expect(page.locator("main")).to_contain_text("Giấy chứng sinh")
