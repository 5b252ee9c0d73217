"""A shop is registered: what is missing is asked for once, answered on the phone, and the clock follows the law."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import business, inspection, office
from tests.browser.birth import send, until
from tests.browser.business import PAPER, Shop
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
OWNER = Person(Kind.CITIZEN, "pao")
SHOP = Shop("Tạp hóa Páo Mỷ", "Bán lẻ lương thực", "Thào Thị Mỷ", "000199000009")
LINE = "Bán lẻ lương thực, gạo và thực phẩm khô"
SUBJECT = "Đăng ký thành lập hộ kinh doanh: Giàng A Páo"
MOST_CLICKS, MOST_TYPED, MOST_KEYS = 24, 13, 4


def sound(page: Page) -> None:
    """Nothing that a strict reviewer would find on the page as it stands."""
    page.wait_for_load_state()
    problems = inspection.structure(page, None) + inspection.accessibility(page)
    assert not problems, page.url


def test_a_shop_from_the_phone_through_one_supplement_to_the_signed_certificate(visitor: Open) -> None:
    owner, desk = Hand(visitor(OWNER, width=360).new_page()), Hand(visitor(OFFICER).new_page())
    business.begin(owner)
    business.declare(owner, SHOP)
    sound(owner.page)
    reference = send(owner)
    assert owner.clicks <= MOST_CLICKS
    assert owner.typed <= MOST_TYPED
    sound(owner.page)
    own = business.own_page(owner)
    asked(desk, reference)
    answered(owner, own)
    code = office.received(desk, reference)
    owner.page.goto(own)
    expect(owner.page.locator("main")).to_contain_text("Đã tiếp nhận")
    expect(owner.page.locator("ol.govuk-list--number").first).to_contain_text("Thời hạn: 3 ngày làm việc")
    sound(owner.page)
    decided(visitor, code)
    holds_the_certificate(owner.page, own)


def asked(desk: Hand, reference: str) -> None:
    """One request that names all that is missing: Form 02."""
    office.opened(desk, reference)
    sound(desk.page)
    dossier = desk.page.url
    desk.access_key("b")
    desk.page.wait_for_url("**/bo-sung/")
    assert desk.keys <= MOST_KEYS
    expect(desk.page.locator("main")).not_to_contain_text("Số định danh cá nhân của chủ hộ")  # a register said it
    for line in ("Bản sao văn bản ủy quyền", "Ngành, nghề 1, Tên ngành"):
        desk.tap(desk.page.locator("main summary", has_text=line))
    desk.type("reason", "Ảnh giấy ủy quyền không đọc được; tên ngành, nghề chưa đủ rõ.")
    desk.pick(f"paper-{PAPER}-problem", "không đọc rõ")
    desk.type(f"paper-{PAPER}-text", "Chụp lại văn bản ủy quyền đã chứng thực.")
    desk.type(f"paper-{PAPER}-certified", "1")
    desk.pick("answer-lines-0-line_name-problem", "sai")
    desk.type("answer-lines-0-line_name-text", "Ghi rõ bán lẻ những gì.")
    sound(desk.page)
    desk.access_key("t")
    expect(desk.page.locator("main")).to_contain_text("Đã gửi yêu cầu bổ sung")
    desk.page.goto(dossier)
    until(desk.page, "Mẫu 02")
    expect(desk.page.locator("main")).to_contain_text("Chờ bổ sung, trước khi tiếp nhận")
    sound(desk.page)


def answered(owner: Hand, own: str) -> None:
    """Before reception no time limit runs: nothing stands still, and the desk answers anew. NĐ 118/2025 Đ.17.2"""
    owner.page.goto(own)
    expect(owner.page.locator("main")).to_contain_text("Cần bổ sung 2 nội dung")
    expect(owner.page.locator("main")).to_contain_text("Khi đã đủ, bộ phận một cửa trả lời trong 8 giờ làm việc")
    sound(owner.page)
    owner.click("Bổ sung hồ sơ")
    expect(owner.page.locator("main")).to_contain_text("Cần: 1 bản sao chứng thực")
    expect(owner.page.locator("main")).to_contain_text("Ngành, nghề 1: Tên ngành, nghề")
    sound(owner.page)
    business.attach_again(owner, of=2)
    sound(owner.page)
    business.correct(owner, LINE, of=2)
    sound(owner.page)
    business.supplement(owner)
    expect(owner.page.locator("main")).to_contain_text("Bộ phận Một cửa phải trả lời trước")


def decided(visitor: Open, code: str) -> None:
    specialist, clerk = Hand(visitor(SPECIALIST).new_page()), Hand(visitor(CLERK).new_page())
    office.taken(specialist, code)
    expect(specialist.page.locator("main")).to_contain_text(LINE)
    sound(specialist.page)
    office.proposed(specialist)
    chair = Hand(visitor(CHAIR, width=360).new_page())
    office.signed(chair, SUBJECT)
    sound(chair.page)
    office.issued(clerk, SUBJECT)
    sound(clerk.page)


def holds_the_certificate(page: Page, own: str) -> None:
    page.goto(own)
    until(page, "Kết quả")
    sound(page)
    page.goto("/giay-to/")
    until(page, "Đăng ký thành lập hộ kinh doanh")
    sound(page)


def test_without_script_the_clock_stands_while_the_owner_supplements_and_then_begins_anew(visitor: Open) -> None:
    owner = Hand(visitor(OWNER, width=360, java_script=False).new_page())
    business.begin(owner)
    business.declare(owner, SHOP)
    reference = send(owner)
    own = business.own_page(owner)
    code = office.received(Hand(visitor(OFFICER).new_page()), reference)
    specialist = Hand(visitor(SPECIALIST, java_script=False).new_page())
    office.taken(specialist, code)
    specialist.click("Yêu cầu bổ sung")
    specialist.check("Bản sao văn bản ủy quyền")
    specialist.type("reason", "Ảnh giấy ủy quyền bị mờ, đề nghị chụp lại.")
    specialist.type("ground", "NĐ 118/2025 Đ.19.5")
    specialist.click("Yêu cầu bổ sung")
    owner.page.goto(own)
    expect(owner.page.locator("main")).to_contain_text("Tạm dừng")
    owner.click("Bổ sung hồ sơ")
    expect(owner.page.locator("main")).to_contain_text("thời hạn")
    business.attach_again(owner, of=1)
    business.supplement(owner)
    expect(owner.page.locator("main")).to_contain_text("tính lại")
    withdrawn(owner)


def withdrawn(owner: Hand) -> None:
    """So that nothing stays on the tables of the office."""
    owner.click("Rút hồ sơ")
    owner.type("reason", "Chuyển sang mở cửa hàng ở nơi khác.")
    owner.click("Rút hồ sơ")
    expect(owner.page.locator("main")).to_contain_text("Đã rút hồ sơ")
