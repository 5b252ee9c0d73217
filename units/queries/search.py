"""Finding units by any name they bore, with or without accents. Namesakes are all listed and never chosen from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from units.kinds import Level, full_name
from units.queries.errors import BadText
from units.queries.succession import Successor, sources, successors_of_many
from units.queries.tree import require_data
from units.queries.unmarked import find_unmarked
from units.sorting import search_key

TEXT_LIMIT = 100  # characters
PAGE_LIMIT = 200  # rows
PARTS = 4  # Tổ 3, Phường Trúc Bạch, Quận Ba Đình, Hà Nội

SHORT = {
    "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran", "dk": "dac khu",
    "p": "phuong", "q": "quan", "h": "huyen", "x": "xa", "t": "tinh",
}  # fmt: skip
UNSURE = ("h", "t", "x")  # letters that may as well begin a name
GLUED = re.compile(r"^(tp|tx|tt|p|q|h|x)\s*\.\s*|^([pq])(?=[0-9])", re.IGNORECASE)
NICKNAMES = {"hcm": "ho chi minh", "tphcm": "ho chi minh", "tp hcm": "ho chi minh", "thanh pho hcm": "ho chi minh"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the unit bore, where it lay then, and from when until when (the first day without it)."""

    full_name: str
    type: str
    place: str
    first: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """`now`: what the unit is on the day asked about: itself, its successors, or nothing. `position`: hand it in as
    `after`."""

    unit_id: int
    level: str
    code: str
    names: list[Name]
    lives: bool
    now: list[Successor]
    position: tuple[int, str, int]

    @property
    def full_name(self) -> str:
        """The last name it bore."""
        return self.names[-1].full_name

    @property
    def place(self) -> str:
        return self.names[-1].place


def _checked(text: str, limit: int = TEXT_LIMIT) -> str:
    if len(text) > limit or not search_key(text):
        raise BadText(len(text), limit)
    # What cannot be printed, NUL and lone surrogates among it, cannot be sent to PostgreSQL either.
    return unicodedata.normalize("NFC", "".join(letter if letter.isprintable() else " " for letter in text))


def _key(part: str) -> str:
    """Search key of one part of an address, its abbreviations written out."""
    opened = GLUED.sub(lambda match: f"{SHORT[(match[1] or match[2]).lower()]} ", part.strip())
    words = search_key(opened).split()
    if len(words) > 1 and words[0] in SHORT and words[0] not in UNSURE:
        words[0] = SHORT[words[0]]
    key = " ".join(words)
    return NICKNAMES.get(key, key)


def _words(text: str) -> list[str]:
    """The words of a text without commas, abbreviations and nicknames written out wherever they stand."""
    key = " ".join(_key(word) for word in text.split())
    words = [SHORT[word] if word in SHORT and word not in UNSURE else word for word in key.split()]
    return " ".join(words).split()


# One row per unit: its best rank over all names borne by the day. 0 as typed, 1 the whole name or the code, 2 its
# beginning, 3 a word. Each further part of an address has to be found among the units above, as they were at the time
# of the name.
HITS = """
with hit as (
  select version.unit_id, version.sort_key, version.path, version.valid,
         case when lower(version.name) = %(typed)s then 0
              when version.search_name = %(key)s or version.search_full = ' ' || %(key)s then 1
              when version.search_name like %(key)s || '%%' or version.search_full like ' ' || %(key)s || '%%' then 2
              else 3 end as rank
    from units_unit_version version
   where version.search_full like '%% ' || %(key)s || '%%' and lower(version.valid) <= %(on)s
  union all
  select version.unit_id, version.sort_key, version.path, version.valid, 1
    from units_unit_code code
    join units_unit_version version on version.unit_id = code.unit_id and version.valid && code.valid
   where code.code = %(code)s and lower(version.valid) <= %(on)s
), best as (
  select distinct on (hit.unit_id) hit.unit_id, hit.rank, hit.sort_key
    from hit join units_unit unit on unit.id = hit.unit_id
   where unit.level <> 'country' {filters}
   order by hit.unit_id, hit.rank, hit.sort_key
)
select best.rank, best.sort_key, best.unit_id from best {after}
 order by best.rank, best.sort_key, best.unit_id limit %(limit)s"""
IN_PLACE = """ and exists (select from units_unit_version above
   where above.path @> hit.path and above.unit_id <> hit.unit_id and above.valid && hit.valid
     and above.search_full like '%% ' || %(part{n})s || '%%')"""


def search(
    text: str,
    *,
    on: date,
    level: Level | str | None = None,
    parent: int | None = None,
    limit: int = 50,
    after: tuple[int, str, int] | None = None,
) -> list[Found]:
    """Units that bore a name like this by the day, the nearest first; commas may add where they lay ("Trúc Bạch, Ba
    Đình"). Where no name is like it, the words may be a name and its places in a row ("truc bach ba dinh").

    A code finds its bearers too. `parent` keeps what lies or lay under that unit or under one that went into it.
    `after` is the `position` of the last row of the page before. Raises `BadText` for nothing to search for, or more
    than 100 characters.
    """
    require_data(on)
    parts = [part for part in _checked(text).split(",") if search_key(part)][:PARTS]
    key = _key(parts[0])
    values: dict[str, Any] = {
        "key": key,
        "typed": parts[0].strip().lower(),
        "code": parts[0].strip().upper(),
        "on": on,
        "limit": max(1, min(limit, PAGE_LIMIT)),
    }
    places = narrowed = ""
    for number, part in enumerate(parts[1:]):
        values[f"part{number}"] = _key(part)
        places += IN_PLACE.format(n=number)
    if level is not None:
        values["level"] = str(level)
        narrowed += " and unit.level = %(level)s"
    if parent is not None:
        values["under"] = f"*.{'|'.join(str(unit_id) for unit_id in sources(parent))}.*{{1,}}"
        narrowed += " and {row}.path ~ %(under)s::lquery"
    filters = places + narrowed.format(row="hit")
    positions = _hits(filters, values, after)
    words = _words(parts[0]) if len(parts) == 1 else []
    if not positions and len(words) > 1 and not (after and _hits(filters, {**values, "limit": 1}, None)):
        found = find_unmarked(words, narrowed.format(row="version"), values)
        positions = [position for position in found if after is None or position > after][: int(str(values["limit"]))]
    return described(positions, on)


