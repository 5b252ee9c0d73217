"""Who goes on working: desk officers, specialists and citizens of some communes of every province."""

import random
from collections import defaultdict
from datetime import date

import psycopg

from services.replay.crowd import Member
from units.country import Country
from units.kinds import Level

HOMES = 6  # communes of each province of 2025
KINDS = {"desk-officer": "desk", "civil-status-specialist": "specialist"}
CODES = """select v.unit_id, c.code from units_unit_version v join units_unit u on u.id = v.unit_id
join units_unit_code c on c.unit_id = u.id and c.scheme = 'nso' and not c.is_alias and c.valid @> %(on)s::date
where u.level = 'province' and v.valid @> %(on)s::date"""
POSTED = """
select a.user_id, p.code, a.unit_id, (subpath(v.path, 1, 1)::text)::bigint from staff_assignment a
join staff_post p on p.id = a.post_id
join units_unit_version v on v.unit_id = a.unit_id and v.valid @> %(on)s::date
where p.code = any (%(posts)s) order by a.id"""
CITIZENS = "select id from accounts_user where kind = 'citizen' order by username limit %s"


def province_codes(database: psycopg.Connection, on: date) -> dict[int, str]:
    return dict(database.execute(CODES, {"on": on}).fetchall())


def members(country: Country, database: psycopg.Connection, *, seed: int) -> list[Member]:
    """In an order that every process takes its share of each province from."""
    codes = province_codes(database, country.begins_on)
    into = {edge.old: edge.new for edge in country.edges if edge.new_level is Level.PROVINCE}
    rows = database.execute(POSTED, {"on": country.begins_on, "posts": list(KINDS)}).fetchall()
    homes: dict[str, dict[int, list[Member]]] = defaultdict(lambda: defaultdict(list))
    for user, post, unit, province in rows:
        code = into[codes[province]]
        homes[code][unit].append(Member(KINDS[post], user, unit, code))
    luck = random.Random(seed)  # noqa: S311  a simulation
    chosen = [
        (code, unit)
        for code, units in sorted(homes.items())
        for unit in luck.sample(sorted(units), min(HOMES, len(units)))
    ]
    people = [row[0] for row in database.execute(CITIZENS, [len(chosen)]).fetchall()]
    found = [one for code, unit in chosen for one in homes[code][unit]]
    found += [Member("citizen", user, unit, code) for user, (code, unit) in zip(people, chosen, strict=True)]
    luck.shuffle(found)
    return found
