"""Seconds to load the whole country into an empty database, and again when it is there.

python bench/units_load.py [--runs N]     needs DATABASE_URL and DATABASE_OWNER_URL of a PostgreSQL 18 server

Works in a database of its own, which it drops.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connections

from tests import databases

AIM = 60.0  # seconds, of the first load


def seconds() -> float:
    begun = time.perf_counter()
    call_command("load_country", verbosity=0)
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    template, name = databases.template(country=False), f"mc_bench_{os.getpid()}"
    first, again = [], []
    try:
        for _ in range(runs):
            databases.clone(template, name)
            databases.point_to(name)
            first.append(seconds())
            again.append(seconds())
            connections.close_all()
    finally:
        connections.close_all()
        databases.drop(name)
        databases.drop_leftovers()
    print(
        f"first load   median {statistics.median(first):6.2f} s   slowest {max(first):6.2f} s   aim under {AIM:.0f} s"
    )
    print(f"second load  median {statistics.median(again):6.2f} s   slowest {max(again):6.2f} s")
    return 0 if max(first) < AIM else 1


if __name__ == "__main__":
    sys.exit(main())