def _hits(filters: str, values: dict[str, Any], after: tuple[int, str, int] | None) -> list[tuple[int, str, int]]:
    begin = ""
    if after is not None:
        values = {**values, "rank": after[0], "sort_key": after[1], "unit_id": after[2]}
        begin = "where (best.rank, best.sort_key, best.unit_id) > (%(rank)s, %(sort_key)s, %(unit_id)s)"
    with connection.cursor() as cursor:
        cursor.execute(HITS.format(filters=filters, after=begin), values)
        return [(rank, sort_key, unit_id) for rank, sort_key, unit_id in cursor.fetchall()]


NAMES = """
select version.unit_id, unit.level, version.type, version.name, lower(version.valid), upper(version.valid),
       coalesce((select code.code from units_unit_code code
                  where code.unit_id = version.unit_id and code.scheme = 'nso' and not code.is_alias
                  order by lower(code.valid) desc limit 1), ''),
       array(select above.type || ':' || above.name from units_unit_version above
              where above.unit_id = any (string_to_array(subpath(version.path, 1)::text, '.')::bigint[])
                and above.unit_id <> version.unit_id and above.valid @> lower(version.valid)
              order by nlevel(above.path) desc)
  from units_unit_version version join units_unit unit on unit.id = version.unit_id
 where version.unit_id = any (%s) and lower(version.valid) <= %s and nlevel(version.path) > 1
 order by version.unit_id, lower(version.valid)"""


def names_borne(unit_ids: Iterable[int], on: date) -> dict[int, list[Name]]:
    """All names of each unit up to the day, the oldest first; nothing of units that are not there. One statement."""
    names: dict[int, list[Name]] = {}
    for unit_id, name, _level, _code in _borne(unit_ids, on):
        names.setdefault(unit_id, []).append(name)
    return names


def _borne(unit_ids: Iterable[int], on: date) -> Iterator[tuple[int, Name, str, str]]:
    """Unit, one of its names, its level, and its code."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [list(unit_ids), on])
        for unit_id, level, type_, name, first, until, code, above in cursor.fetchall():
            place = ", ".join(full_name(*step.split(":", 1)) for step in above)
            yield unit_id, Name(full_name(type_, name), type_, place, first, until), level, code


def described(positions: Sequence[tuple[int, str, int]], on: date) -> list[Found]:
    """The units of these positions with all their names, and what they are on the day, in two statements."""
    unit_ids = [unit_id for _, _, unit_id in positions]
    now = successors_of_many(unit_ids, on)
    names: dict[int, list[Name]] = {unit_id: [] for unit_id in unit_ids}
    known: dict[int, tuple[str, str]] = {}
    for unit_id, name, level, code in _borne(unit_ids, on):
        names[unit_id].append(name)
        known[unit_id] = level, code
    return [
        Found(
            unit_id=unit_id,
            level=known[unit_id][0],
            code=known[unit_id][1],
            names=names[unit_id],
            lives=any(unit.unit_id == unit_id for unit in now[unit_id]),
            now=now[unit_id],
            position=(rank, sort_key, unit_id),
        )
        for rank, sort_key, unit_id in positions
    ]


@dataclass(frozen=True, slots=True)
class Candidates:
    """`more`: there are others beyond the limit; ask for district or province too."""

    rows: list[Found]
    more: bool


OLD = """
select 0, version.sort_key, version.unit_id
  from units_unit_version version join units_unit unit on unit.id = version.unit_id
 where unit.level = 'commune' and version.valid @> %(borne_on)s::date
   and (version.search_name = %(commune)s or version.search_full = ' ' || %(commune)s) {filters}
 order by version.sort_key, version.unit_id limit %(limit)s"""
OLD_IN = """ and exists (select from units_unit_version above
   where above.path @> version.path and above.unit_id <> version.unit_id and above.valid @> %(borne_on)s::date
     and nlevel(above.path) = {depth} and (above.search_name = %({name})s or above.search_full = ' ' || %({name})s))"""


def resolve_old_address(
    *, commune: str, district: str = "", province: str = "", borne_on: date, on: date, limit: int = 50
) -> Candidates:
    """Xã tôi nay là xã nào: the communes of these whole names, as they stood on `borne_on`, each with what it is on
    `on`.

    Names may carry their type ("Phường 1") and may lack accents. All namesakes come back; nobody chooses here. District
    and province may be left out. Raises `BadText`, `BeforeData`.
    """
    require_data(borne_on)
    require_data(on)
    limit = max(1, min(limit, PAGE_LIMIT))
    values: dict[str, Any] = {"commune": _key(_checked(commune)), "borne_on": borne_on, "limit": limit + 1}
    filters = ""
    for name, text, depth in (("province", province, 2), ("district", district, 3)):
        if text.strip():
            values[name] = _key(_checked(text))
            filters += OLD_IN.format(name=name, depth=depth)
    with connection.cursor() as cursor:
        cursor.execute(OLD.format(filters=filters), values)
        positions = [(rank, sort_key, unit_id) for rank, sort_key, unit_id in cursor.fetchall()]
    return Candidates(described(positions[:limit], on), len(positions) > limit)
