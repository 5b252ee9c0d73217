"""A day at the desk: numbers are called, one person files twice, the power fails, and the register shows it all."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import authentication, money
from tests.browser.conftest import Open
from tests.browser.people import ADMINISTRATOR, OFFICER, Kind, Person
from tests.browser.running import Running
from tests.browser.sound import Looked
from tests.browser.test_authentication import received
from tests.browser.ways import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
NEXT_DESK = Person(Kind.OFFICER, "bao-nhai")  # whose hours can be changed: nothing else here is counted by them
COUNTER, KEYS_TO_CALL = "2", 1
SUNDAY = 6
REASON, FOLDER, UNUSED = "Cắt điện theo kế hoạch", "Cặp mất điện, tờ 1", "Không dùng đến"


def test_numbers_are_drawn_called_and_served_by_one_key(visitor: Open, portal: Running) -> None:
    desk, board = DESK.of(visitor, portal, NEXT_DESK), DESK.of(visitor, portal)
    kiosk, hall = sat_down(desk)
    open_all_day(visitor(ADMINISTRATOR).new_page(), hall)
    phone = PHONE.of(visitor, portal)
    if datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).weekday() == SUNDAY:
        refused(phone, kiosk)
        return
    first, preferred = drawn(phone, kiosk), drawn(PHONE.of(visitor, portal), kiosk, priority=True)
    called(desk, preferred)
    shown(board, hall, preferred)
    desk.hand.access_key("v")
    expect(desk.page.locator("main")).to_contain_text("Quầy đã trống.")
    called(desk, first)
    phone.page.reload()
    expect(phone.page.locator("main")).to_contain_text(f"Mời ông/bà đến quầy {COUNTER}.")
    desk.hand.access_key("l")
    expect(desk.page.locator("main")).to_contain_text(f"Đã gọi lại số {first}")
    desk.is_sound()
    desk.hand.access_key("x")
    shown(board, hall, preferred, missed=True)


def sat_down(desk: Looked) -> tuple[str, str]:
    """At a counter; the addresses of the machine at the door and of the board."""
    page = desk.page
    page.goto("/mot-cua/goi-so/")
    desk.hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    desk.is_sound(refused=True)
    desk.hand.type("quay", COUNTER)
    desk.hand.access_key("t")
    page.wait_for_url("**quay=2**")
    desk.is_sound()
    kiosk, board = (page.locator(f"main a[href^='/{start}/']").get_attribute("href") for start in LINKS)
    assert kiosk
    assert board
    return kiosk, board


LINKS = ("lay-so", "bang-goi-so")


def open_all_day(page: Page, board: str) -> None:
    """So that numbers can be drawn at whatever hour this test runs."""
    unit = board.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/lich-lam-viec/don-vi/{unit}/gio/")
    hours = {"morning": ("00:00", "12:00"), "afternoon": ("12:00", "23:59"), "saturday": ("00:00", "23:59")}
    for name, (opens, closes) in hours.items():
        page.locator(f"main [name={name}_opens]").fill(opens)
        page.locator(f"main [name={name}_closes]").fill(closes)
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    page.locator("main [name=first]").fill(f"{today:%Y-%m-%d}")
    page.locator("main [name=source]").fill("Quyết định 12/QĐ-UBND")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.get_by_role("button", name="Ghi vào lịch", exact=True).click()
    page.wait_for_url(lambda url: "/gio/" not in url)


def refused(phone: Looked, kiosk: str) -> None:
    phone.page.goto(kiosk)
    phone.hand.choose("errand", "file")
    phone.hand.click("Lấy số thứ tự")
    expect(phone.page.locator(".govuk-error-summary")).to_be_visible()


def drawn(phone: Looked, kiosk: str, *, priority: bool = False) -> str:
    """At the machine; what brings the person has to be said. The number."""
    page, hand = phone.page, phone.hand
    page.goto(kiosk)
    if priority:
        hand.check("Ưu tiên")
    hand.click("Lấy số thứ tự")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    phone.is_sound(refused=True)
    hand.choose("errand", "file")
    hand.click("Lấy số thứ tự")
    page.wait_for_url("**/so-thu-tu/**")
    page.goto(f"{page.url}?dung=1")  # it stands still
    phone.is_sound()
    return page.locator("h1 strong").inner_text()


def called(desk: Looked, number: str) -> None:
    keys = desk.hand.keys
    desk.hand.access_key("g")
    expect(desk.page.locator("main")).to_contain_text(f"Đã gọi số {number}")
    assert desk.hand.keys - keys == KEYS_TO_CALL


def shown(board: Looked, hall: str, number: str, *, missed: bool = False) -> None:
    """Numbers and counters, and nobody's name."""
    board.page.goto(f"{hall}?dung=1")
    main = board.page.locator("main")
    expect(main.locator("table", has_text=number)).to_have_count(0 if missed else 1)
    expect(main).to_contain_text(number)
    board.is_sound()


