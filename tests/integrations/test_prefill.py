"""From evidence to the values that forms name: each with its source, its moment, and the words that people read."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from portal.accounts.models import Citizen, User
from portal.isolation import Scope, scope
from services.gathering import deceased_wishes, first_wishes, gather
from services.models import Evidence, SubjectKind
from services.operations.evidence import Subject
from services.places import resolve_place
from services.prefill import Prefill, prefill, waiting
from services.sources import Outcome, Who
from tests.integrations.asked import BAN, FATHER, MOTHER, NOW, SPLIT
from tests.integrations.sandboxed import Sandbox
from tests.integrations.test_asking import account
from units.kinds import Level
from units.queries import bearer, version_at

ON = date(2026, 11, 24)
BAC_HA, BAO_NHAI = "02839", "02890"


@pytest.fixture(autouse=True)
def land(country: str) -> None:
    """The whole country: addresses of registers are real ones."""


def gathered(user: User, who: Who, *roles: str) -> list[Evidence]:
    subject = Subject(SubjectKind.DRAFT, uuid.uuid4(), user.pk)
    wishes = first_wishes(who, roles, procedure="1.001193")
    return gather(subject=subject, wishes=wishes, actor=user, scope=Scope(citizen=user.pk), clock=lambda: NOW)


def filled(user: User, evidence: list[Evidence], **changes: Any) -> Prefill:
    with transaction.atomic(), scope(citizen=user.pk):
        citizen = Citizen.objects.get(pk=user.pk)
        return prefill(evidence, citizen=citizen, on=ON, now=changes.get("now", NOW))


def commune(code: str) -> int:
    return bearer(code, ON, level=Level.COMMUNE).pk


def test_birth_is_filled_from_three_registers(registers: Sandbox) -> None:
    user = account(MOTHER)
    values = filled(user, gathered(user, MOTHER, "spouse", "child"))
    said = {name: values[name].value for name in values}
    assert (said["mother.name"], said["mother.id_number"]) == (MOTHER.name, MOTHER.number)
    assert (said["father.name"], said["father.id_number"]) == (FATHER.name, FATHER.number)
    assert (said["father.ethnicity"], values["father.ethnicity"].text) == ("08", "Mông")
    assert (said["child.sex"], said["child.weight_g"]) == ("male", 3200)
    assert said["child.birth_time"] == "09:40"
    assert values["child.birth_place_text"].text.startswith("Bệnh viện đa khoa khu vực Bắc Hà, ")
    assert said["mother.residence"]["unit_id"] == commune(BAC_HA)
    assert said["person.mother.name"] == "Vàng Thị Sáy", "the person's own mother is another role"
    assert said["marriage.number"] == "07/2021"


def test_father_who_files_is_the_father(registers: Sandbox) -> None:
    user = account(FATHER)
    values = filled(user, gathered(user, FATHER, "spouse", "child"))
    assert (values["mother.name"].value, values["father.name"].value) == (MOTHER.name, FATHER.name)
    assert values["child.sex"].value == "male"


def test_each_value_says_where_it_comes_from(registers: Sandbox) -> None:
    user = account(MOTHER)
    values = filled(user, gathered(user, MOTHER, "spouse", "child"))
    with translation.override("vi"):
        labels = {name: values[name].label for name in ("person.sex", "child.sex", "marriage.number")}
    assert labels == {
        "person.sex": "Khớp CSDL dân cư",
        "child.sex": "Theo giấy chứng sinh của cơ sở y tế",
        "marriage.number": "Khớp CSDL hộ tịch",
    }
    assert values["person.sex"].moment == NOW
    assert values["child.sex"].reference == "GCS-10085-000123"


def test_twins_are_two_children(registers: Sandbox) -> None:
    who = Who("000196000023", "Cư Thị Chía", date(1996, 1, 25))
    user = account(who)
    values = filled(user, gathered(user, who, "child"))
    assert (values["child.weight_g"].value, values["child2.weight_g"].value) == (2350, 2280)


def test_without_any_register_the_sign_in_remains(registers: Sandbox) -> None:
    user = account(MOTHER)
    for register in ("population", "civil_status", "birth_notice"):
        registers.turn(register, "error_500")
    values = filled(user, gathered(user, MOTHER, "spouse", "child"))
    assert {name: one.source for name, one in values.items()} == {
        "person.id_number": "vneid",
        "person.name": "vneid",
        "person.birth_on": "vneid",
    }
    assert values["person.birth_on"].text == "14/02/1999"


def test_one_register_away_leaves_the_others(registers: Sandbox) -> None:
    user = account(MOTHER)
    registers.turn("population", "timeout")
    values = filled(user, gathered(user, MOTHER, "spouse", "child"))
    assert values["child.sex"].value == "male", "her sex is unknown, so the notice is asked for all the same"
    assert values["spouse.name"].source == "civil_status"
    assert "person.residence" not in values


def test_partial_record_fills_what_it_has(registers: Sandbox) -> None:
    who = Who("000301000031", "Lục Thị Xuân", date(2001, 2, 28))
    user = account(who)
    values = filled(user, gathered(user, who))
    assert values["person.nationality"].text == "Việt Nam"
    assert not {"person.sex", "person.ethnicity", "person.residence"} & set(values)


def test_answer_that_ended_fills_nothing(registers: Sandbox) -> None:
    user = account(MOTHER)
    evidence = gathered(user, MOTHER)
    for one in evidence:
        one.expires_at = NOW + timedelta(hours=1)
    assert "person.sex" in filled(user, evidence)
    assert "person.sex" not in filled(user, evidence, now=NOW + timedelta(hours=2))


def test_nothing_is_filled_while_it_is_asked() -> None:
    asked = Evidence(outcome=Outcome.ASKED)
    assert waiting([asked])
    assert prefill([asked], citizen=None, on=ON, now=NOW) == {}


def test_deceased_is_filled_from_register_and_notice(registers: Sandbox) -> None:
    user = account(BAN)
    subject = Subject(SubjectKind.DRAFT, uuid.uuid4(), user.pk)
    wishes = deceased_wishes(Who("000041000018", "Phạm Văn Toàn", date(1941, 7, 7)), procedure="1.000656")
    evidence = gather(subject=subject, wishes=wishes, actor=user, scope=Scope(citizen=user.pk), clock=lambda: NOW)
    values = filled(user, evidence)
    assert (values["deceased.name"].source, values["deceased.cause"].source) == ("population", "death_notice")
    assert values["person.name"].value == BAN.name, "who registers is somebody else"


# --- Addresses --------------------------------------------------------------------------------------------------------


def test_old_codes_lead_to_the_commune_of_today(registers: Sandbox) -> None:
    user = account(MOTHER)
    place = filled(user, gathered(user, MOTHER))["person.birth_place"]
    assert place.value["unit_id"] == commune(BAC_HA)
    assert place.text == "Thôn Na Áng, Xã Bắc Hà, Tỉnh Lào Cai"
    assert place.value["written"] == "Thôn Na Áng, Xã Na Hối, Huyện Bắc Hà, Tỉnh Lào Cai"


def test_commune_that_was_split_is_left_to_people(registers: Sandbox) -> None:
    user = account(SPLIT)
    place = filled(user, gathered(user, SPLIT))["person.residence"]
    assert place.value["unit_id"] is None
    assert set(place.value["candidates"]) == {commune("00004"), commune("00008")}
    assert place.text == "Số 12, ngõ 34, Phường Ngọc Hà, Quận Ba Đình, Thành phố Hà Nội"


def test_foreign_address_has_no_unit(registers: Sandbox) -> None:
    who = Who("000392000006", "SATO HANAKO", date(1992, 2, 11))
    user = account(who)
    values = filled(user, gathered(user, who))
    assert values["person.origin"].text == "Sapporo, JPN"
    assert values["person.origin"].value["unit_id"] is None
    assert "person.residence" not in values
    assert values["person.current_residence"].value["unit_id"] == commune(BAC_HA)


@pytest.mark.parametrize(
    "address",
    [
        {"commune_code": BAC_HA, "district_code": "085", "province_code": "15"},
        {"commune_code": BAC_HA, "district_code": "001", "province_code": "10"},
        {"commune_code": "99999", "province_code": "15"},
        {"commune_code": BAC_HA, "province_code": "01"},
        {"commune_code": "\x00"},
        {},
    ],
)
def test_codes_that_contradict_each_other_lead_nowhere(address: dict[str, str]) -> None:
    place = resolve_place(address | {"detail": "Tổ 3"}, on=ON)
    assert (place.unit_id, place.text, place.candidates) == (None, "Tổ 3", ())


def test_same_code_means_the_unit_of_its_own_day() -> None:
    """02839 was the township; since July 2025 it is the larger commune."""
    old = resolve_place({"commune_code": BAC_HA, "district_code": "085", "province_code": "10"}, on=ON)
    new = resolve_place({"commune_code": BAC_HA, "province_code": "15"}, on=ON)
    assert old.unit_id == new.unit_id == commune(BAC_HA)
    assert (old.written, new.written) == (
        "Thị trấn Bắc Hà, Huyện Bắc Hà, Tỉnh Lào Cai",
        "Xã Bắc Hà, Tỉnh Lào Cai",
    )
    assert version_at(commune(BAO_NHAI), ON)
