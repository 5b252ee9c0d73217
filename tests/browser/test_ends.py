"""Two ends before the clock ran: a citizen withdraws on the phone without script, and a desk refuses by keyboard."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser import marital
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, OFFICER, Kind, Person
from tests.browser.running import Running
from tests.browser.sound import OFFICERS, Looked, looked

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
WIDOW, NAME = Person(Kind.CITIZEN, "lan"), "Đặng Thị Lan"
WHY = "Ngân hàng không cần giấy này nữa."
REFUSED = "Trùng với một hồ sơ đang được giải quyết"
WORDS = "Bà đang có một hồ sơ cùng nội dung ở bộ phận một cửa."
ANSWER = "Trang hướng dẫn đã ghi rõ giấy tờ mà ngân hàng cần."
MOST_KEYS = 7


def test_a_citizen_withdraws_on_the_phone_without_script_and_the_desk_sees_it(visitor: Open, portal: Running) -> None:
    citizen = Hand(visitor(WIDOW, width=360, java_script=False).new_page())
    reference = marital.file(citizen, status="widowed")
    citizen.click("Xem hồ sơ đang ở bước nào")
    own = citizen.page.url
    withdrawn(citizen)
    desk_sees_it(looked(visitor(OFFICER), portal, least=OFFICERS), reference)
    phone = looked(visitor(WIDOW, width=360), portal)
    ended(phone, own)
    answered(looked(visitor(CHAIR), portal, least=OFFICERS), reference)
    phone.page.goto(own)
    expect(phone.page.locator("main")).to_contain_text(ANSWER)
    phone.is_sound()


def withdrawn(citizen: Hand) -> None:
    """A reason is asked for; until it is there nothing happens."""
    citizen.click("Rút hồ sơ")
    expect(citizen.page.locator("main")).to_contain_text("Việc này không thể hoàn lại")
    citizen.click("Rút hồ sơ")
    expect(citizen.page.locator(".govuk-error-summary")).to_contain_text("Ghi lý do")
    citizen.type("reason", WHY)
    citizen.click("Rút hồ sơ")
    expect(citizen.page.locator("main")).to_contain_text("Đã rút hồ sơ")
    for offered in ("Sửa nội dung đã khai", "Gửi tin nhắn"):
        expect(citizen.page.locator("main")).not_to_contain_text(offered)


def desk_sees_it(desk: Looked, reference: str) -> None:
    """Nobody waits for it any more; by its number it is found, with the reason."""
    page, row = desk.page, desk.page.locator("main tbody tr", has_text=reference)
    page.goto("/mot-cua/")
    expect(row).to_have_count(0)
    page.goto(f"/mot-cua/?q={reference}")
    expect(row).to_contain_text("Đã rút")
    desk.hand.key("j")
    desk.hand.key("Enter")
    page.wait_for_url("**/mot-cua/ho-so/**")
    expect(page.locator("main")).to_contain_text(WHY)
    expect(page.locator("main")).not_to_contain_text("Lưu và sang bước tiếp nhận")
    desk.is_sound()


def ended(citizen: Looked, own: str) -> None:
    """What is over is not done twice; how it ended may be rated."""
    page = citizen.page
    page.goto(own)
    expect(page.locator("main")).to_contain_text(WHY)
    citizen.is_sound()
    answer = page.goto(f"{own}rut/")
    assert answer is not None
    assert answer.status == 409
    expect(page.locator("h1")).to_have_text("Không rút được hồ sơ này nữa")
    citizen.is_sound()
    page.goto(own)
    citizen.hand.click("Đánh giá việc giải quyết")
    citizen.hand.check("Không hài lòng")
    citizen.hand.click("Gửi đánh giá")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    citizen.is_sound(refused=True)
    citizen.hand.type("text", "Trang hướng dẫn nên nói rõ ngân hàng cần giấy gì.")
    citizen.hand.click("Gửi đánh giá")
    expect(page.locator("main")).to_contain_text("Cảm ơn ông/bà")


def answered(head: Looked, reference: str) -> None:
    """A low rating is a task of the head, in the one list of work too."""
    page = head.page
    page.goto("/viec-cua-toi/")
    until(page, "Đánh giá thấp")
    page.goto("/mot-cua/danh-gia/")
    head.hand.tap(page.locator("main tbody a").last)  # the soonest due stand first
    expect(page.locator("h1")).to_contain_text(reference)
    head.is_sound()
    head.hand.type("text", ANSWER)
    head.hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Đã gửi trả lời")


def test_a_desk_refuses_by_keyboard_and_the_citizen_reads_why(visitor: Open, portal: Running) -> None:
    citizen = looked(visitor(WIDOW, width=360), portal)
    reference = marital.file(citizen.hand, status="widowed")
    citizen.hand.click("Xem hồ sơ đang ở bước nào")
    own = citizen.page.url
    refused(looked(visitor(OFFICER), portal, least=OFFICERS), reference)
    reads_why(citizen, own, reference)


def refused(desk: Looked, reference: str) -> None:
    """From the queue to the next dossier: reason, words for the citizen, done. The law is cited without typing it."""
    page, hand = desk.page, desk.hand
    page.goto(f"/mot-cua/?q={reference}")
    hand.key("j")
    hand.key("Enter")
    page.wait_for_url("**/mot-cua/ho-so/**")
    dossier = page.url
    hand.access_key("x")
    page.wait_for_url("**/tu-choi/")
    expect(page.locator("[name=why]").first).to_be_focused()
    hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    hand.keys -= 1  # nobody forgets it every time
    desk.is_sound(refused=True)
    page.goto(page.url)
    expect(page.locator("[name=why]").first).to_be_focused()
    hand.key("ArrowUp")
    hand.key("ArrowUp")
    expect(page.get_by_label(REFUSED)).to_be_checked()
    hand.key("Tab")
    hand.write(WORDS)
    desk.is_sound()
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Hồ sơ không được tiếp nhận")
    assert hand.keys <= MOST_KEYS
    page.goto(dossier)
    until(page, "đã đóng dấu")
    desk.is_sound()


def reads_why(citizen: Looked, own: str, reference: str) -> None:
    """On the page and in Form 03, in the same words, with the law and whom to ask."""
    page = citizen.page
    page.goto(own)
    until(page, "đã đóng dấu")
    for word in ("Không tiếp nhận", REFUSED, WORDS, "NĐ 118/2025 Đ.17.1c"):
        expect(page.locator("main")).to_contain_text(word)
    citizen.is_sound()
    link = page.locator("main a", has_text="Mẫu 03")
    answer = page.request.get(link.get_attribute("href") or "")
    paper = "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(answer.body()))
    for word in (reference, NAME, REFUSED, "1022"):
        assert word in " ".join(paper.split())
    page.goto("/ho-so-cua-toi/?phan=da-ket-thuc")
    expect(page.locator("main")).to_contain_text(reference)
    citizen.is_sound()
