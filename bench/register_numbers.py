"""How many numbers a second: writers that take numbers in one book, and in a book each.

python bench/register_numbers.py [--seconds 5] [--writers 8]

Each number is the whole deed: policy, lock, entry, hash, triggers, event and its link, commit. A database of its own
is made beside the one of DATABASE_OWNER_URL and dropped afterwards.
"""

import argparse
import multiprocessing
import os
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import connection, transaction
from django.utils import timezone

from documents.models import RegisterBook
from documents.operations.registers import BookKind, EntryRow, take_number
from documents.registers.verifying import verify_book
from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests import databases
from tests.units.land import load_land

ROW = EntryRow(notation="QD-UBND", subject="Bench", signer="Bench", recipients="Bench", type_code="decision")


def write(unit_id: int, until: float) -> int:
    """In a process of its own, as a worker or web server is; the connection is made anew."""
    done = 0
    connection.close()
    while time.monotonic() < until:
        now = timezone.now()
        with transaction.atomic(), scope(purpose=Purpose.DEMO):
            take_number(
                unit_id=unit_id,
                kind=BookKind.OUTGOING,
                dated_on=timezone.localdate(now),
                row=ROW,
                actor=System.COMMAND,
                now=now,
            )
        done += 1
    connection.close()
    return done


def rate(units: list[int], seconds: float) -> float:
    """Numbers per second of one writer for each entry of `units`."""
    connection.close()
    with multiprocessing.get_context("fork").Pool(len(units)) as pool:
        until = time.monotonic() + seconds
        counts = pool.starmap(write, [(unit, until) for unit in units], chunksize=1)
    return sum(counts) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--writers", type=int, default=8)
    chosen = parser.parse_args()
    name = f"mc_bench_{os.getpid()}"
    databases.clone(databases.template(country=False), name)
    databases.point_to(name)
    try:
        with transaction.atomic():
            land = load_land()
        places = [land.new(code).pk for code in ("00001", "00004", "00005", "01")]
        one = rate(places[:1], chosen.seconds)
        same = rate(places[:1] * chosen.writers, chosen.seconds)
        spread = rate([places[number % len(places)] for number in range(chosen.writers)], chosen.seconds)
        print(f"{'1 writer, 1 book':>24}: {one:7.0f} numbers/s")
        print(f"{f'{chosen.writers} writers, 1 book':>24}: {same:7.0f} numbers/s")
        print(f"{f'{chosen.writers} writers, 4 books':>24}: {spread:7.0f} numbers/s")
        with transaction.atomic(), scope(purpose=Purpose.VERIFY):
            started, total = time.monotonic(), 0
            for book in RegisterBook.objects.order_by("id"):
                if verify_book(book) is not None:
                    raise SystemExit(f"{book} is broken")
                total += book.last_number
        print(f"{'verified':>24}: {total / (time.monotonic() - started):7.0f} entries/s, no break in {total}")
    finally:
        connection.close()
        databases.drop(name)
        databases.drop_leftovers()


if __name__ == "__main__":
    main()
