"""A province full of dossiers, and what pages and REST cost there.

python bench/dossiers.py fill [--dossiers 1000000]     makes the database mc_bench_dossiers; minutes
python bench/dossiers.py measure [--runs 40]           prints CPU, wall time and statements of pages and lists
python bench/dossiers.py drop

Needs the addresses of the services in the environment, as tests do. The dossiers that are opened are those of the demo,
filed by the operations; the mass around them is written by SQL (`dossier_rows.py`). Aims: wall p95 of the queue and of
searches under 60 ms at a million dossiers, at most 12 statements a page.
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

from bench import dossier_pages, dossier_rows
from staff.demo import CODES, PROVINCE
from tests import databases
from units.queries import bearer, subtree

NAME = "mc_bench_dossiers"


def fill(dossiers: int) -> None:
    databases.clone(databases.template(country=True), NAME)
    databases.drop_leftovers()
    databases.point_to(NAME)
    for command in ("load_catalogue", "load_demo", "load_demo_dossiers"):
        call_command(command, verbosity=0)
    code, level = CODES[PROVINCE]
    today = timezone.localdate()
    province = bearer(code, today, level=level).pk
    communes = sorted(set(subtree(province, today).values_list("unit_id", flat=True)) - {province})
    connections.close_all()
    begun = time.perf_counter()
    made = dossier_rows.fill(NAME, communes, dossiers)
    print(f"{made} dossiers over {len(communes)} communes in {time.perf_counter() - begun:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["fill", "measure", "drop"])
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=40)
    chosen = parser.parse_args()
    if chosen.what == "drop":
        databases.drop(NAME)
    elif chosen.what == "fill":
        fill(chosen.dossiers)
    else:
        databases.point_to(NAME)
        dossier_pages.measure(chosen.runs)


if __name__ == "__main__":
    main()
