"""One filing for birth, residence and health card: three dossiers, other organs are asked, results come one by one."""

import pytest
from playwright.sync_api import expect

from tests.browser import birth, office
from tests.browser.birth import onward, until
from tests.browser.business import photo
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person
from tests.browser.running import Running
from tests.browser.sound import Looked
from tests.browser.ways import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOTHER, CHILD = Person(Kind.CITIZEN, "my"), "Giàng A Lềnh"
PROCEDURE = "2.000986"
DOCUMENT = f"Đăng ký khai sinh: {CHILD}"
QUESTION = "Đề nghị cho biết cháu đã được đăng ký khai sinh ở nơi khác chưa."
PARTS = ("Đăng ký khai sinh", "Đăng ký thường trú", "bảo hiểm y tế")


def test_one_filing_three_dossiers_and_the_first_result_while_the_others_run(visitor: Open, portal: Running) -> None:
    mother, desk, specialist, chair = (
        window.of(visitor, portal, person)
        for window, person in ((PHONE, MOTHER), (DESK, OFFICER), (DESK, SPECIALIST), (DESK, CHAIR))
    )
    birth.begin(mother.hand, PROCEDURE)
    declared(mother.hand)
    mother.is_sound()
    reference = birth.send(mother.hand)
    mother.hand.click("Xem hồ sơ đang ở bước nào")
    own = mother.page.url
    whole = office.received(desk.hand, reference)
    part = opened(mother, own)
    asked(specialist, part)
    answered(chair, specialist, part)
    decided(visitor, portal, mother, specialist, part)
    partly_there(mother, own)
    seen_whole(desk, whole)


def declared(hand: Hand) -> None:
    """Of herself, her husband and the birth the registers know all; where the child will live is her own."""
    birth.tell_of_the_mother(hand)
    birth.tell_of_the_child(hand, CHILD)
    onward(hand)
    hand.choose("declares_father", "yes")
    onward(hand)
    hand.type("household_head", "Giàng A Páo")
    hand.choose("household_other", "no")
    onward(hand)
    hand.type("insurance_facility", "Trạm y tế xã Bắc Hà")
    onward(hand)
    onward(hand)  # who decides follows from where the mother lives
    expect(hand.page.locator("h1")).to_have_text("Kiểm tra câu trả lời")


def opened(mother: Looked, own: str) -> str:
    """Her page of the whole names its three parts; the code of the birth."""
    page = mother.page
    page.goto(own)
    until(page, PARTS[2])
    for part in PARTS:
        expect(page.locator("main")).to_contain_text(part)
    mother.is_sound()
    row = page.locator("main li", has_text=PARTS[0]).filter(has=page.locator("strong.govuk-tag")).first
    return row.locator(".app-break").inner_text().strip()


def asked(specialist: Looked, code: str) -> None:
    """Two organs at once: the work waits for both; one answers, and the other is not needed any more."""
    page, hand = specialist.page, specialist.hand
    office.taken(hand, code)
    step = page.url
    hand.click("Hỏi ý kiến cơ quan khác")
    hand.type("tim", "bao nhai")
    page.locator("main form[role=search] button").click()
    hand.check("Xã Bảo Nhai")
    hand.check("Xã Bắc Hà")
    hand.type("question", QUESTION)
    specialist.is_sound()
    hand.access_key("t")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Chỉ nhờ chính đơn vị mình khi cần xác minh")
    specialist.is_sound(refused=True)
    hand.choose("kind", "verification")
    hand.access_key("t")
    page.wait_for_url(step)
    expect(page.locator("main")).not_to_contain_text("Trình kết quả")
    specialist.is_sound()


def answered(chair: Looked, specialist: Looked, code: str) -> None:
    """One answers with its minutes; the other is needed no more, and the work goes on."""
    chair.page.goto("/y-kien/")
    until(chair.page, code)
    chair.hand.tap(chair.page.locator("main tbody tr", has_text=code).get_by_role("link").first)
    chair.is_sound()
    chair.hand.access_key("t")
    chair.page.wait_for_url("**/tra-loi/")
    chair.hand.choose("opinion", "agrees")
    chair.hand.type("text", "Cháu chưa được đăng ký khai sinh ở xã.")
    chair.hand.access_key("t")
    expect(chair.page.locator(".govuk-error-summary")).to_contain_text("biên bản")
    chair.is_sound(refused=True)
    chair.page.locator("main input[type=file]").set_input_files(photo("bien-ban.jpg"))
    chair.hand.access_key("t")
    expect(chair.page.locator("main")).to_contain_text("Đã gửi trả lời")
    page, hand = specialist.page, specialist.hand
    page.reload()
    expect(page.locator("main")).to_contain_text("chưa được đăng ký khai sinh")
    hand.tap(page.locator("main a", has_text="Xã Bảo Nhai"))
    hand.click("Thu hồi câu hỏi")
    hand.type("reason", "Xã Bắc Hà đã xác minh xong.")
    specialist.is_sound()
    page.locator("main form[method=post] button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Đã thu hồi câu hỏi.")


def decided(visitor: Open, portal: Running, mother: Looked, specialist: Looked, code: str) -> None:
    specialist.page.goto("/xu-ly/?cua=toi")
    until(specialist.page, code)
    specialist.hand.click(code)
    office.proposed(specialist.hand)
    until(specialist.page, "Công dân đang xem dự thảo")
    office.confirmed(mother.hand, f"{code}: Đăng ký khai sinh", CHILD)
    until(specialist.page, "Kết quả đang chờ ký")
    office.signed(DESK.of(visitor, portal, CHAIR).hand, DOCUMENT)
    office.issued(DESK.of(visitor, portal, CLERK).hand, DOCUMENT)


def partly_there(mother: Looked, own: str) -> None:
    """The extract is hers; residence and card are still on their way, under the same due moment."""
    page = mother.page
    page.goto(own)
    until(page, "đã trả kết quả")
    expect(page.locator("main h2#phan-viec + p + ul > li")).to_have_count(3)
    mother.is_sound()
    page.goto("/giay-to/")
    until(page, "Trích lục khai sinh")


def seen_whole(desk: Looked, code: str) -> None:
    desk.page.goto(f"/mot-cua/?q={code}")
    desk.hand.tap(desk.page.locator("main tbody a", has_text=code))
    for part in PARTS:
        expect(desk.page.locator("main")).to_contain_text(part)
    desk.is_sound()
