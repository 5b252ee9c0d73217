"""What the chain costs: events per second with no chain, one chain for all, and one chain per unit.

python bench/chain.py [--seconds 4] [--clients 8] [--units 100]

Each transaction writes one event and spends 2 ms on other work, as a request does. The plain variant is the same table
without the trigger that links; the global one writes every event to the same unit. Ratios gate, rates are printed.
"""

import argparse
import os
import random
import threading
import time
from typing import Any

import psycopg

INSERT = (
    "insert into {table} (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after, facts,"
    " concerns, request_id, at, salt) values ('bench.event.written', 'bench.event', '1', 'system:command', '', %s, '',"
    " '', '{{}}', '{{}}', '', now(), '')"
)
PLAIN = """
drop table if exists bench_event;
create table bench_event (like events_event including all);
create trigger stamp before insert on bench_event for each row execute function events_stamp();
grant insert on bench_event to mc_app;
grant usage on all sequences in schema public to mc_app;
"""


def work(table: str, units: int, until: float, counts: list[int]) -> None:
    done = 0
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        while time.monotonic() < until:
            with connection.transaction():
                connection.execute("select set_config('mc.purpose', 'demo', true), pg_sleep(0.002)")
                connection.execute(INSERT.format(table=table), [random.randint(1, units)])
            done += 1
    counts.append(done)


def rate(table: str, units: int, clients: int, seconds: float) -> float:
    counts: list[int] = []
    until = time.monotonic() + seconds
    arguments: tuple[Any, ...] = (table, units, until, counts)
    threads = [threading.Thread(target=work, args=arguments) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--units", type=int, default=100)
    chosen = parser.parse_args()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(PLAIN)
    variants = {
        "plain insert": ("bench_event", chosen.units),
        "one chain for all": ("events_event", 1),
        f"chain per unit ({chosen.units})": ("events_event", chosen.units),
    }
    rates = {name: rate(*variant, chosen.clients, chosen.seconds) for name, variant in variants.items()}
    plain = rates["plain insert"]
    for name, value in rates.items():
        print(f"{name:>22}: {value:7.0f} transactions/s ({value / plain - 1:+.0%})")
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute("drop table bench_event")


if __name__ == "__main__":
    main()
