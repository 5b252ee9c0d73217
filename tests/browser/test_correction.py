"""A birth extract is wrong: the mother reports it on her phone, the chair revokes it, and she gets the right one."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import birth, inspection, office
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.office import TOUCH
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOTHER = Person(Kind.CITIZEN, "my")
CHILD = "Giàng A Páo"
DOCUMENT = f"Đăng ký khai sinh: {CHILD}"
WRONG = "Họ của bố viết sai: Giàng, không phải Giầng"


def test_a_wrong_result_is_revoked_and_issued_anew(visitor: Open) -> None:
    mother, specialist = Hand(visitor(MOTHER, width=360).new_page()), Hand(visitor(SPECIALIST).new_page())
    chair, clerk = Hand(visitor(CHAIR, width=360).new_page()), Hand(visitor(CLERK).new_page())
    birth.begin(mother)
    birth.declare(mother, CHILD)
    code = office.received(Hand(visitor(OFFICER).new_page()), birth.send(mother))
    title = f"{code}: Đăng ký khai sinh"
    office.taken(specialist, code)
    worked_off(specialist, mother, title, text="")
    office.signed(chair, DOCUMENT)
    office.issued(clerk, DOCUMENT)
    old = verification_page(mother.page)

    reported(mother, code)
    begun(chair, code)
    specialist.page.goto("/xu-ly/?cua=toi")
    until(specialist.page, code)
    specialist.click(code)
    expect(specialist.page.locator("main")).to_contain_text(WRONG)
    worked_off(specialist, mother, title, text="Đã đính chính")
    office.signed(chair, DOCUMENT)
    office.issued(clerk, DOCUMENT)

    mother.page.goto(old)
    main = mother.page.locator("main")
    expect(main).to_contain_text("Đã thu hồi")
    expect(main).to_contain_text(WRONG)
    mother.tap(main.locator("dl a[href*='/xac-minh/']").first)
    expect(mother.page.locator("main")).to_contain_text("Đang có hiệu lực")


def worked_off(specialist: Hand, mother: Hand, title: str, *, text: str) -> None:
    office.proposed(specialist, text=text)
    until(specialist.page, "Công dân đang xem dự thảo")
    office.confirmed(mother, title, CHILD)
    until(specialist.page, "Kết quả đang chờ ký")


def verification_page(page: Page) -> str:
    page.goto("/giay-to/")
    until(page, "Trích lục khai sinh")
    return str(page.locator("main a[href*='/xac-minh/']").first.get_attribute("href"))


def reported(mother: Hand, code: str) -> None:
    page = mother.page
    page.goto(f"/ho-so-cua-toi/?q={code}")
    mother.click("Đăng ký khai sinh")
    until(page, "Báo sai sót trong kết quả")
    mother.click("Báo sai sót trong kết quả")
    sound(page)
    mother.type("wrong", WRONG)
    mother.click("Báo sai sót")
    expect(page.locator("main")).to_contain_text("Kết quả có báo sai sót")
    sound(page)


def begun(chair: Hand, code: str) -> None:
    chair.page.goto("/tre-han/")
    until(chair.page, code)
    chair.click(code)
    expect(chair.page.locator("main")).to_contain_text(WRONG)
    assert not [*inspection.accessibility(chair.page), *inspection.reflow(chair.page)]
    chair.click("Thu hồi và đính chính (T)")
    expect(chair.page.locator("main")).to_contain_text("Kết quả đã thu hồi")


def sound(page: Page) -> None:
    assert not [*inspection.accessibility(page), *inspection.small_targets(page, TOUCH), *inspection.reflow(page)]
