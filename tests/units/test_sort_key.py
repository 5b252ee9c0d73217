"""The order of Vietnamese names, and the search key; in Python and in SQL."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from units import sorting
from units.country import read
from units.kinds import UnitType, full_name
from units.sorting import ALPHABET, TONES, VOWELS, search_key, sort_key

DICTIONARY = [
    "A Lưới", "Ải", "An", "An Bình", "Ăn", "Ân Thi", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Ba Đình", "Bà Rịa", "Bảo Lộc",
    "Cẩm Giang", "Cẩm Giàng", "Dầu Tiếng", "Đa Kao", "Đà Nẵng", "Ea H'Leo", "Êm", "Hà", "Hoa Lư", "M'Drắk", "Nam Định",
    "O", "Ô", "Ơ", "Phường", "Quận 1", "Quận 3", "Quận 10", "Sơn Ha", "Sơn Hà", "Sơn Hạ", "Tu", "Tư", "Xã",
    "Y Tý", "Ý Yên",
]  # fmt: skip
LETTERS = [letter + tone for letter in ALPHABET for tone in (TONES if letter in VOWELS else ("",))]
names = st.lists(
    st.sampled_from([*LETTERS, *(each.upper() for each in LETTERS), " ", " ", "-", "'", "’", "0", "7", "12"]),
    max_size=25,
).map("".join)
words = st.text(st.sampled_from([*ALPHABET, " ", "5"]), max_size=8)


def in_sql(function: str, texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {function}(name) from unnest(%s::text[]) with ordinality as given (name, place) order by place",
            [texts],
        )
        return [row[0] for row in cursor.fetchall()]


def test_a_hand_written_dictionary_is_in_order() -> None:
    shuffled = sorted(DICTIONARY, key=lambda name: name[::-1])
    assert sorted(shuffled, key=sort_key) == DICTIONARY


def test_tones_come_in_the_order_of_the_dictionary_and_after_the_letters() -> None:
    assert sorted(["ma", "mạ", "má", "mã", "mả", "mà", "mac"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mac",
    ]  # fmt: skip


@given(words, words)
def test_without_tones_the_letters_of_the_alphabet_decide(one: str, other: str) -> None:
    rank = {letter: place for place, letter in enumerate(f" 5{ALPHABET}")}
    wanted = [rank[letter] for letter in one] < [rank[letter] for letter in other]
    assert (sort_key(one) < sort_key(other)) == wanted


@given(names)
def test_a_name_has_one_key_however_its_letters_are_composed(name: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)
    assert search_key(unicodedata.normalize("NFD", name)) == search_key(name)


@given(names, names)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (sort_key(one) == sort_key(other)) == same


@pytest.mark.django_db
@given(st.lists(names, min_size=1, max_size=30))
def test_sql_says_the_same_as_python(texts: list[str]) -> None:
    assert in_sql("vi_key", texts) == [sort_key(text) for text in texts]
    assert in_sql("vi_search_key", texts) == [search_key(text) for text in texts]


@pytest.mark.django_db
def test_sql_says_the_same_as_python_for_every_name_of_the_country() -> None:
    country = read()
    texts = sorted({place.name for place in (*country.legacy, *country.reformed)})
    assert in_sql("vi_key", texts) == [sort_key(text) for text in texts]
    assert in_sql("vi_search_key", texts) == [search_key(text) for text in texts]


@pytest.mark.django_db
def test_the_functions_of_the_database_are_those_that_the_code_prints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select proname, prosrc from pg_proc where proname in ('vi_key', 'vi_search_key')")
        for name, source in cursor.fetchall():
            printed = sorting.sort_key_sql() if name == "vi_key" else sorting.search_key_sql()
            assert source == printed.split("$sql$")[1], name
        assert cursor.rowcount == 2


@pytest.mark.django_db
def test_the_database_knows_the_labels_of_all_types() -> None:
    with connection.cursor() as cursor:
        for kind in UnitType:
            cursor.execute("select unit_search_full(%s, 'Bà Rịa')", [kind])
            assert cursor.fetchone()[0] == f" {search_key(full_name(kind, 'Bà Rịa'))}"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("M’Drắk", "mdrak"),
        ("M'Drắk", "mdrak"),
        ("Hoà Bình", "hoa binh"),
        ("Hòa Bình", "hoa binh"),
        ("Bà Rịa – Vũng  Tàu", "ba ria vung tau"),
        ("Bà Rịa-Vũng Tàu", "ba ria vung tau"),
        ("ĐẮK LẮK", "dak lak"),
        ("  ", ""),
    ],
)
def test_the_search_key_forgets_how_a_name_is_written(written: str, key: str) -> None:
    assert search_key(written) == key
