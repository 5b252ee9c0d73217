"""CPU milliseconds and statements of the desk's pages and of lists over REST, in one process, middleware included."""

import statistics
import time

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from services.models import Dossier
from services.states import State
from staff.demo import CODES, HOME
from staff.policies import today
from tests.cast import sign_in
from units.queries import bearer

CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "select set_config")
OFFICER = "mot-cua"


def addresses() -> dict[str, str]:
    """What is opened was filed by the operations; its answers can be read."""
    code, level = CODES[HOME]
    home = bearer(code, today(), level=level).pk
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        rows = Dossier.objects.filter(receiving_unit=home)
        real = rows.exclude(reference__startswith="DK-Z").filter(state=State.SUBMITTED).earliest("submitted_at")
        closed = rows.filter(reference__startswith="DK-Z").closed().exclude(code="").latest("submitted_at")
    return {
        "queue": "/mot-cua/",
        "queue in processing": "/mot-cua/?trang_thai=processing",
        "queue: owner without accents": "/mot-cua/?q=giang+thi",
        "queue: code": f"/mot-cua/?q={closed.code}",
        "desk page of a dossier": f"/mot-cua/ho-so/{real.pk}/",
        "REST dossier": f"/api/v1/dossiers/{real.pk}",
        "REST list": "/api/v1/dossiers",
        "REST list: owner": "/api/v1/dossiers?q=giang+thi",
        "REST list: rare owner": "/api/v1/dossiers?q=cu+hai+ung",
        "REST list: code": f"/api/v1/dossiers?code={closed.code}",
        "catalogue search": "/thu-tuc/?q=khai+sinh",
    }


def percentile(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def one(client: Client, path: str, runs: int) -> tuple[float, float, float, int]:
    """p50 and p95 of CPU ms, p95 of wall ms, statements."""
    cpu, wall = [], []
    client.get(path)
    for _ in range(runs):
        began, clock = time.process_time(), time.perf_counter()
        response = client.get(path)
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}.")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = sum(not query["sql"].startswith(CONTROL) for query in queries)
    return statistics.median(cpu), percentile(cpu), percentile(wall), asked


def measure(runs: int) -> None:
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        client = sign_in(Client(), User.objects.get(username=OFFICER))
    print(f"{'':30}{'CPU p50':>9}{'CPU p95':>9}{'wall p95':>10}{'statements':>12}   ms, {runs} runs")
    for name, path in addresses().items():
        p50, p95, wall, asked = one(client, path, runs)
        print(f"{name:30}{p50:9.1f}{p95:9.1f}{wall:10.1f}{asked:12}", flush=True)
    print("Aim: wall p95 of the queue and of searches under 60 ms, at most 12 statements a page.")
