"""A form whose page somebody else holds for too long: who sent it reads so, and sends it once more without typing."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from tests import databases
from tests.browser.conftest import Open
from tests.browser.people import Kind, Person
from tests.browser.running import Running
from tests.browser.ways import DESK, PLAIN_PHONE, Window

pytestmark = pytest.mark.browser
MOTHER = Person(Kind.CITIZEN, "mau")  # nobody whose lists the tests of pages look at
BORN = {"mother": "Mẹ của trẻ", "hospital": "Tại cơ sở y tế"}


@pytest.mark.parametrize("window", [PLAIN_PHONE, DESK], ids=str)
def test_what_waited_in_vain_is_sent_once_more_with_one_press(visitor: Open, portal: Running, window: Window) -> None:
    mother = window.of(visitor, portal, MOTHER)
    page = mother.page
    page.goto("/nop-ho-so/1.001193/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/nop-ho-so/ho-so/"))
    draft = page.url
    page.goto(f"{draft}trang/start/")
    for label in BORN.values():
        page.get_by_label(label, exact=True).check()
    with psycopg.connect(databases.address("superuser", portal.database)) as other:
        other.execute("select from services_draft where id = %s for update", [draft.rstrip("/").rpartition("/")[2]])
        page.locator("main form button[type=submit]").click()
        expect(page.locator("h1")).to_have_text("Nội dung này đang được cập nhật")
        mother.is_sound()
        page.locator("main form button").click()
        page.wait_for_load_state()
        expect(page.locator("h1")).to_have_text("Nội dung này đang được cập nhật")
        other.rollback()
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url(re.compile(re.escape(draft) + "(?!trang/start/)."))
    page.goto(f"{draft}trang/start/")
    for label in BORN.values():
        expect(page.get_by_label(label, exact=True)).to_be_checked()
    mother.is_sound()
