"""The commune needs longer, apologises and names another day; then it has to stop, and the fee goes back."""

import pytest
from playwright.sync_api import expect

from tests.browser import copies, money, office
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.people import CHAIR, OFFICER, REVIEWER, SPECIALIST, Kind, Person
from tests.browser.running import Running
from tests.browser.sound import Looked
from tests.browser.ways import PLAIN_DESK

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
WIDOW, NAME = Person(Kind.CITIZEN, "lan"), "Đặng Thị Lan"
WHY = "Sổ gốc năm 1945 đang được phục chế ở tỉnh."
STOPPED = "Sổ gốc không có việc khai sinh này."


def test_a_later_day_with_an_apology_then_a_stop_with_the_fee_given_back(visitor: Open, portal: Running) -> None:
    citizen, desk, specialist, chair = (
        PLAIN_DESK.of(visitor, portal, person) for person in (WIDOW, OFFICER, SPECIALIST, CHAIR)
    )
    reference = copies.file(citizen.hand, copies=2)
    citizen.hand.click("Xem hồ sơ đang ở bước nào")
    own = citizen.page.url
    money.at_desk(desk, reference)
    desk.hand.access_key("t")
    expect(desk.page.locator("main")).to_contain_text("Đã nộp: 16.000")
    code = office.received_by_mouse(desk.hand, reference)
    office.taken(specialist.hand, code)
    proposed(specialist)
    apologised(chair, code)
    reads(citizen, own)
    stopped(specialist, code)
    told(citizen, own, code)
    head = PLAIN_DESK.of(visitor, portal, REVIEWER)
    money.refund(head, code)
    head.hand.click("Duyệt hoàn trả (T)")
    expect(head.page.locator("main")).to_contain_text("Đã duyệt hoàn trả.")


def proposed(specialist: Looked) -> None:
    """Day and ground are prepared; the officer says why."""
    specialist.hand.click("Đề nghị gia hạn")
    specialist.hand.type("reason", WHY)
    specialist.is_sound()
    specialist.hand.click("Đề nghị gia hạn")
    expect(specialist.page.locator("main")).to_contain_text("Ngày hẹn cũ vẫn giữ")
    specialist.is_sound()


def apologised(chair: Looked, code: str) -> None:
    """Another than who proposed it sets the day, with the letter before the eyes."""
    page = chair.page
    page.goto("/tre-han/")
    until(page, code)
    chair.hand.click(code)
    expect(page.locator("main")).to_contain_text(WHY)
    chair.is_sound()
    assert NAME in money.paper(page, "Xem Mẫu 04 như sẽ được ký (PDF)")
    chair.hand.access_key("t")
    expect(page.locator("main")).not_to_contain_text("Xin lỗi và hẹn lại ngày (T)")
    chair.is_sound()


def reads(citizen: Looked, own: str) -> None:
    page = citizen.page
    page.goto(own)
    until(page, "Mẫu 04 (PDF)")
    for word in ("xin lỗi", WHY):
        expect(page.locator("main")).to_contain_text(word)
    citizen.is_sound()
    assert WHY in money.paper(page, "Văn bản xin lỗi, Mẫu 04 (PDF)")


def stopped(specialist: Looked, code: str) -> None:
    specialist.page.goto("/xu-ly/?cua=toi")
    until(specialist.page, code)
    specialist.hand.click(code)
    expect(specialist.page.locator("main")).not_to_contain_text("Đề nghị gia hạn")  # once only
    specialist.hand.click("Dừng giải quyết")
    specialist.hand.choose("why", "registered")
    specialist.hand.type("reason", STOPPED)
    specialist.is_sound()
    specialist.hand.click("Dừng giải quyết")
    expect(specialist.page.locator("main")).to_contain_text("Đã dừng giải quyết hồ sơ này.")


def told(citizen: Looked, own: str, code: str) -> None:
    """By Form 05: why, and that the fee goes back."""
    page = citizen.page
    page.goto(own)
    until(page, "đang lập", gone=True)
    expect(page.locator("main")).to_contain_text(STOPPED)
    expect(page.locator("main")).not_to_contain_text("chưa ký")  # the organ sealed every paper
    expect(page.locator("main")).not_to_contain_text("Nay hẹn lại")  # nothing is promised any more
    citizen.is_sound()
    paper = money.paper(page, "Mẫu 05")
    for word in (code, STOPPED):
        assert word in paper
