"""The main job, whole: a mother files on her phone, four officers do their part, and she holds the signed extract."""

import pytest

from tests.browser import birth, office
from tests.browser.birth import until
from tests.browser.conftest import Open
from tests.browser.hand import Hand
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at_work")]
MOTHER, CHILD = Person(Kind.CITIZEN, "my"), "Giàng A Sinh"
OTHER_MOTHER, TWIN = Person(Kind.CITIZEN, "chia"), "Sùng Thị Dợ"
MOST_CLICKS, MOST_TYPED, MOST_KEYS = 16, 4, 8


def test_a_birth_from_the_phone_to_the_signed_extract(visitor: Open) -> None:
    mother = Hand(visitor(MOTHER, width=360).new_page())
    birth.begin(mother)
    birth.declare(mother, CHILD)
    reference = birth.send(mother)
    assert mother.clicks <= MOST_CLICKS
    assert mother.typed <= MOST_TYPED
    desk = Hand(visitor(OFFICER).new_page())
    code = office.received(desk, reference)
    assert desk.keys <= MOST_KEYS
    through_the_office(visitor, mother, code, CHILD)


def test_a_birth_from_the_phone_to_the_signed_extract_without_script_at_any_desk(visitor: Open) -> None:
    mother = Hand(visitor(OTHER_MOTHER, width=360, java_script=False).new_page())
    birth.begin(mother)
    birth.declare(mother, TWIN)
    reference = birth.send(mother)
    assert mother.clicks <= MOST_CLICKS
    assert mother.typed <= MOST_TYPED
    desk = Hand(visitor(OFFICER, java_script=False).new_page())
    code = office.received_by_mouse(desk, reference)
    through_the_office(visitor, mother, code, TWIN, java_script=False)


def through_the_office(visitor: Open, mother: Hand, code: str, child: str, *, java_script: bool = True) -> None:
    document = f"Đăng ký khai sinh: {child}"
    specialist = Hand(visitor(SPECIALIST, java_script=java_script).new_page())
    office.taken(specialist, code)
    office.proposed(specialist)
    until(specialist.page, "Công dân đang xem dự thảo")
    office.confirmed(mother, f"{code}: Đăng ký khai sinh", child, inspected=java_script)
    until(specialist.page, "Kết quả đang chờ ký")  # the population register gave the number meanwhile
    office.signed(Hand(visitor(CHAIR, width=360, java_script=java_script).new_page()), document)
    office.issued(Hand(visitor(CLERK, java_script=java_script).new_page()), document)
    office.holds(mother.page, "Trích lục khai sinh")
