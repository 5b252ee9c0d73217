"""A citizen chooses how she is told, reads what she was told, and a letter reaches her over SMTP, with its way out."""

import os
import re

import psycopg
import pytest
import requests
from playwright.sync_api import Page, expect
from psycopg.conninfo import make_conninfo

from portal.notifications.links import stop_address
from tests.browser.conftest import Open
from tests.browser.people import MOTHER
from tests.browser.running import Running, work_off

pytestmark = pytest.mark.browser


def ask(portal: Running, question: str) -> str:
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=portal.database)
    with psycopg.connect(address) as connection:
        connection.execute("select set_config('mc.purpose', 'notification', false)")
        found = connection.execute(question.encode()).fetchone()
    assert found
    return str(found[0])


@pytest.mark.parametrize("width", [360, 1366])
def test_she_chooses_without_javascript(visitor: Open, portal: Running, width: int) -> None:
    page = visitor(MOTHER, width=width, java_script=False).new_page()
    page.goto("/tai-khoan/thong-bao/")
    page.locator("input[name=channels][value=email]").check()
    page.locator("input[name=email]").fill("")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Nhập địa chỉ thư")
    agree(page)
    confirm(page, portal)
    expect(page.locator("input[name=email]")).to_have_value("mau@example.vn")


def confirm(page: Page, portal: Running) -> None:
    """Where she gave an address that is not confirmed yet, the page after saving asks for a code."""
    if "/xac-nhan/" not in page.url:
        return
    page.get_by_role("button", name=re.compile("^Gửi mã tới")).click()
    work_off(portal)
    arrived = requests.get(f"{portal.sandbox}/tin-da-den/", timeout=10).text
    code = re.findall(r"mau@example\.vn.*?Mã của ông/bà là (\d{6})", arrived, re.DOTALL)[0]
    page.locator("input[name=code]").fill("000000" if code != "000000" else "000001")
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("không phải mã")
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    expect(page.locator("body")).to_contain_text("Địa chỉ này đã được xác nhận")


def agree(page: Page) -> None:
    """To be asked how it was, by e-mail too."""
    page.locator("input[name=email]").fill("mau@example.vn")
    page.locator("input[name=kinds][value=invitations]").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("body")).to_contain_text("Đã lưu lựa chọn")


def test_the_way_out_of_a_letter_needs_no_sign_in(visitor: Open, portal: Running) -> None:
    page = visitor(MOTHER, width=360).new_page()
    page.goto("/tai-khoan/thong-bao/")
    agree(page)
    user = ask(portal, "select user_id from notifications_notificationpreference order by updated_at desc limit 1")
    path = "/" + stop_address(f"{user}:invitations").split("/", 3)[3]
    stranger = visitor(width=360).new_page()
    stranger.goto(path)
    expect(stranger.locator("h1")).to_have_text("Thôi nhận loại này?")
    stranger.get_by_role("button", name="Thôi gửi cho tôi").click()
    expect(stranger.locator("h1")).to_have_text("Ông/bà sẽ không nhận loại này nữa")
    page.reload()
    expect(page.locator("input[name=kinds][value=invitations]")).not_to_be_checked()


def test_what_happened_in_the_demo_reached_the_sandbox(portal: Running) -> None:
    work_off(portal)
    page = requests.get(f"{portal.sandbox}/tin-da-den/", timeout=10).text
    assert re.search(r"<h1>Tin đã đến</h1>", page)
    assert ask(portal, "select count(*) from notifications_notification where reason = 'bad_address'") != "0"
