"""A bride files for both on her phone, confirms the draft, and holds the signed certificate."""

import pytest

from tests.browser import birth, office
from tests.browser.birth import onward, until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
BRIDE = Person(Kind.CITIZEN, "may")
HER, HIM = "Lý Tả Mẩy", "Tráng A Hùng"
DOCUMENT = f"Đăng ký kết hôn: {HIM}"
MOST_CLICKS, MOST_TYPED = 16, 13  # of him no register tells her anything


def test_a_marriage_from_the_phone_to_the_signed_certificate(visitor: Open) -> None:
    bride = Hand(visitor(BRIDE, width=360).new_page())
    birth.begin(bride, "1.000894")
    declared(bride)
    reference = birth.send(bride)
    assert bride.clicks <= MOST_CLICKS
    assert bride.typed <= MOST_TYPED
    code = office.received(Hand(visitor(OFFICER).new_page()), reference)
    specialist = Hand(visitor(SPECIALIST).new_page())
    office.taken(specialist, code)
    office.proposed(specialist)
    until(specialist.page, "Công dân đang xem dự thảo")
    office.confirmed(bride, f"{code}: Đăng ký kết hôn", HER, HIM, "09/09/1999")
    until(specialist.page, "Kết quả đang chờ ký")
    office.signed(Hand(visitor(CHAIR, width=360).new_page()), DOCUMENT)
    office.issued(Hand(visitor(CLERK).new_page()), DOCUMENT)
    office.holds(bride.page, "Giấy chứng nhận kết hôn")


def declared(bride: Hand) -> None:
    """Of herself the registers know all; of him she types it."""
    bride.click("Ông/bà là bên nào?")
    bride.choose("filer_side", "female")
    onward(bride)
    bride.type("groom_name", HIM)
    bride.date("groom_birth_day", "09", "09", "1999")
    bride.type("groom_personal_number", "000099000030")
    bride.pick("groom_ethnic_group", "Hmông")
    bride.type("groom_nationality", "Việt Nam")
    bride.type("groom_residence-find", "bac ha lao cai")
    bride.type("groom_residence-detail", "Tổ 5")
    onward(bride)
    bride.type("groom_marriage_times", "1")
    onward(bride)
    bride.type("bride_marriage_times", "1")
    onward(bride)
    bride.type("contact_phone", "0912000322")
    onward(bride)
    bride.type("copies", "0")
    onward(bride)
    onward(bride)  # where it is decided, and how the result comes
