"""How registers write names, days and moments; true for all inputs."""

import json
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.registers import client, mapping
from integrations.registers.mapping import VIETNAM

WORDS = st.text(max_size=60)
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạầấẩẫậằắẳẵặèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ "
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Nguyễn Thị Mẫu", "NGUYENTHIMAU"),
        ("Đỗ Hoài Nam", "DOHOAINAM"),
        ("  đặng   thị  lan ", "DANGTHILAN"),
        ("SATO HANAKO", "SATOHANAKO"),
        ("H'Hen Niê", "HHENNIE"),
        ("", ""),
    ],
)
def test_names_are_compared_without_accents_and_gaps(name: str, plain: str) -> None:
    assert mapping.plain_name(name) == plain


@given(WORDS)
def test_plain_name_is_letters_only_and_stays_itself(name: str) -> None:
    plain = mapping.plain_name(name)
    assert set(plain) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert mapping.plain_name(plain) == plain


@given(VIETNAMESE)
def test_case_gaps_and_way_of_writing_accents_do_not_matter(name: str) -> None:
    plain = mapping.plain_name(name)
    for other in (name.upper(), name.title(), f" {name}  ", unicodedata.normalize("NFD", name)):
        assert mapping.plain_name(other) == plain


@given(VIETNAMESE)
def test_every_letter_of_a_vietnamese_name_counts(name: str) -> None:
    assert len(mapping.plain_name(name)) == len(name.replace(" ", ""))


@given(st.dates())
def test_day_comes_back_as_it_was_written(day: date) -> None:
    assert mapping.day(f"{day.year:04d}{day.month:02d}{day.day:02d}") == day


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001  bounds of naive ones
def test_moment_is_24_hours_in_vietnam(moment: datetime) -> None:
    expected = moment.replace(microsecond=0, tzinfo=VIETNAM)
    assert mapping.moment(moment.strftime("%Y%m%d%H%M%S")) == expected


@given(
    st.one_of(WORDS, st.integers(), st.none(), st.lists(WORDS), st.from_regex(r"[0-9]{8}([0-9]{6})?", fullmatch=True))
)
def test_nonsense_never_raises(value: object) -> None:
    assert mapping.day(value) is None or isinstance(mapping.day(value), date)
    assert mapping.moment(value) is None or isinstance(mapping.moment(value), datetime)
    assert mapping.number(value) == "" or len(mapping.number(value)) == 12
    assert len(mapping.text(value)) <= mapping.LONGEST


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS, lambda some: st.lists(some) | st.dictionaries(WORDS, some)
)


@given(JSON)
def test_any_document_is_an_answer_or_an_error_that_is_known(value: object) -> None:
    try:
        document = client._document("address", json.dumps(value).encode())
    except client.RegisterError:
        return
    assert document["error_code"] == 0


@given(JSON)
def test_addresses_and_relatives_hold_only_what_was_said(value: object) -> None:
    for said in (mapping.address(value), mapping.relative(value)):
        assert all(part not in ("", None, {}, []) for part in said.values())
