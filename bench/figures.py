"""A province of a million dossiers, and what its statistics cost there.

python bench/figures.py fill [--dossiers 1000000]     makes the database mc_bench_statistics and counts it; minutes
python bench/figures.py measure [--runs 40]           prints time and statements of each page, and the figures' age
python bench/figures.py drop
--database NAME: another name than mc_bench_statistics, where several measure on one server

Needs the addresses of the services in the environment, as tests do. The mass is written by SQL (`dossier_rows.py`), the
counting is the portal's own. Aims: wall p95 of every page under 250 ms, figures at most 60 s old.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from bench import dossier_rows, figure_pages
from staff.demo import CODES, PROVINCE
from tests import databases
from units.queries import bearer, subtree

# Some end late, some were handed in at another desk, half bring data instead of a paper.
SHAPES = (
    """update services_dossier set decided_at = due_at + interval '3 days', closed_at = due_at + interval '4 days'
       where reference like 'DK-Z%' and state = 'returned' and right(reference, 2) in ('07', '33', '58', '71')
       and due_at < now() - interval '5 days'""",
    """insert into services_component (dossier_id, key, name, proof, originals, certified, copies, note, source,
         source_ref, result_code, source_at)
       select id, 'identity', 'identity', 'data', 0, 0, 0, '', 'population', '', '', submitted_at from services_dossier
       where reference like 'DK-Z%' and right(reference, 1) in ('0', '2', '4', '6', '8')""",
)


def fill(name: str, dossiers: int) -> None:
    databases.clone(databases.template(country=True), name)
    databases.drop_leftovers()
    databases.point_to(name)
    for command in ("load_catalogue", "load_demo", "load_demo_dossiers"):
        call_command(command, verbosity=0)
    code, level = CODES[PROVINCE]
    today = timezone.localdate()
    province = bearer(code, today, level=level).pk
    communes = sorted(set(subtree(province, today).values_list("unit_id", flat=True)) - {province})
    connections.close_all()
    begun = time.perf_counter()
    made = dossier_rows.fill(name, communes, dossiers)
    with dossier_rows.superuser(name) as connection:
        connection.execute("set session_replication_role = replica")
        for shape in SHAPES:
            connection.execute(shape)
        connection.execute("analyze services_dossier")
        connection.execute("analyze services_component")
    print(f"{made} dossiers over {len(communes)} communes in {time.perf_counter() - begun:.0f} s", flush=True)
    count(name)


def count(name: str) -> None:
    begun = time.perf_counter()
    call_command("rebuild_statistics", verbosity=0)
    print(f"counted anew in {time.perf_counter() - begun:.0f} s", flush=True)
    with dossier_rows.superuser(name) as connection:
        for table in ("dossier_fact", "month_figure", "time_count"):
            connection.execute(f"vacuum (analyze) dashboards_{table}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["fill", "count", "measure", "drop"])
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--database", default="mc_bench_statistics")
    chosen = parser.parse_args()
    if chosen.what == "drop":
        databases.drop(chosen.database)
    elif chosen.what == "fill":
        fill(chosen.database, chosen.dossiers)
    else:
        databases.point_to(chosen.database)
        if chosen.what == "count":
            count(chosen.database)
        else:
            figure_pages.measure(chosen.runs)


if __name__ == "__main__":
    main()
