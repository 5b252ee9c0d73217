"""A reorganisation from the pasted table to the report and its correction, with JavaScript and without.

The administrator drafts, the chair signs on a phone, and it runs.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.people import ADMINISTRATOR, PROVINCE_CHAIR
from tests.browser.running import Running, let_acts_take_effect
from tests.browser.ways import DESK, PHONE, PLAIN_DESK, PLAIN_PHONE, Window

pytestmark = pytest.mark.browser
# Two communes stay two, so that nobody else's figures change.
TABLE = "{one}\tXã {a}\tmột phần\tx\t{one}\n{one}\tXã {b}\tmột phần\n{two}\tXã {b}\ttoàn bộ\t\t{two}"
TABLES = {  # with JavaScript, and without
    True: ("77/NQ-HĐND", TABLE.format(one="04609", a="Phình Hồ", two="04606", b="Trạm Tấu")),
    False: ("78/NQ-HĐND", TABLE.format(one="04660", a="Liên Sơn", two="04672", b="Văn Chấn")),
}


@pytest.mark.parametrize(("desk", "phone"), [(DESK, PHONE), (PLAIN_DESK, PLAIN_PHONE)], ids=str)
def test_from_the_pasted_table_to_the_report_and_its_correction(
    visitor: Open, portal: Running, desk: Window, phone: Window
) -> None:
    number, table = TABLES[desk.script]
    drafter, signer = desk.of(visitor, portal, ADMINISTRATOR), phone.of(visitor, portal, PROVINCE_CHAIR)
    page, chair = drafter.page, signer.page
    page.goto("/don-vi/sap-xep/soan/")
    today = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%Y-%m-%d}"
    fields = {"legal_no": number, "legal_date": today, "effective_on": today, "title": "Về việc sắp xếp hai xã"}
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=kind]").select_option("cession")
    page.locator("main [name=rows]").fill(table)
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
    chair.goto(f"{address}bao-cao/")
    expect(chair.locator("main")).to_contain_text("mọi số liệu đều khớp")
    signer.is_sound()
    page.goto(f"{address}dinh-chinh/")
    page.locator("main [name=legal_no]").fill(f"ĐC {number}")
    page.locator("main button[name=check]").click()
    expect(page.locator("main")).to_contain_text("3 dòng ghi nhận được")
    drafter.is_sound()
    page.locator("main button[name=keep]").click()
    expect(page.locator("main")).to_contain_text("Đính chính cho")
    expect(page.get_by_role("link", name=number, exact=True)).to_be_visible()
