"""Finding units by a name and the place it lay in, written in a row without commas: "bac ha lao cai"."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

WORDS = 16  # of longer texts the rest is not looked at: no name and place have more

# Versions whose whole name begins the text, each with the names of the units above it, the nearest first.
BEGUN = """
select version.unit_id, version.sort_key, version.search_name, version.search_full,
       array(select above.search_name || ':' || ltrim(above.search_full) from units_unit_version above
              where above.unit_id = any (string_to_array(version.path::text, '.')::bigint[])
                and above.unit_id <> version.unit_id and above.valid && version.valid
              order by nlevel(above.path) desc, lower(above.valid))
  from units_unit_version version
  join units_unit unit on unit.id = version.unit_id
 where version.search_name = any (%(names)s) and lower(version.valid) <= %(on)s and unit.level <> 'country' {filters}"""


def find_unmarked(words: Sequence[str], filters: str, values: Mapping[str, Any]) -> list[tuple[int, str, int]]:
    """Positions (rank, sort key, unit) of the units whose whole name begins the words, and whose places are the rest.

    Rank 1 where the places are written out, 2 where the last of them is only begun. `filters` speak of the row
    `version`.
    """
    words = words[:WORDS]
    text = " ".join(words)
    names = sorted({" ".join(words[begin:end]) for begin in range(3) for end in range(begin + 1, len(words))})
    best: dict[int, tuple[int, str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BEGUN.format(filters=filters), {**values, "names": names})
        for unit_id, sort_key, name, full, above in cursor:
            places = [place.split(":", 1) for place in above]
            ranks = [
                rank for borne in (name, full.strip()) if text.startswith(f"{borne} ")
                for rank in [_rank(text[len(borne) + 1 :], places)] if rank
            ]  # fmt: skip
            if ranks:
                position = min(ranks), sort_key, unit_id
                best[unit_id] = min(position, best.get(unit_id, position))
    return sorted(best.values())


def _rank(rest: str, places: Sequence[Sequence[str]]) -> int:
    """1 when the rest is made of names of these places in their order, 2 when the last is only begun, else 0."""
    found = []
    for number, names in enumerate(places):
        for name in names:
            if rest == name:
                return 1
            if name.startswith(rest):
                found.append(2)
            elif rest.startswith(f"{name} "):
                found.append(_rank(rest[len(name) + 1 :], places[number + 1 :]))
    return min(filter(None, found), default=0)
