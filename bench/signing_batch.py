"""A batch of documents signed, then numbered, sealed and issued, by worker processes; and how long checking them takes.

python bench/signing_batch.py [--documents 200] [--workers 2]

Everything is as in the portal (rights, rows, files, events, deliveries, services over HTTP) but for the broker: each
process takes its share of the open deliveries. Aim: 200 documents in 60 s, two processes; 95 of 100 checks in 150 ms.
"""

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from documents.codes import shown
from documents.models import Document, DocumentVersion
from documents.operations.anchors import trust_anchor
from documents.operations.batches import Pick, confirm_batch
from documents.operations.items import TOPIC
from documents.queries.files import read
from documents.states import DocumentState, Goal
from portal.events import Delivery
from portal.events.actors import System
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from portal.warming import warm_worker
from tests import databases
from tests import trust as trusted
from tests.cast import Cast, cast
from tests.documents.route.build import brought_to
from tests.documents.route.test_real_signatures import _armoured, _register
from tests.integrations.sandboxed import Sandbox, running
from tests.trust import HOST, Trust

MEGABYTE = 1024  # of the kilobytes in which Linux tells the peak


def work(job: tuple[str, str, list[uuid.UUID]]) -> tuple[float, int]:
    """In a process of its own, as a worker is: seconds of processor, and the peak of its memory."""
    origin, folder, ids = job
    connection.close()
    trusted.told(settings, Trust(Sandbox(origin), Path(folder)))
    began = time.process_time()
    for one in ids:
        deliver(one, clock=timezone.now)
    connection.close()
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


def carry_out(people: Cast, goal: Goal, state: DocumentState, where: tuple[str, str], workers: int) -> float:
    with transaction.atomic(), scope(units=[people.home, people.neighbour]):
        picks = [Pick(one.pk, one.revision) for one in Document.objects.filter(state=state).order_by("id")[:200]]
        actor = people.leader if goal is Goal.SIGN else people.clerk
        confirm_batch(picks=picks, goal=goal, actor=actor.user, now=timezone.now())
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        waiting = Delivery.objects.open().filter(topic=TOPIC).order_by("created_at", "id")
        ids = list(waiting.values_list("id", flat=True))
    connection.close()
    began = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        done = pool.map(work, [(*where, ids[part::workers]) for part in range(workers)])
    spent, processor = time.perf_counter() - began, sum(seconds for seconds, _ in done)
    print(
        f"{goal:10} {len(ids)} documents, {workers} processes: {spent:6.1f} s, {len(ids) / spent:5.1f}/s, "
        f"processor {processor / len(ids) * 1000:5.0f} ms each, peak {max(peak for _, peak in done)} MB a process"
    )
    return spent


def measure(name: str, times: int, ask: Callable[[], int]) -> None:
    ask()
    clock, processor = [], []
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        if ask() != 200:
            raise SystemExit(f"{name} was refused")
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    p95 = statistics.quantiles(clock, n=20)[18]
    print(
        f"{name:32} p50 {statistics.median(clock):5.0f} ms, p95 {p95:5.0f} ms, "
        f"processor p50 {statistics.median(processor):4.0f} ms, "
        f"p95 {statistics.quantiles(processor, n=20)[18]:4.0f} ms   aim: p95 150 ms"
    )


def check(people: Cast, times: int) -> None:
    with transaction.atomic(), scope(units=[people.home]):
        issued = list(Document.objects.filter(state=DocumentState.ISSUED).order_by("id")[: times + 1])
        rows = DocumentVersion.objects.filter(document__in=issued, kind="sealed").select_related("file", "document")
        files = iter([(row.document.code, read(row.file)) for row in rows.order_by("id")])
    client = Client()
    address = f"/xac-minh/{shown(issued[0].code)}/"
    measure("page of a code", times, lambda: client.get(address).status_code)

    def compare() -> int:
        """Each file for the first time: nothing about it is remembered."""
        code, content = next(files)
        file = SimpleUploadedFile("van-ban.pdf", content, content_type="application/pdf")
        return client.post(f"/xac-minh/{shown(code)}/", {"file": file}).status_code

    measure("file sent to the page of a code", min(times, len(issued) - 1), compare)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    name = f"mc_bench_{os.getpid()}"
    databases.clone(databases.template(country=False), name)
    databases.point_to(name)
    settings.VERIFICATION_RATE = "1000000/min"
    try:
        with running() as sandbox, tempfile.TemporaryDirectory() as folder:
            trust = Trust(sandbox, Path(folder))
            trusted.told(settings, trust)
            with transaction.atomic():
                people = cast()
            with transaction.atomic(), scope(purpose=Purpose.DEMO, units=[people.home]):
                root = _armoured(trust.anchor.certificate)
                trust_anchor(pem=root, hosts=[HOST], is_trial=True, actor=System.DEMO, now=trusted.now())
                for credential, person in ((trust.leader, people.leader.person.pk), (trust.organ, None)):
                    _register(people.home, credential, person)
            for _ in range(chosen.documents):
                with transaction.atomic(), scope(units=[people.home, people.neighbour]):
                    brought_to(people, DocumentState.APPROVED)
            warm_worker()  # once, before the processes part, as Celery does
            where = (sandbox.origin, folder)
            print(f"load of the machine {os.getloadavg()[0]:.1f}")
            spent = carry_out(people, Goal.SIGN, DocumentState.APPROVED, where, chosen.workers)
            spent += carry_out(people, Goal.COMPLETE, DocumentState.SIGNED, where, chosen.workers)
            print(
                f"both       {chosen.documents} documents: {spent:6.1f} s   aim: {60 * chosen.documents / 200:.0f} s   "
                f"load of the machine {os.getloadavg()[0]:.1f}"
            )
            check(people, min(chosen.documents - 1, 40))
    finally:
        connection.close()
        databases.drop(name)
        databases.drop_leftovers()


if __name__ == "__main__":
    main()
