"""Signing in with what a browser brings: a security key, and the electronic identity of an officer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser
BOSS = people.Person(people.Kind.OFFICER, "pho-chu-tich")


def plug_in_a_key(page: Page) -> None:
    """A virtual security key that answers every touch, as Chromium's own tests use it."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_security_key_is_set_up_and_signs_in(visitor: Open) -> None:
    page = visitor().new_page()
    page.goto("/dang-nhap/can-bo/")
    host = page.url.replace("127.0.0.1", "localhost").split("/dang-nhap")[0]  # keys are bound to names, not numbers
    plug_in_a_key(page)
    people.sign_in_officer(page, BOSS, start=f"{host}/dang-nhap/can-bo/")
    page.goto(f"{host}/tai-khoan/xac-thuc/khoa/them/")
    if "/xac-nhan/" in page.url:  # adding one needs a fresh proof
        page.locator("input[name=code]").fill(people.next_code(BOSS))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
    page.locator("#them-khoa").click()
    page.wait_for_url(lambda url: not url.endswith("/them/"))  # the key is kept; leaving before would lose it
    page.goto(f"{host}/tai-khoan/xac-thuc/khoa/")
    expect(page.locator(".govuk-summary-list__row")).to_have_count(1)
    page.locator("header form[action*='dang-xuat'] button").click()
    first_step(page, f"{host}/dang-nhap/can-bo/?next=/tai-khoan/quyen/")
    page.locator("[data-webauthn=authenticate] button[type=button], #dung-khoa").first.click()
    page.wait_for_url("**/tai-khoan/quyen/")
    expect(page.locator("h1")).to_be_visible()


def first_step(page: Page, start: str) -> None:
    from staff import demo  # models, which are there only after Django's set-up

    page.goto(start)
    page.locator("input[name=login]").fill(BOSS.name)
    page.locator("input[name=password]").fill(demo.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_an_officer_signs_in_through_vneid_without_script(visitor: Open) -> None:
    page = visitor(width=360, java_script=False).new_page()
    page.goto("/dang-nhap/can-bo/?next=/tai-khoan/quyen/")
    page.locator("form[action*='/can-bo/vneid/'] button").click()
    page.locator("button[name=person][value=chu-tich]").click()
    page.wait_for_load_state()
    assert page.url.endswith("/tai-khoan/quyen/")
    expect(page.locator("main")).to_contain_text("Chủ tịch")


def test_a_citizen_at_the_officers_door_is_told_whom_to_ask(visitor: Open) -> None:
    page = visitor(width=360).new_page()
    page.goto("/dang-nhap/can-bo/")
    page.locator("form[action*='/can-bo/vneid/'] button").click()
    page.locator("button[name=person][value=ban]").click()
    expect(page.locator("main")).to_contain_text("người quản trị hệ thống một cửa")