def test_one_visit_files_twice_the_second_under_a_code_from_paper(visitor: Open, portal: Running) -> None:
    desk = DESK.of(visitor, portal, OFFICER)
    block, codes = set_aside(desk)
    typing = replace(desk, script=False)  # the pages of typing are looked at in test_authentication
    visit = authentication.came(desk)
    authentication.chosen(typing)
    first = received(typing)
    desk.page.goto(visit)
    expect(desk.page.locator("main")).to_contain_text("Trong lượt này")
    desk.is_sound()
    authentication.chosen(typing)
    on_paper(desk, codes[0])
    reconciled(desk, block, codes)
    registered(desk, first, codes[0])


def set_aside(desk: Looked) -> tuple[str, list[str]]:
    """Two codes for today, on a sheet to be printed; the address of the block."""
    page, hand = desk.page, desk.hand
    page.goto("/mot-cua/mat-mang/")
    hand.type("count", "2")
    hand.type("reason", REASON)
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Mời in tờ mã ngay khi còn điện.")
    block = page.url
    desk.is_sound()
    hand.click("Tờ để in")
    codes = page.locator("main tbody th").all_inner_texts()
    assert len(codes) == 2
    desk.is_sound()
    return block, codes


def on_paper(desk: Looked, code: str) -> None:
    page, hand = desk.page, desk.hand
    hand.click("Hồ sơ đã nhận trên giấy khi mất mạng")
    page.wait_for_url("**/so-giay/")
    hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    desk.is_sound(refused=True)
    hand.pick("number", code)
    hand.type("at", "0:01")
    hand.type("proof", FOLDER)
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text(code)


def reconciled(desk: Looked, block: str, codes: list[str]) -> None:
    """Each code is used or void, and none can be given again."""
    page, hand = desk.page, desk.hand
    page.goto(block)
    expect(page.locator("main tbody tr", has_text=codes[0])).to_contain_text("Hồ sơ")
    hand.click(f"Hủy mã {codes[1]}")
    hand.type("reason", UNUSED)
    desk.is_sound()
    hand.click("Hủy mã")
    expect(page.locator("main")).to_contain_text("Chưa đối chiếu: 0. Đã dùng: 1. Đã hủy: 1.")
    desk.is_sound()


def registered(desk: Looked, *codes: str) -> None:
    """Once each, on the page, in the PDF and in the sheet."""
    page = desk.page
    page.goto("/mot-cua/so-theo-doi/")
    for code in codes:
        expect(page.locator("main tbody tr", has_text=code)).to_have_count(1)
    desk.is_sound()
    paper = money.paper(page, re.compile(r"^Mẫu 07"))
    answer = page.request.get(page.locator("main a", has_text="XLSX").get_attribute("href") or "")
    rows = [
        [str(cell) for cell in row] for row in load_workbook(BytesIO(answer.body())).active.iter_rows(values_only=True)
    ]
    for code in codes:
        assert paper.count(code) == 1
        assert sum(code in row for row in rows) == 1
