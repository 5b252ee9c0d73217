"""A list of 200,000 dossiers as CSV and XLSX: seconds and memory.

python bench/export.py fill [--dossiers 200000]     makes the database mc_bench_lists; minutes
python bench/export.py measure                      prints seconds, size and peak memory of each kind of file
python bench/export.py drop

Beside them stand what the process held before, as in a web process that showed one page, and the load of the machine.
Needs the addresses of the services in the environment, as tests do. The administrator of the province takes the whole
list away, through the page and its middleware, in a process of its own for each kind. Aims: under 60 s and 150 MB.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from services.columns import Names, columns_of
from tests import databases
from tests.cast import sign_in

NAME = "mc_bench_lists"
KINDS = ("csv", "xlsx")
ADMINISTRATOR = "quan-tri"
DEMO = 100  # more than the demo files itself: a file holds 200,000


def take(kind: str) -> None:
    """All columns; the file is counted and thrown away as it comes."""
    databases.point_to(NAME)
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        user = User.objects.get(username=ADMINISTRATOR)
    client = sign_in(Client(), user)
    client.get(reverse("services:list"))  # what a worker has loaded long since
    before, begun, cpu = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        time.perf_counter(),
        time.process_time(),
    )
    columns = list(columns_of(Names(timezone.now())))
    said = {"format": kind, "cot": columns, "purpose": "bench"}
    answer = client.post(reverse("services:list-export"), said)
    first = size = 0.0
    for block in answer.streaming_content:  # type: ignore[attr-defined]  # Django's test response
        first = first or time.perf_counter() - begun
        size += len(block)
    seconds, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ours = time.process_time() - cpu
    print(
        f"{kind}: {seconds:.1f} s, {ours:.1f} s of them our processor, first byte after {first:.1f} s, "
        f"{size / 2**20:.1f} MiB, {len(columns)} columns, peak {peak:.0f} MiB, {before:.0f} MiB before, "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["fill", "measure", "drop", *KINDS])
    parser.add_argument("--dossiers", type=int, default=200_000)
    chosen = parser.parse_args()
    if chosen.what == "drop":
        databases.drop(NAME)
    elif chosen.what == "fill":
        from bench import dossiers  # here: what it loads is not to be measured

        dossiers.NAME = NAME
        dossiers.fill(chosen.dossiers - DEMO)
    elif chosen.what == "measure":
        for kind in KINDS:
            subprocess.run([sys.executable, __file__, kind], check=True)
    else:
        take(chosen.what)


if __name__ == "__main__":
    main()
