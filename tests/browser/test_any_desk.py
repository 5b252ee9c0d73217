"""Handed in at one commune, decided by the next, handed out at the first: what goes between them has its receipts."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser import authentication, money, office
from tests.browser.authentication import NAME, TITLE
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person
from tests.browser.running import Running
from tests.browser.sound import Looked
from tests.browser.test_authentication import received
from tests.browser.ways import DESK, PLAIN_PHONE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
NEXT_DESK = Person(Kind.OFFICER, "bao-nhai")
THERE, HERE = "Xã Bảo Nhai", "Xã Bắc Hà"
LACKING = "Thiếu bản chụp trang 2"


def test_filed_at_one_desk_decided_by_another_commune_and_handed_out_again(visitor: Open, portal: Running) -> None:
    there, here = DESK.of(visitor, portal, NEXT_DESK), PLAIN_PHONE.of(visitor, portal, OFFICER)
    code = handed_in(there)
    taken_over(here, code)
    arrived(there, code)
    specialist, chair, clerk = (PLAIN_PHONE.of(visitor, portal, one) for one in (SPECIALIST, CHAIR, CLERK))
    office.taken(specialist.hand, code)
    office.proposed(specialist.hand)
    office.signed(chair.hand, TITLE)
    office.issued(clerk.hand, TITLE)
    handed_out(there, code)


def handed_in(there: Looked) -> str:
    """At the desk of the next commune; it is Bắc Hà that decides."""
    typing = replace(there, script=False)  # the pages of typing are looked at in test_authentication
    authentication.came(there)
    authentication.asked_for(typing)
    authentication.declared(typing)
    authentication.proven(typing)
    there.hand.type("competent-find", f"{HERE}, Tỉnh Lào Cai")
    there.hand.type("returning-find", f"{THERE}, Tỉnh Lào Cai")
    there.is_sound()
    there.hand.access_key("t")
    authentication.confirmed(typing)
    return received(typing)


def taken_over(here: Looked, code: str) -> None:
    """By the stack, with what was lacking beside it."""
    page, hand = here.page, here.hand
    page.goto("/ban-giao/")
    row = page.locator("main tbody tr", has_text=code).first
    expect(row).to_contain_text(THERE)
    here.is_sound()
    row.locator("input[type=checkbox]").check()
    row.locator("input[type=text]").fill(LACKING)
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Đã nhận 1")
    page.goto("/ban-giao/?nhom=nhan")
    expect(page.locator("main tbody tr", has_text=code).first).to_contain_text(LACKING)
    here.is_sound()


def arrived(there: Looked, code: str) -> None:
    """Whoever gave it reads who has it, on the page and on Form 06."""
    page = there.page
    page.goto("/ban-giao/?nhom=di")
    expect(page.locator("main")).not_to_contain_text(code)
    page.goto(f"/mot-cua/?q={code}")
    there.hand.key("j")
    there.hand.key("Enter")
    page.wait_for_url("**/mot-cua/ho-so/**")
    expect(page.locator("main")).to_contain_text(LACKING)
    there.is_sound()
    slip = money.words_of(page.request.get(f"{page.url}mau-06.pdf").body())
    for word in (code, "Lù Thị Hoa", "Sùng A Chứ"):
        assert word in slip, slip


def handed_out(there: Looked, code: str) -> None:
    """The result has come: received by the hand that gives it to its owner."""
    page, hand = there.page, there.hand
    page.goto("/ban-giao/")
    until(page, code)
    expect(page.locator("main tbody tr", has_text=code)).to_contain_text("kết quả")
    there.is_sound()
    page.goto(f"/mot-cua/?q={code}")
    hand.key("j")
    hand.key("Enter")
    page.wait_for_url("**/mot-cua/ho-so/**")
    hand.access_key("r")
    expect(page.locator("[name=receiver]")).to_have_value(NAME)
    hand.access_key("t")
    expect(page.locator("main")).to_contain_text("Đã trả kết quả")
    page.goto("/ban-giao/")
    expect(page.locator("main")).not_to_contain_text(code)
