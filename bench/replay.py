"""The reform of 2025 with two million dossiers, beside a plain UPDATE of the same dossiers in one transaction.

python bench/replay.py [--dossiers 2000000] [--provinces 24,75] [--workers 2] [--seed 1]     minutes

Needs the addresses of the services in the environment, as tests do. The open dossiers are one of 40. Aims: under ten
minutes on two cores with the building; people wait under 100 ms where their units take no part in the act that runs,
and under 1 s where they do. What is compared: rewriting the unit of every dossier, open and closed, of what ended on
1 July 2025, as a portal would that keeps no succession.
"""

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

import psycopg

from services.replay.replaying import Replayed, Wanted, replay
from services.replay.report import lines
from services.replay.scratch import scratch, superuser

REFORM = date(2025, 7, 1)
WAL = "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
PLAIN = """
with heir as (
  select old_id, new_id from units_succession s join units_reorg_event act on act.id = s.event_id
  where act.effective_on = %s and s.is_default)
update services_dossier d set responsible_unit_id = heir.new_id, competent_unit_id = heir.new_id,
  returning_unit_id = heir.new_id
from heir where d.responsible_unit_id = heir.old_id"""


def plain_update(name: str) -> tuple[int, float, int]:
    """Rows, seconds and bytes of WAL."""
    with superuser(name) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("checkpoint")
        before, begun = _wal(connection), time.perf_counter()
        rows = connection.execute(PLAIN, [REFORM]).rowcount
        return rows, time.perf_counter() - begun, _wal(connection) - before


def _wal(connection: psycopg.Connection) -> int:
    row = connection.execute(WAL).fetchone()
    return int(row[0]) if row else 0


def compare(done: Replayed, rows: int, seconds: float, wal: int) -> None:
    acts = [run for run in done.runs if run.province]
    own_time, own_wal = sum(run.seconds for run in acts), sum(run.wal for run in acts)
    own_rows, longest = sum(run.dossiers for run in acts), max(run.seconds for run in acts)
    print(f"plain UPDATE: {rows} dossiers, {seconds:.1f} s in one transaction, {wal / 2**20:.0f} MiB of WAL")
    print(
        f"the acts: {own_rows} dossiers, {own_time:.1f} s in {len(acts)} transactions, {own_wal / 2**20:.0f} MiB of WAL"
    )
    print(f"longest transaction, which is what somebody may wait: {longest:.2f} s against {seconds:.1f} s")
    print("The acts hand over officers, letters and register books as well, each with its event; the UPDATE does not.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dossiers", type=int, default=2_000_000)
    parser.add_argument("--provinces", default="")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--template", default="", help="a database of this server that is migrated already")
    chosen = parser.parse_args()
    provinces = tuple(code for code in chosen.provinces.split(",") if code)
    with scratch(template=chosen.template) as name:
        wanted = Wanted(chosen.dossiers, provinces, chosen.workers, chosen.seed)
        done = replay(wanted, name, lambda line: print(line, flush=True))
        measured = plain_update(name)
    for line in lines(done):
        print(line)
    compare(done, *measured)
    sys.exit(1 if done.wrong else 0)


if __name__ == "__main__":
    main()
