"""Milliseconds and statements of the pages of figures, in one process, middleware included; and how old figures get."""

import os
import statistics
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.dossier_pages import CONTROL, one
from portal.accounts.models import User
from portal.dashboards.operations.refreshing import refresh
from portal.dashboards.periods import Period
from portal.events import record
from portal.events.actors import System
from portal.isolation import Purpose, scope
from portal.warming import load_web
from services.models import Dossier
from staff.demo import CODES, HOME, PROVINCE
from staff.policies import today
from tests.cast import sign_in
from units.queries import bearer

CHANGED = 40  # dossiers between two counts: three times what a province sees in half a minute


def addresses() -> dict[str, str]:
    (code, level), (home_code, home_level) = CODES[PROVINCE], CODES[HOME]
    province, home = (bearer(one, today(), level=two).pk for one, two in ((code, level), (home_code, home_level)))
    month = Period.around(today()).before().code
    year = str(today().year)
    of = {f"province, {name}": f"don_vi={province}&ky={ky}" for name, ky in (("month", month), ("year", year))}
    of |= {"commune, month": f"don_vi={home}&ky={month}"}
    found = {}
    for name, query in of.items():
        found[f"overview: {name}"] = f"/thong-ke/?{query}"
        found[f"late: {name}"] = f"/thong-ke/tre-han/?{query}"
        found[f"compare: {name}"] = f"/thong-ke/so-sanh/?{query}"
        found[f"index: {name}"] = f"/thong-ke/bao-cao-766/?{query}"
        found[f"list, received: {name}"] = f"/thong-ke/ho-so/?{query}&chi_so=received"
        found[f"list, late: {name}"] = f"/thong-ke/ho-so/?{query}&chi_so=late"
    procedure = "&thu_tuc=1.001193"
    return found | {
        "overview: one procedure, year": f"/thong-ke/?{of['province, year']}{procedure}",
        "public list, month": f"/so-lieu/?ky={month}",
        "public unit, month": f"/so-lieu/don-vi/{home}/?ky={month}",
        "public province, year": f"/so-lieu/don-vi/{province}/?ky={year}",
        "REST figures, year": f"/api/v1/statistics?unit={province}&period={year}",
        "REST dossiers, year": f"/api/v1/statistics/dossiers?unit={province}&period={year}&measure=late",
        "REST open data, year": f"/api/v1/open-data/unit-statistics?period={year}",
    }


def database_seconds(process: int) -> float:
    """CPU seconds that the database has spent on this connection, in steps of a tick; no figure of a busy neighbour."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(runs: int) -> None:
    load_web()  # as a web process does when it begins
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        client = sign_in(Client(), User.objects.get(username="quan-tri"))
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        process = cursor.fetchone()[0]
    print(f"{'':36}{'CPU p50':>9}{'CPU p95':>9}{'database':>10}{'wall p95':>10}{'statements':>12}   ms, {runs} runs")
    for name, path in addresses().items():
        before = database_seconds(process)
        p50, p95, wall, asked = one(client, path, runs)
        spent = (database_seconds(process) - before) / (runs + 2) * 1000  # one() warms up, and counts statements
        print(f"{name:36}{p50:9.1f}{p95:9.1f}{spent:10.1f}{wall:10.1f}{asked:12}", flush=True)
    print(
        f"Load while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; wall grows with it, CPU does not."
    )
    age()


def age() -> None:
    """What a count costs when some dozens changed: with one every 30 seconds, 30 s and this is how old figures get."""
    took = []
    for _ in range(5):
        now = timezone.now()
        with transaction.atomic(), scope(purpose=Purpose.DEMO):
            for dossier in Dossier.objects.order_by("id")[:CHANGED]:
                record("services.dossier.alerted", subject=dossier, actor=System.DEMO, unit=None, at=now)
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            changed = refresh(actor=System.SCHEDULE, now=now + timedelta(seconds=1))
        took.append(time.perf_counter() - begun)
        asked = sum(not query["sql"].startswith(CONTROL) for query in queries)
    print(f"{changed} changed dossiers counted in {statistics.median(took):.2f} s, {asked} statements; figures at most")
    print(f"{30 + max(took):.0f} s old. Aims: wall p95 of every page under 250 ms, figures at most 60 s old.")
