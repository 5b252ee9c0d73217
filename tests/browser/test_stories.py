"""Whole stories, as people live them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_totp_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B, cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [people.totp(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_somebody_finds_the_commune_of_today_on_a_phone_without_script(visitor: Open) -> None:
    page = visitor(width=360, java_script=False).new_page()
    page.goto("/")
    page.get_by_role("link", name=re.compile("xã tôi", re.IGNORECASE)).first.click()
    box = page.locator("main input[type=search], main input[type=text]").first
    box.fill("Trúc Bạch")
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("Ba Đình")


def test_a_citizen_signs_in_through_vneid_and_out_again(visitor: Open) -> None:
    page = visitor(width=360).new_page()
    people.sign_in_citizen(page, people.CITIZEN)
    page.goto("/tai-khoan/phien/")
    expect(page.locator("h1")).to_be_visible()
    page.locator("header form[action*='dang-xuat'] button").click()
    page.goto("/tai-khoan/phien/")
    assert "/dang-nhap/" in page.url


def test_an_officer_signs_in_with_password_and_code(visitor: Open) -> None:
    page = visitor().new_page()
    people.sign_in_officer(page, people.CLERK, start="/dang-nhap/can-bo/?next=/viec-cua-toi/")
    assert page.url.endswith("/viec-cua-toi/")
    expect(page.locator("h1")).to_be_visible()


def test_a_wrong_password_is_refused_and_says_what_to_do(visitor: Open) -> None:
    page = visitor(width=360).new_page()
    page.goto("/dang-nhap/can-bo/")
    page.locator("input[name=login]").fill("khong-co-nguoi-nay")
    page.locator("input[name=password]").fill("không đúng mật khẩu")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Lỗi:")


def test_a_form_sent_after_the_session_ended_is_explained(visitor: Open) -> None:
    context = visitor(people.OFFICER)
    page = context.new_page()
    page.goto("/tai-khoan/mat-khau/")
    context.clear_cookies()
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("() => performance.getEntriesByType('navigation')[0].responseStatus") in {200, 403}
    expect(page.locator("main")).to_contain_text(re.compile("đăng nhập|phiên", re.IGNORECASE))


def test_the_language_switch_keeps_the_page(visitor: Open) -> None:
    page = visitor(width=360, java_script=False).new_page()
    page.goto("/tro-giup/")
    page.locator("a[hreflang=en]").first.click()
    assert page.url.endswith("/en/tro-giup/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a[hreflang=vi]").first.click()
    assert page.url.endswith("/tro-giup/")
    assert page.locator("html").get_attribute("lang") == "vi"
