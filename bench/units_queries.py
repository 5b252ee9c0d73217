"""Milliseconds of questions about units, in the database that DATABASE_URL names; the country must be loaded there.

python bench/units_queries.py [--runs N]

Subtrees are measured inside PostgreSQL (EXPLAIN ANALYZE), searches from call to answer in Python.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.db import connection

from units.country import data_from, read
from units.kinds import full_name
from units.models import Unit
from units.queries import bearer, resolve_old_address, root, search, subtree, successors_of_many
from units.sorting import search_key

TODAY = date(2026, 11, 22)
SUBTREE_AIM, SEARCH_AIM = 15.0, 20.0  # ms


def in_database(query, runs: int) -> tuple[float, int]:
    """Median execution time in ms, and the number of rows."""
    statement, parameters = query.query.sql_with_params()
    times = []
    with connection.cursor() as cursor:
        for _ in range(runs):
            cursor.execute(f"explain (analyze, timing off, format json) {statement}", parameters)
            times.append(cursor.fetchone()[0][0]["Execution Time"])
    return statistics.median(times), query.count()


def questions(number: int) -> list[str]:
    """What people type: old names, whole or begun, without accents, with district and province, in capitals; codes."""
    chance = random.Random(20260701)
    country = read()
    names = {(place.level, place.code): full_name(place.type, place.name) for place in country.legacy}
    communes = [place for place in country.legacy if place.level == "commune"]
    districts = {place.code: place.parent for place in country.legacy if place.level == "district"}
    asked = []
    for place in chance.sample(communes, number):
        whole = names["commune", place.code]
        asked.append(
            chance.choice(
                [
                    whole,
                    place.name,
                    search_key(whole),
                    search_key(place.name),
                    search_key(place.name)[: chance.randint(2, 6)].strip(),
                    f"{place.name}, {names['district', place.parent]}",
                    f"{whole}, {names['district', place.parent]}, {names['province', districts[place.parent]]}",
                    f"{search_key(place.name)} {search_key(names['district', place.parent])}",
                    place.name.upper(),
                    place.code,
                ]
            )
        )
    return asked


def timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    slowest = 0.0
    for label, on in (("today", TODAY), ("before the reform", data_from())):
        ms, rows = in_database(subtree(root(on).unit_id, on), runs)
        slowest = max(slowest, ms)
        print(f"subtree of the country, {label:<18} {rows:>6,} rows  {ms:6.1f} ms   aim under {SUBTREE_AIM:.0f} ms")
    ms, rows = in_database(subtree(bearer("01", TODAY).pk, TODAY), runs)
    print(f"subtree of a province, {'today':<18} {rows:>6,} rows  {ms:6.1f} ms")
    asked = questions(500)
    search(asked[0], on=TODAY)
    times = [timed(lambda text=text: search(text, on=TODAY, limit=20)) for text in asked]
    p95 = sorted(times)[int(len(times) * 0.95)]
    print(f"old-name search, 500 questions, 20 rows     {percentiles(times)}   aim p95 under {SEARCH_AIM:.0f} ms")
    first = [place.name for place in read().legacy if place.level == "commune"][:2000:10]
    times = [
        timed(lambda name=name: resolve_old_address(commune=name, borne_on=data_from(), on=TODAY)) for name in first
    ]
    print(f"old address by commune alone                {percentiles(times)}")
    units = list(Unit.objects.values_list("pk", flat=True))
    ms = statistics.median(timed(lambda: successors_of_many(units, TODAY)) for _ in range(3))
    print(f"all {len(units):,} units to what they are today, one statement  {ms:6.1f} ms")
    return 0 if slowest < SUBTREE_AIM and p95 < SEARCH_AIM else 1


if __name__ == "__main__":
    sys.exit(main())
