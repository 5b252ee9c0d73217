"""The known figures of the country, held against the files and against the tables after loading."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from units.country import Country, keeps_identity
from units.kinds import Level, Share, UnitType, full_name
from units.sorting import search_key


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    expected: object
    found: object


T = UnitType
LEGACY_TYPES = {
    T.COMMUNE: 7692, T.WARD: 1726, T.TOWNSHIP: 617,
    T.RURAL_DISTRICT: 508, T.CITY: 87, T.TOWN: 52, T.URBAN_DISTRICT: 49,
    T.PROVINCE: 57, T.CENTRAL_CITY: 6,
}  # fmt: skip
SUCCESSORS = {1: 9594, 2: 369, 3: 55, 4: 16, 5: 1}
PREDECESSORS = {
    1: 135, 2: 759, 3: 1509, 4: 559, 5: 177, 6: 86, 7: 39, 8: 24, 9: 13, 10: 6, 11: 3, 12: 5, 14: 1,
}  # fmt: skip
TYPES_ON = {
    date(2025, 6, 30): LEGACY_TYPES,
    date(2025, 7, 1): {T.PROVINCE: 28, T.CENTRAL_CITY: 6, T.COMMUNE: 2621, T.WARD: 687, T.SPECIAL_ZONE: 13},
    date(2026, 5, 1): {T.PROVINCE: 27, T.CENTRAL_CITY: 7, T.COMMUNE: 2611, T.WARD: 697, T.SPECIAL_ZONE: 13},
    date(2026, 11, 22): {T.PROVINCE: 25, T.CENTRAL_CITY: 9, T.COMMUNE: 2599, T.WARD: 709, T.SPECIAL_ZONE: 13},
}
LARGEST = {"Hồ Chí Minh": 168, "Thanh Hóa": 166, "Phú Thọ": 148}
SMALLEST = {"Lai Châu": 38, "Huế": 40}


def check_files(country: Country) -> Iterator[Check]:
    """Rows, types, and how the two states hang together."""
    legacy = Counter(place.level for place in country.legacy)
    reformed = Counter(place.level for place in country.reformed)
    yield Check("provinces before and after", (63, 34), (legacy[Level.PROVINCE], reformed[Level.PROVINCE]))
    yield Check("districts before", 696, legacy[Level.DISTRICT])
    yield Check("communes before and after", (10035, 3321), (legacy[Level.COMMUNE], reformed[Level.COMMUNE]))
    yield Check("official reduction of communes", 6714, legacy[Level.COMMUNE] - reformed[Level.COMMUNE])
    yield Check("changes of 2026", 25, len(country.retypes))
    yield Check("types before", LEGACY_TYPES, dict(Counter(place.type for place in country.legacy)))
    yield Check("types of 2025", TYPES_ON[date(2025, 7, 1)], dict(Counter(place.type for place in country.reformed)))
    kept = Counter(level for level, _ in keeps_identity(country.legacy, country.reformed, country.edges))
    yield Check("units that keep their identity", {Level.PROVINCE: 11, Level.COMMUNE: 132}, dict(kept))
    yield Check("electronic identifiers", 63, len(country.axis_codes))
    yield from _commune_edges(country)
    yield from _other_edges(country)
    yield from _names(country)


def _commune_edges(country: Country) -> Iterator[Check]:
    edges = [edge for edge in country.edges if edge.old_level is Level.COMMUNE]
    shares = Counter(edge.share for edge in edges)
    yield Check("succession of communes", {Share.WHOLE: 9594, Share.PART: 972}, dict(shares))
    yield Check("communes whose code goes on", 3316, sum(edge.old == edge.new for edge in edges))
    defaults = Counter(edge.old for edge in edges if edge.is_default)
    yield Check("one default successor each", (10035, 1), (len(defaults), max(defaults.values())))
    out_of = Counter(edge.old for edge in edges)
    into = Counter(edge.new for edge in edges)
    yield Check("successors of each commune", SUCCESSORS, dict(Counter(out_of.values())))
    yield Check("predecessors of each commune", PREDECESSORS, dict(Counter(into.values())))
    yield Check("communes made of communes", 3316, len(into))
    yield Check("communes with part of another", 414, len({edge.new for edge in edges if edge.share is Share.PART}))
    district = {place.code: place.parent for place in country.legacy if place.level is Level.COMMUNE}
    province = {place.code: place.parent for place in country.legacy if place.level is Level.DISTRICT}
    districts: dict[str, set[str]] = {}
    for edge in edges:
        districts.setdefault(edge.new, set()).add(district[edge.old])
    yield Check("communes across districts", 297, sum(len(found) > 1 for found in districts.values()))
    across = sum(len({province[each] for each in found}) > 1 for found in districts.values())
    yield Check("communes across provinces", 0, across)
    own = {place.code: place.parent for place in country.reformed if place.level is Level.COMMUNE}
    went = {edge.old: edge.new for edge in country.edges if edge.old_level is Level.PROVINCE}
    astray = sum(own[new] != went[province[each]] for new, found in districts.items() for each in found)
    yield Check("communes outside the successor of their province", 0, astray)


def _other_edges(country: Country) -> Iterator[Check]:
    districts = [edge for edge in country.edges if edge.old_level is Level.DISTRICT]
    yield Check("districts that became special zones", 5, len(districts))
    edges = [edge for edge in country.edges if edge.old_level is Level.PROVINCE]
    old = {place.code: place.name for place in country.legacy if place.level is Level.PROVINCE}
    new = {place.code: place.name for place in country.reformed if place.level is Level.PROVINCE}
    code = {edge.old for edge in edges if edge.old == edge.new}
    name = {edge.old for edge in edges if old[edge.old] == new[edge.new]}
    yield Check("succession of provinces, all whole", 63, sum(edge.share is Share.WHOLE for edge in edges))
    yield Check("provinces that kept code, name, both", (34, 34, 27), (len(code), len(name), len(code & name)))


def _names(country: Country) -> Iterator[Check]:
    communes = [place for place in country.reformed if place.level is Level.COMMUNE]
    names = Counter(full_name(place.type, place.name) for place in communes)
    shared = [count for count in names.values() if count > 1]
    yield Check("namesakes: names and units", (246, 576), (len(shared), sum(shared)))
    alike = Counter((place.parent, place.type, search_key(place.name)) for place in communes)
    yield Check("names of one province alike without accents", 8, sum(count > 1 for count in alike.values()))
    size = Counter(place.parent for place in communes)
    provinces = {place.code: place.name for place in country.reformed if place.level is Level.PROVINCE}
    by_size = [(provinces[code], count) for code, count in sorted(size.items(), key=lambda item: item[1])]
    yield Check("largest provinces", LARGEST, dict(by_size[-3:]))
    yield Check("smallest provinces", SMALLEST, dict(by_size[:2]))


TABLES = {
    "units": ("select count(*) from units_unit", 14007),
    "versions of the two states": (
        """select count(*) from units_unit_version version join units_reorg_event act on act.id = version.event_id
            where act.kind = 'load'""",
        14139,
    ),
    "statistical codes": ("select count(*) from units_unit_code where scheme = 'nso' and not is_alias", 14006),
    "other codes": ("select count(*) from units_unit_code where scheme <> 'nso' or is_alias", 64),
    "successions": ("select count(*) from units_succession", 10491),
    "successions of communes": (
        "select count(*) from units_succession join units_unit old on old.id = old_id where level = 'commune'", 10434,
    ),
    "acts of the two states": ("select count(*) from units_reorg_event where kind = 'load'", 37),
    "communes that live on": (
        """select count(distinct unit_id) from units_unit_version join units_unit on units_unit.id = unit_id
            where level = 'commune' and lower(valid) = '2025-06-30' and upper(valid) = '2025-07-01'
              and exists (select from units_unit_version later where later.unit_id = units_unit_version.unit_id
                             and later.valid @> date '2025-07-01')""", 132,
    ),
    "units outside their parent's path": (
        """select count(*) from units_unit_version child
            where parent_id is not null and not exists (select from units_unit_version parent
              where parent.unit_id = child.parent_id and parent.path = subpath(child.path, 0, -1))""", 0,
    ),
    "communes or provinces that went nowhere": (
        """select count(*) from units_unit join units_unit_version version on version.unit_id = units_unit.id
            where level in ('commune', 'province') and upper(valid) = '2025-07-01'
              and not exists (select from units_succession where old_id = units_unit.id)
              and not exists (select from units_unit_version later where later.unit_id = units_unit.id
                                 and later.valid @> date '2025-07-01')""", 0,
    ),
}  # fmt: skip


CHANGED = """
select count(*) from units_reorg_change change join units_unit_version version using (unit_id, event_id)
 where exists (select from units_unit_version older
   where older.unit_id = version.unit_id and upper(older.valid) = lower(version.valid)
     and (older.name, older.parent_id, older.path) = (version.name, version.parent_id, version.path))"""
BY_TYPE = (
    "select type, count(*) from units_unit_version where valid @> %s::date and parent_id is not null group by type"
)


def check_tables() -> Iterator[Check]:
    """As of the days for which the figures are known; scheduled acts have written their days already."""
    with connection.cursor() as cursor:
        for name, (statement, expected) in TABLES.items():
            cursor.execute(statement)
            yield Check(name, expected, cursor.fetchone()[0])
        cursor.execute(CHANGED)
        yield Check("changes of 2026 that change the type and nothing else", 25, cursor.fetchone()[0])
        for on, types in TYPES_ON.items():
            cursor.execute(BY_TYPE, [on])
            yield Check(f"types on {on}", {str(key): count for key, count in types.items()}, dict(cursor.fetchall()))
