"""The registers of the sandbox, asked over real HTTP through the Protocol that `services` knows."""

import dataclasses
import time
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured

from integrations.population import mapping
from integrations.population.sandbox import PEOPLE
from integrations.registers import client
from integrations.registers.mapping import VIETNAM
from integrations.vneid.people import BY_KEY
from services.sources import (
    Away,
    Found,
    Issued,
    Newborn,
    NotFound,
    Pending,
    Query,
    Reason,
    SourceKey,
    Who,
    answer,
    personal_numbers,
)
from tests.integrations.asked import BAN, FATHER, MOTHER, NOW, SPLIT, question
from tests.integrations.sandboxed import SECRET, Sandbox

P, C, B, D = SourceKey.POPULATION, SourceKey.CIVIL_STATUS, SourceKey.BIRTH_NOTICE, SourceKey.DEATH_NOTICE
One = tuple[SourceKey, Query, Who, dict[str, str]]
EACH: list[One] = [
    (P, Query.PERSON, MOTHER, {}),
    (C, Query.MARRIAGE, MOTHER, {}),
    (B, Query.NEWBORN, MOTHER, {}),
    (D, Query.DECEASED, Who("000041000018", "Phạm Văn Toàn", date(1941, 7, 7)), {}),
    (SourceKey.BUSINESS, Query.BUSINESS, MOTHER, {"number": "0000000007"}),
    (SourceKey.ISSUED_RESULT, Query.RESULTS, MOTHER, {"codes": "KQ.G15.000032"}),
]


def found(key: SourceKey, query: Query, who: Who = MOTHER, **also: str) -> Found:
    said = answer(key, question(key, query, who, **also), now=NOW)
    assert isinstance(said, Found), said
    return said


def test_person_is_found_by_number_name_and_birth_date(registers: Sandbox) -> None:
    values = found(P, Query.PERSON).values
    assert (values["name"], values["birth_on"], values["sex"]) == ("Thào Thị Mỷ", "1999-02-14", "female")
    assert values["ethnicity"] == {"code": "08", "name": "Mông"}
    assert values["residence"]["commune_code"] == "02839"
    assert values["birth_place"]["district_code"] == "085"
    assert values["spouse"]["id_number"] == FATHER.number


@pytest.mark.parametrize(
    "wrong",
    [{"number": "000199000010"}, {"name": "Thào Thị Mi"}, {"birth_on": date(1999, 2, 15)}, {"birth_on": None},
     {"number": "00019900000"}, {"name": " "}],
)  # fmt: skip
def test_nothing_is_shown_when_one_of_the_three_does_not_fit(registers: Sandbox, wrong: dict[str, Any]) -> None:
    who = dataclasses.replace(MOTHER, **wrong)
    assert answer(P, question(P, Query.PERSON, who), now=NOW) == NotFound(P, NOW)


def test_accents_case_and_gaps_of_a_name_do_not_matter(registers: Sandbox) -> None:
    assert found(P, Query.PERSON, dataclasses.replace(MOTHER, name="thao  thi MY")).values["name"] == "Thào Thị Mỷ"


def test_only_the_fields_asked_for_come_back(registers: Sandbox) -> None:
    said = answer(P, question(P, Query.PERSON, fields=("name", "sex")), now=NOW)
    assert isinstance(said, Found)
    assert set(said.values) == {"name", "sex"}


def test_religion_and_blood_group_never_arrive(registers: Sandbox) -> None:
    assert not {"religion", "blood_group", "TonGiao", "NhomMau"} & set(found(P, Query.PERSON).values)


def test_a_known_number_cannot_be_used_for_another_question(registers: Sandbox) -> None:
    first = question(P, Query.PERSON)
    assert isinstance(answer(P, first, now=NOW), Found)
    assert isinstance(answer(P, first, now=NOW), Found), "the same question may be repeated"
    other = dataclasses.replace(first, who=FATHER)
    assert answer(P, other, now=NOW) == Away(P, Reason.REFUSED)


def test_marriage_leads_to_the_spouse(registers: Sandbox) -> None:
    said = found(C, Query.MARRIAGE)
    assert said.source_ref == "07/2021 (01/2021)"
    assert said.values["husband"]["id_number"] == FATHER.number
    assert said.values["state"] == "valid"


