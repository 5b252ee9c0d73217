"""Eight people at once: p50 and p95 of pages and lists, CPU a request and memory a process, from a real web server.

python bench/dossier_load.py [--seconds 8] [--connections 8] [--rate 0]

On the database that bench/dossiers.py fill makes. Without --rate each connection asks again as soon as it has its
answer, which says how much the machine can take; with it, so many requests a second are spread over all of them, which
says how long people wait. Aim: p95 of the queue and of searches under 60 ms.
"""

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.db import transaction
from django.test import Client
from psycopg.conninfo import make_conninfo

from bench.dossier_pages import OFFICER, addresses, percentile
from bench.dossiers import NAME
from portal.accounts.models import User
from portal.isolation import Purpose, scope
from tests import databases
from tests.browser.running import HOST, free_port
from tests.cast import sign_in

WORKERS, THREADS = 2, 4  # as the demo runs it
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0  # seconds until the first answer


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Port and process."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=NAME)}
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--log-level", "warning",
        "portal.wsgi:application",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, env=environment, stdout=words, stderr=words)
        try:
            wait(port)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(20)


def wait(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError):
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.request("GET", "/", headers={"Host": "localhost"})
            connection.getresponse().read()
            return
        time.sleep(0.2)
    raise SystemExit("The web server did not answer.")


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(one) for one in found]


def cpu_seconds(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def megabytes(pid: int) -> float:
    """Its own share of memory, in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@dataclass
class Load:
    port: int
    cookie: str
    seconds: float
    connections: int
    rate: float
    walls: list[float] = field(default_factory=list)

    def run(self, path: str) -> None:
        self.walls.clear()
        threads = [threading.Thread(target=self._ask, args=(path, number)) for number in range(self.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _ask(self, path: str, number: int) -> None:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        pause = self.connections / self.rate if self.rate else 0.0
        begun = time.perf_counter() + pause * number / self.connections
        end, turn = begun + self.seconds, 0
        while time.perf_counter() < end:
            due = begun + turn * pause
            time.sleep(max(0.0, due - time.perf_counter()) if pause else 0.0)
            started = time.perf_counter()
            connection.request("GET", path, headers={"Host": "localhost", "Cookie": self.cookie})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{path} answered {response.status}.")
            self.walls.append((time.perf_counter() - started) * 1000)
            turn += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rate", type=float, default=0, help="requests a second; 0: as many as there is room for")
    chosen = parser.parse_args()
    databases.point_to(NAME)
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        client = sign_in(Client(), User.objects.get(username=OFFICER))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    paths = addresses()
    print(
        f"{chosen.connections} connections, {WORKERS} processes, load of the machine before: {os.getloadavg()[0]:.1f}"
    )
    print(f"{'':32}{'p50':>8}{'p95':>8}{'a second':>10}{'CPU':>8}   ms")
    with served() as (port, pid):
        load = Load(port, cookie, chosen.seconds, chosen.connections, chosen.rate)
        for name, path in paths.items():
            load.run(path)  # warm
            before = cpu_seconds(children(pid))
            load.run(path)
            spent = (cpu_seconds(children(pid)) - before) * 1000 / len(load.walls)
            walls = sorted(load.walls)
            middle, often = walls[len(walls) // 2], len(walls) / chosen.seconds
            print(f"{name:32}{middle:8.1f}{percentile(walls):8.1f}{often:10.1f}{spent:8.1f}", flush=True)
        print("Memory of each process: " + ", ".join(f"{megabytes(one):.0f} MiB" for one in children(pid)))


if __name__ == "__main__":
    main()
