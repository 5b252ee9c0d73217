"""Vietnamese order and search keys, in Python and, letter for letter the same, in SQL.

Two immutable SQL functions stand behind generated columns, so that no machine's locale and no ICU decides how a list is
ordered. Their text is printed by `sort_key_sql()` and `search_key_sql()`; a migration holds it, and a test holds the
two together.
"""

import re
import unicodedata
from functools import cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # level, huyền, hỏi, ngã, sắc, nặng
PUNCTUATION = "[\\]^_`{|}~"  # would fall among the letter ranks, which start at "A"
SEPARATOR = "\x01"
DIGITS = 6  # numbers are padded, so that Quận 3 comes before Quận 10

APOSTROPHES = "'\u2018\u2019\u02bc\u0060\u00b4"  # M'Drắk is also written with a curly one, or with none
MARKS = re.compile("[\u0300-\u036f]")
GAPS = re.compile("[^a-z0-9]+")
NUMBER = re.compile("[0-9]+")


@cache
def _letters() -> tuple[str, str, str]:
    """Every letter with every tone in dictionary order; its rank as a letter; its rank as a letter with tone."""
    toned, ranks = "", ""
    for rank, letter in enumerate(ALPHABET):
        for tone in TONES if letter in VOWELS else ("",):
            toned += unicodedata.normalize("NFC", letter + tone)
            ranks += chr(ord("A") + rank)
    return toned, ranks, "".join(chr(0x4E00 + place) for place in range(len(toned)))


@cache
def _tables() -> tuple[dict[int, int], dict[int, int]]:
    toned, ranks, places = _letters()
    return str.maketrans(toned + PUNCTUATION, ranks + "!" * len(PUNCTUATION)), str.maketrans(toned, places)


def sort_key(text: str) -> str:
    """Compares by code point as a Vietnamese dictionary does: letters first, then tones, then case."""
    whole = unicodedata.normalize("NFC", text)
    padded = NUMBER.sub(lambda number: number[0].zfill(DIGITS), whole.lower())
    letters, tones = _tables()
    return SEPARATOR.join((padded.translate(letters), padded.translate(tones), whole))


def search_key(text: str) -> str:
    """Lower case a-z and digits, words one space apart: accents, tones, apostrophes and dashes don't matter."""
    plain = MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")
    return GAPS.sub(" ", "".join(letter for letter in plain if letter not in APOSTROPHES)).strip()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def sort_key_sql() -> str:
    """The same as `sort_key`, as an SQL function."""
    toned, ranks, places = _letters()
    return (
        VI_KEY.replace("$LETTERS", _quoted(toned + PUNCTUATION))
        .replace("$RANKS", _quoted(ranks + "!" * len(PUNCTUATION)))
        .replace("$TONED", _quoted(toned))
        .replace("$PLACES", _quoted(places))
        .replace("$ZEROS", "0" * (DIGITS - 1))
    )


def search_key_sql() -> str:
    """The same as `search_key`, as an SQL function."""
    return VI_SEARCH_KEY.replace("$LETTERS", _quoted("đ" + APOSTROPHES))


VI_KEY = r"""create function vi_key(name text) returns text
language sql immutable strict parallel safe as $sql$
  select translate(padded, $LETTERS, $RANKS)
    || E'\x01' || translate(padded, $TONED, $PLACES)
    || E'\x01' || whole
  from (select whole, regexp_replace(
          regexp_replace(lower(whole collate "pg_c_utf8"), '([0-9]+)', '$ZEROS\1', 'g'),
          '0{0,5}([0-9]{6,})(?![0-9])', '\1', 'g') as padded
        from (select normalize(name, NFC) as whole) as given) as prepared
$sql$"""

VI_SEARCH_KEY = r"""create function vi_search_key(name text) returns text
language sql immutable strict parallel safe as $sql$
  select btrim(regexp_replace(
    translate(regexp_replace(normalize(lower(name collate "pg_c_utf8"), NFD), '[\u0300-\u036f]', '', 'g'),
              $LETTERS, 'd'),
    '[^a-z0-9]+', ' ', 'g'))
$sql$"""
