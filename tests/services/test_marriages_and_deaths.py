"""Marriages and deaths to their result: entered in their register, drafted from the answers, confirmed like births."""

from typing import Any

import pytest
from django.utils import timezone

from documents.layouts.samples import sample
from documents.models import Document, RegisterEntry
from documents.registers.states import EntryState
from documents.states import DocumentState
from services.models import Confirmation, Dossier
from services.operations import citizen as deeds
from services.operations.confirming import GO_ON, confirm_draft
from services.operations.proposing import propose_result
from services.outcomes.kinds import rules
from services.states import Stage
from services.views.result_words import sections
from tests.cast import Cast
from tests.services.build import Office
from tests.services.own import citizen
from tests.services.working import first_signer, real, work_off


def wedding(home: int) -> dict[str, Any]:
    told: dict[str, Any] = {"filer_side": "female"}
    for side, name, born, number in (
        ("groom", "Giàng A Páo", "1998", "000098000011"),
        ("bride", "Vàng Thị Dở", "2004-03-12", "000304000012"),
    ):
        told |= {
            f"{side}_name": name,
            f"{side}_birth_day": born,
            f"{side}_personal_number": number,
            f"{side}_ethnic_group": "Hmông",
            f"{side}_nationality": "Việt Nam",
            f"{side}_residence": {"unit": home, "detail": "Thôn Na Áng"},
            f"{side}_marriage_times": 1,
        }
    return told


def passing(home: int) -> dict[str, Any]:
    return {
        "relation": "child",
        "deceased_name": "Giàng Seo Chứ",
        "deceased_birth_day": "1941",
        "deceased_sex": "male",
        "deceased_ethnic_group": "Hmông",
        "deceased_nationality": "Việt Nam",
        "deceased_personal_number": "000041000013",
        "deceased_residence": {"unit": home, "detail": "Thôn Na Áng"},
        "death_day": "2026-11-21",
        "death_time": "04:20",
        "death_place": "Trạm Y tế xã An",
        "death_place_unit": {"unit": home},
        "has_notice": "notice",
    }


ANSWERS = {"1.000894": wedding, "1.000656": passing}
LAYOUTS = {"1.000894": "marriage-certificate", "1.000656": "death-extract"}
SERIES = {"1.000894": "marriages", "1.000656": "deaths"}
BOTH = sorted(ANSWERS)


def office_of(people: Cast, code: str) -> Office:
    return Office(people, real(code), timezone.now())


def proposed(office: Office, code: str, **more: Any) -> Dossier:
    dossier = office.processing(answers=ANSWERS[code](office.people.home) | more.pop("answers", {}), **more)
    return propose_result(
        item=office.open_step(dossier),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )


@pytest.mark.parametrize("code", BOTH)
def test_entered_once_and_before_its_signer(people: Cast, code: str) -> None:
    office = office_of(people, code)
    dossier = proposed(office, code)
    entry = RegisterEntry.objects.get(book__series=SERIES[code])
    document = Document.objects.get(origin_id=str(dossier.pk))
    assert (document.state, document.layout_code) == (DocumentState.CHECKED, LAYOUTS[code])
    assert document.content["registered"]["number"] == entry.text
    assert document.owner_number == dossier.owner_number
    assert entry.file_code == dossier.code
    assert dossier.stage == Stage.AWAITING_SIGNATURE


def test_a_marriage_names_both(people: Cast) -> None:
    office = office_of(people, "1.000894")
    proposed(office, "1.000894")
    content = Document.objects.get().content
    assert (content["wife"]["name"], content["husband"]["name"]) == ("Vàng Thị Dở", "Giàng A Páo")
    assert (content["wife"]["born"], content["husband"]["born"]) == ("12/03/2004", "1998")
    assert RegisterEntry.objects.get(book__series="marriages").subject == "Đăng ký kết hôn: Giàng A Páo và Vàng Thị Dở"


def test_a_death_says_when_and_leaves_an_unknown_cause_out(people: Cast) -> None:
    office = office_of(people, "1.000656")
    proposed(office, "1.000656")
    content = Document.objects.get().content
    assert content["death"]["died_at"] == "04:20, 21/11/2026"
    assert "cause" not in content["death"]
    assert RegisterEntry.objects.get(book__series="deaths").subject == "Đăng ký khai tử: Giàng Seo Chứ"


def test_registers_of_one_organ_give_the_same_number_side_by_side(people: Cast) -> None:
    made = [office_of(people, code) for code in BOTH]
    for office, code in zip(made, BOTH, strict=True):
        proposed(office, code)
    year = made[0].now.year
    told = RegisterEntry.objects.order_by("id")
    assert [entry.text for entry in told] == [f"01/{year}-KT", f"01/{year}-KH"]


def test_an_hour_that_nobody_knows_is_left_out(people: Cast) -> None:
    office = office_of(people, "1.000656")
    proposed(office, "1.000656", answers={"death_time": None})
    assert Document.objects.get().content["death"]["died_at"] == "21/11/2026"


@pytest.mark.parametrize("code", BOTH)
def test_filed_online_it_is_confirmed_first(people: Cast, code: str) -> None:
    office, filer = office_of(people, code), citizen()
    dossier = proposed(office, code, filer=filer, channel="online", assisted_by=None, level=2)
    assert dossier.stage == Stage.AWAITING_CITIZEN
    assert not RegisterEntry.objects.exists()
    confirm_draft(dossier=dossier, actor=filer, now=office.tick())
    work_off(office.tick(), GO_ON)
    assert office.again(dossier).stage == Stage.AWAITING_SIGNATURE
    assert Confirmation.objects.get().state == "confirmed"


@pytest.mark.parametrize("code", BOTH)
def test_the_entry_is_struck_out_with_the_dossier(people: Cast, code: str) -> None:
    office = office_of(people, code)
    dossier = proposed(office, code)
    desk = people.desk_officer.user
    deeds.withdraw(dossier=dossier, reason="Nộp nhầm", actor=desk, now=office.tick())
    assert RegisterEntry.objects.get(book__series=SERIES[code]).state == EntryState.VOIDED


@pytest.mark.parametrize("layout", sorted({rule.layout for rule in rules() if rule.confirmed_online}))
def test_every_datum_of_a_layout_that_is_confirmed_has_its_name(layout: str) -> None:
    by_others = {"organ", "trial", "place", "registered", "signature", "verify_at"}
    content = {name: value for name, value in sample(layout).items() if name not in by_others}
    told = [row["value"] for section in sections(content) for row in section["rows"]]
    assert len(told) >= 8
    assert all(told)
