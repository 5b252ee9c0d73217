"""A reorganisation from the pasted table to the report: the administrator drafts, the chair signs, and it runs."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.people import ADMINISTRATOR, PROVINCE_CHAIR
from tests.browser.running import Running, let_acts_take_effect
from tests.browser.ways import DESK

pytestmark = pytest.mark.browser
NUMBER = "77/NQ-HĐND"
# Two communes stay two, so that nobody else's figures change.
TABLE = "04609\tXã Phình Hồ\tmột phần\tx\t04609\n04609\tXã Trạm Tấu\tmột phần\n04606\tXã Trạm Tấu\ttoàn bộ\t\t04606"


def test_from_the_pasted_table_to_the_report(visitor: Open, portal: Running) -> None:
    drafter, signer = DESK.of(visitor, portal, ADMINISTRATOR), DESK.of(visitor, portal, PROVINCE_CHAIR)
    page, chair = drafter.page, signer.page
    page.goto("/don-vi/sap-xep/soan/")
    today = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d}"
    fields = {"legal_no": NUMBER, "legal_date": today, "effective_on": today, "title": "Về việc sắp xếp hai xã"}
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=kind]").select_option("cession")
    page.locator("main [name=rows]").fill(TABLE)
    resolution = {"name": "nq.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator("main [name=file]").set_input_files(resolution)
    page.locator("main button[name=check]").click()
    expect(page.locator("main")).to_contain_text("3 dòng ghi nhận được")
    drafter.is_sound()
    page.locator("main button[name=keep]").click()
    page.wait_for_url(re.compile(r"/sap-xep/\d+/$"))
    address = page.url
    page.locator("form[action$='/chay-thu/'] button").click()
    expect(page.locator("main svg.app-chart--lines")).to_be_visible()
    drafter.is_sound()
    chair.goto(address)
    chair.locator("form[action$='/ky/'] button").click()
    chair.locator("form[action$='/dat-lich/'] button").click()
    expect(chair.locator("main")).to_contain_text("Đã đến ngày")
    signer.is_sound()
    let_acts_take_effect(portal)
    page.goto(f"{address}bao-cao/")
    expect(page.locator("main")).to_contain_text("mọi số liệu đều khớp")
    drafter.is_sound()
