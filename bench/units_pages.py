"""CPU milliseconds and statements of the unit pages and of their REST twins, in the database that DATABASE_URL names.

python bench/units_pages.py [--runs N]

The whole request is measured, middleware and template included, through Django's test client in one process;
PostgreSQL's own CPU is not in it. Statements are counted without those that begin and end a transaction. The country
must be loaded.
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

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from units.country import data_from
from units.queries import bearer

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
HTML_AIM = 150.0  # ms, p95


def addresses() -> dict[str, str]:
    first = data_from()
    ward, province = bearer("00004", first).pk, bearer("01", first).pk
    return {
        "tree": "/don-vi/",
        "tree before the reform": f"/don-vi/?ngay={first}",
        "search": "/don-vi/?q=tan+phu",
        "card of a province": f"/don-vi/{province}/",
        "card of a unit that ended": f"/don-vi/{ward}/",
        "two days compared": "/don-vi/so-sanh/",
        "my commune: namesakes": "/don-vi/xa-toi/?xa=tan+phu",
        "my commune: answer": f"/don-vi/xa-toi/{ward}/",
        "REST list of 50": "/api/v1/units?level=commune",
        "REST list of 200": "/api/v1/units?level=commune&limit=200",
        "REST search": "/api/v1/units?q=tan+phu",
        "REST unit": f"/api/v1/units/{ward}",
        "CSV of the day": "/api/v1/units.csv",
    }


def measure(client: Client, path: str, runs: int) -> tuple[float, float, float, int, int]:
    """p50 and p95 of CPU ms, p95 of wall ms, statements, bytes."""
    cpu, wall, size = [], [], 0
    client.get(path)
    for _ in range(runs):
        began, clock = time.process_time(), time.perf_counter()
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
        size = len(body)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}. Is the country loaded?")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = sum(not query["sql"].startswith(CONTROL) for query in queries)
    return statistics.median(cpu), percentile(cpu), percentile(wall), asked, size


def percentile(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=30)
    runs = parser.parse_args().runs
    client = Client()
    print(f"{'':28}{'CPU p50':>9}{'CPU p95':>9}{'wall p95':>10}{'statements':>12}{'kB':>8}   ms, {runs} runs")
    for name, path in addresses().items():
        p50, p95, wall, asked, size = measure(client, path, runs)
        print(f"{name:28}{p50:9.1f}{p95:9.1f}{wall:10.1f}{asked:12}{size / 1024:8.1f}")
    print(f"Aim: p95 of a page under {HTML_AIM:.0f} ms, at most 12 statements.")


main()