def test_marriage_of_two_is_found_for_these_two_only(registers: Sandbox) -> None:
    assert found(C, Query.MARRIAGE, other_number=FATHER.number).values["wife"]["name"] == MOTHER.name
    two = question(C, Query.MARRIAGE, other_number=BAN.number)
    assert answer(C, two, now=NOW) == NotFound(C, NOW)


def test_birth_and_death_entries(registers: Sandbox) -> None:
    born = found(C, Query.BIRTH, Who("000323000015", "Giàng Thị Nhi", date(2023, 9, 18))).values
    assert (born["mother"]["id_number"], born["child"]["sex"]) == (MOTHER.number, "female")
    dead = found(C, Query.DEATH, Who("000170000014", "Sùng Thị Dở", date(1970, 10, 20))).values
    assert dead["died_on"] == "2020-03-12"


def test_birth_notice_tells_of_the_child(registers: Sandbox) -> None:
    said = found(B, Query.NEWBORN)
    (child,) = said.values["children"]
    born_at = datetime.fromisoformat(child["born_at"])
    assert (child["sex"], child["weight_g"], child["order"]) == ("male", 3200, 1)
    assert (datetime.now(VIETNAM).date() - born_at.date()) == timedelta(days=5)
    assert said.source_ref == said.values["notice"] == "GCS-10085-000123"


def test_twins_come_in_their_order(registers: Sandbox) -> None:
    mother = Who("000196000023", "Cư Thị Chía", date(1996, 1, 25))
    children = found(B, Query.NEWBORN, mother).values["children"]
    assert [child["order"] for child in children] == [1, 2]
    assert children[0]["born_at"] < children[1]["born_at"]


def test_business_is_found_by_its_number(registers: Sandbox) -> None:
    said = found(SourceKey.BUSINESS, Query.BUSINESS, number="0000000007")
    assert (said.values["kind"], said.values["state"]) == ("cooperative", "active")


@pytest.mark.parametrize("number", ["", "7", "0000000008", "0000000007'--"])
def test_wrong_business_number_finds_nothing(registers: Sandbox, number: str) -> None:
    asked = question(SourceKey.BUSINESS, Query.BUSINESS, number=number)
    assert answer(SourceKey.BUSINESS, asked, now=NOW) == NotFound(SourceKey.BUSINESS, NOW)


def test_issued_results_that_still_hold(registers: Sandbox) -> None:
    sinh = Who("000090000002", "Giàng A Sình", date(1990, 7, 19))
    said = found(SourceKey.ISSUED_RESULT, Query.RESULTS, sinh, codes="KQ.G15.000038")
    assert [paper["number"] for paper in said.values["papers"]] == ["112/UBND-XNTTHN"], "the other one has expired"
    assert said.valid_until == datetime(2027, 4, 1, 23, 59, 59, 999999, tzinfo=VIETNAM)


def test_register_without_connection_is_away(registers: Sandbox, settings: Any) -> None:
    assert answer(SourceKey.LAND, question(P, Query.PERSON), now=NOW) == Away(SourceKey.LAND, Reason.NOT_CONNECTED)
    settings.REGISTERS_ADDRESS = ""
    assert answer(P, question(P, Query.PERSON), now=NOW) == Away(P, Reason.NOT_CONNECTED)


def test_address_without_encryption_is_no_adapter(registers: Sandbox, settings: Any) -> None:
    settings.REGISTERS_ADDRESS = "http://registers.example.vn"
    with pytest.raises(ImproperlyConfigured):
        answer(P, question(P, Query.PERSON), now=NOW)


def test_wrong_secret_is_refused(registers: Sandbox, settings: Any) -> None:
    settings.REGISTERS_CLIENT_SECRET = "another"
    assert answer(P, question(P, Query.PERSON), now=NOW) == Away(P, Reason.REFUSED)


# --- Faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", EACH, ids=lambda one: one[0].value)
@pytest.mark.parametrize(
    ("fault", "reason"),
    [("timeout", Reason.TIMEOUT), ("error_500", Reason.FAILED), ("garbage", Reason.GARBAGE), ("slow", Reason.TIMEOUT),
     ("refused", Reason.REFUSED), ("no_match", None)],
)  # fmt: skip
def test_every_register_fails_in_a_known_way(registers: Sandbox, one: One, fault: str, reason: Reason | None) -> None:
    key, query, who, also = one
    registers.turn(key.value, fault)
    said = answer(key, question(key, query, who, **also), now=NOW)
    assert said == (Away(key, reason) if reason else NotFound(key, NOW))


