"""What the guard costs: state changes with their event, per second, guarded and unguarded.

python bench/guard.py [--rounds 5] [--changes 400]

Both variants write the same event; the guarded table differs by its triggers alone. Rounds alternate, the median
counts. Aim: at most 1.3 times the cost.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import connection, connections, transaction

from portal.events import guard_state
from portal.isolation import Purpose, scope

TABLES = {"unguarded": "bench_plain", "guarded": "bench_guarded"}
EVENT = (
    "insert into events_event (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after, facts,"
    " concerns, request_id, at) values ('bench.dossier.moved', 'bench.dossier', %s, 'system:command', '', 1, %s, %s,"
    " '{}', '{}', '', now())"
)


def prepare() -> None:
    with connections["owner"].cursor() as cursor:
        for table in TABLES.values():
            cursor.execute(f"drop table if exists {table} cascade")
            cursor.execute(f"drop function if exists {table}_state_needs_event")
            cursor.execute(f"create table {table} (id bigint primary key, state text not null)")
            cursor.execute(f"insert into {table} select n, '0' from generate_series(1, 1000) n")
        for operation in guard_state(TABLES["guarded"], "bench.dossier"):
            cursor.execute(str(operation.sql))


def change(table: str, changes: int, start: int) -> float:
    """Seconds for so many changes, each a transaction of its own, as an operation makes it."""
    begun = time.perf_counter()
    for number in range(start, start + changes):
        with transaction.atomic(), scope(purpose=Purpose.DEMO), connection.cursor() as cursor:
            cursor.execute(f"select state from {table} where id = %s for update", [number % 1000 + 1])
            before = cursor.fetchone()[0]
            cursor.execute(f"update {table} set state = %s where id = %s", [str(number), number % 1000 + 1])
            cursor.execute(EVENT, [str(number % 1000 + 1), before, str(number)])
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--changes", type=int, default=400)
    chosen = parser.parse_args()
    prepare()
    seconds: dict[str, list[float]] = {name: [] for name in TABLES}
    for round_ in range(chosen.rounds + 1):
        for name, table in TABLES.items():
            spent = change(table, chosen.changes, 1 + round_ * chosen.changes)
            if round_:  # the first one warms up
                seconds[name].append(spent)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, median in medians.items():
        print(f"{name:>10}: {chosen.changes / median:8.0f} changes/s")
    ratios = [guarded / plain for guarded, plain in zip(seconds["guarded"], seconds["unguarded"], strict=True)]
    print(f"cost ratio: {statistics.median(ratios):.2f} (aim: at most 1.30)")


if __name__ == "__main__":
    main()
