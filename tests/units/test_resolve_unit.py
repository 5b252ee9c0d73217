"""`resolve_unit`: a code of one day, seen on another, as JSON lines."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("whole_country")


def resolve(code: str, borne_on: str = "2025-06-30", on: str = "2026-11-22", **options: str) -> list[dict[str, str]]:
    out = io.StringIO()
    given = {"code": code, "borne-on": borne_on, "on": on} | options
    call_command("resolve_unit", *(f"--{name}={value}" for name, value in given.items()), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_unit_that_went_whole_into_another_is_one_line() -> None:
    assert resolve("00004") == [{"code": "00004", "name": "Ba Đình", "type": "phuong", "parent": "01", "kind": "whole"}]


def test_a_split_unit_is_a_line_per_part() -> None:
    found = resolve("27022")
    assert [(each["code"], each["kind"]) for each in found] == [("27022", "part"), ("27031", "part"), ("27019", "part")]


def test_a_unit_that_lives_is_itself_under_its_name_of_the_day() -> None:
    (xa,) = resolve("26368", "2025-07-01", "2026-04-29")
    (ward,) = resolve("26368", "2025-07-01", "2026-04-30")
    assert (xa["type"], ward["type"], ward["parent"], ward["kind"]) == ("xa", "phuong", "75", "whole")


def test_a_province_has_the_country_above_it_which_has_no_code() -> None:
    assert resolve("24", on="2026-11-22") == [
        {"code": "24", "name": "Bắc Ninh", "type": "thanh_pho_truc_thuoc_trung_uong", "parent": "", "kind": "whole"}
    ]


def test_a_district_without_successor_is_no_line_but_a_sentence_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("resolve_unit", "--code=001", "--borne-on=2025-06-30", "--on=2026-11-22")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "The unit that bore 001 on 2025-06-30 has no successor on 2026-11-22" in printed.err


def test_a_unit_with_successors_says_nothing_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("resolve_unit", "--code=00004", "--borne-on=2025-06-30", "--on=2026-11-22")
    assert capsys.readouterr().err == ""


def test_an_island_district_became_a_special_zone() -> None:
    assert resolve("755")[0]["type"] == "dac_khu"


def test_on_an_earlier_day_it_prints_what_went_into_the_unit() -> None:
    found = resolve("00004", borne_on="2026-11-22", on="2025-06-30")
    assert {"code": "00004", "name": "Trúc Bạch", "type": "phuong", "parent": "001", "kind": "whole"} in found
    assert len(found) == 10


def test_an_electronic_identifier_is_asked_for_by_its_scheme() -> None:
    assert resolve("H38", scheme="axis")[0]["name"] == "Lào Cai"
    with pytest.raises(CommandError):
        resolve("H38")


@pytest.mark.parametrize(
    ("code", "borne_on", "on", "says"),
    [
        ("99999", "2025-06-30", "2026-11-22", "No unit bore the code 99999"),
        ("00001", "2025-07-01", "2026-11-22", "No unit bore the code 00001"),
        ("00004", "2025-06-29", "2026-11-22", "begin on 2025-06-30"),
        ("00004", "2025-06-30", "2001-01-01", "begin on 2025-06-30"),
        ("00004", "gestern", "2026-11-22", "no day"),
    ],
)
def test_what_has_no_answer_is_an_error_that_says_why(code: str, borne_on: str, on: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        resolve(code, borne_on, on)


def test_the_level_must_fit_the_code() -> None:
    assert resolve("00004", level="commune")
    with pytest.raises(CommandError):
        resolve("00004", level="province")