@pytest.mark.parametrize("one", EACH, ids=lambda one: one[0].value)
def test_half_a_record_is_taken_for_what_it_says(registers: Sandbox, one: One) -> None:
    key, query, who, also = one
    whole = found(key, query, who, **also).values
    registers.turn(key.value, "partial")
    half = found(key, query, who, **also).values
    assert half != whole
    assert all(value not in ("", None, [], {}) for value in half.values())


@pytest.mark.parametrize("one", EACH[:3] + EACH[4:5], ids=lambda one: one[0].value)
def test_answer_about_somebody_else_is_shown_to_nobody(registers: Sandbox, one: One) -> None:
    key, query, who, also = one
    registers.turn(key.value, "other_person")
    assert answer(key, question(key, query, who, **also), now=NOW) == Away(key, Reason.GARBAGE)


@pytest.mark.parametrize(
    "changes",
    [
        {"SoDinhDanh": FATHER.number},
        {"HoVaTen": {"Ho": "Thào", "ChuDem": "Thị", "Ten": "Mai"}},
        {"HoVaTen": None},
        {"SoDinhDanh": ""},
    ],
)
def test_number_and_name_of_the_answer_are_both_compared(changes: dict[str, Any]) -> None:
    row = next(row["CongDan"] for row in PEOPLE if row["key"] == "my")
    asked = question(P, Query.PERSON)
    assert mapping.person(row, asked)[1]["name"] == MOTHER.name
    with pytest.raises(client.GarbageError):
        mapping.person(row | changes, asked)


@pytest.mark.parametrize("fault", ["error_500", "garbage"])
def test_one_failure_is_tried_again(registers: Sandbox, fault: str) -> None:
    registers.turn("population", fault, calls=1)
    assert found(P, Query.PERSON).values["name"] == MOTHER.name


def test_time_out_is_not_waited_for_twice(registers: Sandbox) -> None:
    registers.turn("population", "timeout")
    begun = time.monotonic()
    answer(P, question(P, Query.PERSON), now=NOW)
    assert time.monotonic() - begun < 1.7


def test_register_that_keeps_failing_is_left_alone(registers: Sandbox) -> None:
    registers.turn("population", "error_500")
    for _ in range(client.Breaker.FAILURES):
        assert answer(P, question(P, Query.PERSON), now=NOW) == Away(P, Reason.FAILED)
    registers.turn("population", "")
    assert answer(P, question(P, Query.PERSON), now=NOW) == Away(P, Reason.RESTING)
    assert isinstance(answer(C, question(C, Query.MARRIAGE), now=NOW), Found), "the others are asked as before"


def test_after_the_rest_one_question_tries() -> None:
    moment = 0.0
    breaker = client.Breaker(clock=lambda: moment)
    for _ in range(breaker.FAILURES):
        breaker.check("population")
        breaker.failed("population")
    with pytest.raises(client.RestingError):
        breaker.check("population")
    moment = breaker.REST + 1
    breaker.check("population")
    with pytest.raises(client.RestingError):
        breaker.check("population")
    breaker.succeeded("population")
    breaker.check("population")


# --- Personal numbers of newborns -------------------------------------------------------------------------------------


def newborn(**changes: Any) -> Newborn:
    child = Newborn("Giàng Minh An", date(2026, 11, 19), "male", "Mông", "VNM", MOTHER, FATHER, "52/2026 (01/2026)")
    return dataclasses.replace(child, **changes)


def test_number_of_a_newborn_comes_some_seconds_later(registers: Sandbox) -> None:
    key, numbers = uuid.uuid4(), personal_numbers()
    assert numbers.look(key=key, now=NOW) == NotFound(P, NOW)
    assert numbers.request(newborn(), key=key, now=NOW) == Pending(NOW)
    assert numbers.look(key=key, now=NOW) == Pending(NOW)
    time.sleep(1.1)
    issued = numbers.look(key=key, now=NOW)
    assert isinstance(issued, Issued)
    assert issued.number.startswith("000226")
    assert numbers.request(newborn(), key=key, now=NOW) == issued, "one key, one number"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"sex": "x"}, {"mother": Who("000000000000", "Không Ai", date(1990, 1, 1))}]
)
def test_number_is_not_issued_for_an_incomplete_child(registers: Sandbox, wrong: dict[str, Any]) -> None:
    asked = personal_numbers().request(newborn(**wrong), key=uuid.uuid4(), now=NOW)
    assert asked == Away(P, Reason.REFUSED)


@pytest.mark.parametrize(("fault", "reason"), [("timeout", Reason.TIMEOUT), ("error_500", Reason.FAILED)])
def test_number_can_fail_and_be_asked_for_again(registers: Sandbox, fault: str, reason: Reason) -> None:
    key = uuid.uuid4()
    registers.turn("numbers", fault)
    assert personal_numbers().request(newborn(), key=key, now=NOW) == Away(P, reason)
    assert personal_numbers().look(key=key, now=NOW) == Away(P, reason)
    registers.turn("numbers", "")
    assert personal_numbers().request(newborn(), key=key, now=NOW) == Pending(NOW)


# --- The sandbox itself -----------------------------------------------------------------------------------------------


def test_people_of_vneid_are_people_of_the_register(registers: Sandbox) -> None:
    known = {row["CongDan"]["SoDinhDanh"] for row in PEOPLE}
    signing_in = {person.claims["SoDinhDanh"] for person in BY_KEY.values() if person.claims["LoaiTaiKhoan"] == "1"}
    assert signing_in <= known
    assert len(known) >= 30
    assert all(number.startswith("000") for number in known), "no real number begins with 000"


@pytest.mark.parametrize("key", sorted(key for key, one in BY_KEY.items() if one.claims["LoaiTaiKhoan"] == "1"))
def test_who_signs_in_is_found_save_the_one_who_does_not_fit(registers: Sandbox, key: str) -> None:
    said = BY_KEY[key].claims
    day, month, year = map(int, said["NgayThangNamSinh"].split("/"))
    who = Who(said["SoDinhDanh"], said["HoVaTen"], date(year, month, day))
    expected = NotFound if key == "mau" else Found
    assert isinstance(answer(P, question(P, Query.PERSON, who), now=NOW), expected)


def test_home_page_lists_registers_and_switches_faults(registers: Sandbox) -> None:
    browser = requests.Session()
    page = browser.get(registers.origin, timeout=10)
    assert page.text.count("<select") == 7
    assert "Thào Thị Mỷ" in page.text
    assert "<script" not in page.text
    token = browser.cookies["sandbox-csrf"]
    form = {"register": "population", "fault": "no_match", "csrfmiddlewaretoken": token}
    done = browser.post(f"{registers.origin}/su-co/chon", data=form, headers={"Referer": registers.origin}, timeout=10)
    assert done.status_code == 200
    assert answer(P, question(P, Query.PERSON), now=NOW) == NotFound(P, NOW)
    assert requests.post(f"{registers.origin}/su-co/chon", data=form, timeout=10).status_code == 403


@pytest.mark.parametrize("access", [None, ("portal", "wrong"), ("another", SECRET)])
def test_faults_and_data_are_for_who_knows_the_secret(registers: Sandbox, access: tuple[str, str] | None) -> None:
    for path in ("su-co/dat", "dan-cu/cong-dan", "ho-tich/tra-cuu", "giay-bao/chung-sinh", "kho-ca-nhan/giay-to"):
        assert requests.post(f"{registers.origin}/{path}", json={}, auth=access, timeout=10).status_code == 401


def test_question_without_a_number_of_its_own_is_refused(registers: Sandbox) -> None:
    for body in ("{", "[]", "{}"):
        answer = requests.post(
            f"{registers.origin}/dan-cu/cong-dan", data=body, auth=("portal", SECRET), timeout=10
        ).json()
        assert answer["error_code"] == 2


def test_split_commune_keeps_its_old_codes(registers: Sandbox) -> None:
    home = found(P, Query.PERSON, SPLIT).values["residence"]
    assert (home["province_code"], home["district_code"], home["commune_code"]) == ("01", "001", "00016")
