"""Signatures and verifications a second, with a trial authority over real HTTP.

python bench/signing.py [--documents 40] [--workers 2]

Aims: 8 documents laid out, signed, numbered and sealed a second on two cores; 95 of 100 verifications under 150 ms.
They stand beside the figures, with the load of the machine; seconds of the processor count where others work too.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings

from documents.layouts import render
from documents.layouts.samples import ON, sample
from documents.signing.engine import differences
from documents.signing.engine.filling import fill
from documents.signing.engine.judging import examine
from documents.signing.engine.preparing import prepare
from documents.signing.engine.signing import sign
from documents.signing.kinds import PERSON, SEAL, Anchor, Credential
from portal.warming import warm_worker
from tests import trust as trusted
from tests.integrations.sandboxed import Sandbox, running
from tests.trust import Trust

VERIFIED, LAID_OUT = "95 of 100 under 150 ms", "under 300 ms"
WHOLE = "under 250 ms of processor"  # two cores make 8 a second then


def ready(origin: str, folder: str) -> None:
    """Each process finds authority and keys where the others do."""
    trusted.told(settings, Trust(Sandbox(origin), Path(folder)))


def signature(pdf: bytes, leader: Credential, anchor: Anchor) -> bytes:
    return sign(pdf, field=PERSON, credential=leader, anchors=[anchor], long_term=False, at=trusted.now()).pdf


def document(job: tuple[bytes, Credential, Credential, Anchor]) -> bytes:
    pdf, leader, organ, anchor = job
    filled = fill(signature(pdf, leader, anchor), trusted.VALUES)
    return sign(filled, field=SEAL, credential=organ, anchors=[anchor], long_term=True, at=trusted.now()).pdf


def yardstick() -> float:
    """Seconds of this processor for a plain loop: about 0.25 on a machine of 2024 that does nothing else."""
    began, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return time.process_time() - began


def first_time(sealed: bytes, anchor: Anchor) -> None:
    """As a process that never saw the file: nothing about it is remembered."""
    differences.MEMORY.forget()
    examine(sealed, anchors=[anchor], now=trusted.now())


def own_file(sealed: bytes, anchor: Anchor, known: dict[str, str]) -> None:
    """As `first_time`, of a file that the portal sealed: what stands behind its signatures is in the register."""
    differences.MEMORY.forget()
    examine(sealed, anchors=[anchor], now=trusted.now(), known=known)


def form(code: str) -> bytes:
    """Laid out and made ready for signatures."""
    printed = render(code, sample(code), on=ON)
    return prepare(printed.pdf, printed.boxes) if printed.boxes else printed.pdf


def whole(code: str, leader: Credential, organ: Credential, anchor: Anchor) -> bytes:
    """From data to the file that is issued: laid out, signed, numbered, sealed, judged."""
    return document((form(code), leader, organ, anchor))


def issued(job: tuple[str, Credential, Credential, Anchor]) -> bytes:
    """`whole`, for a process of its own."""
    return whole(*job)


def each(count: int, work: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Seconds, and seconds of this processor, of every run; the first warms up."""
    work()
    clock, processor = [], []
    for _ in range(count):
        began, spent = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return clock, processor


def show(name: str, times: tuple[list[float], list[float]], aim: str = "") -> None:
    clock, processor = (statistics.quantiles(seconds, n=20) for seconds in times)
    print(
        f"{name:32} p50 {clock[9] * 1000:5.0f} ms   p95 {clock[18] * 1000:5.0f} ms   "
        f"processor p50 {processor[9] * 1000:5.0f} ms   p95 {processor[18] * 1000:5.0f} ms   {aim and f'aim: {aim}'}"
    )


def tell(trust: Trust, count: int) -> None:
    """Each step alone."""
    anchor, leader, organ, rsa = trust.anchor, trust.leader, trust.organ, trust.credential("rsa", algorithm="rsa")
    pdf = prepare(trusted.page(), trusted.boxes())
    job = (pdf, leader, organ, anchor)
    sealed = document(job)
    print(f"draft {len(pdf) / 1000:.0f} kB, sealed {len(sealed) / 1000:.0f} kB")
    found = examine(sealed, anchors=[anchor], now=trusted.now())
    changes = {one.field: one.changes for one in found.signatures}
    steps: list[tuple[str, str, Callable[[], object]]] = [
        ("signature B-LT, EC P-256", "", lambda: signature(pdf, leader, anchor)),
        ("signature B-LT, RSA 2048", "", lambda: signature(pdf, rsa, anchor)),
        ("signed, numbered and sealed", "", lambda: document(job)),
        ("decision, laid out", LAID_OUT, lambda: form("decision")),
        ("Form 01, laid out", LAID_OUT, lambda: form("form-01")),
        ("decision, from data to seal", WHOLE, lambda: whole("decision", leader, organ, anchor)),
        ("verified again", VERIFIED, lambda: examine(sealed, anchors=[anchor], now=trusted.now())),
        ("verified, sealed by ourselves", VERIFIED, lambda: own_file(sealed, anchor, changes)),
        ("verified for the first time", VERIFIED, lambda: first_time(sealed, anchor)),
    ]
    for name, aim, work in steps:
        show(name, each(count, work), aim)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with running() as sandbox, tempfile.TemporaryDirectory() as folder:
        trust = Trust(sandbox, Path(folder))
        ready(sandbox.origin, folder)
        decision = ("decision", trust.leader, trust.organ, trust.anchor)
        warm_worker()
        print(f"yardstick {yardstick():.2f} s, load of the machine {os.getloadavg()[0]:.1f}")
        tell(trust, options.documents)
        with ProcessPoolExecutor(options.workers, initializer=ready, initargs=(sandbox.origin, folder)) as pool:
            list(pool.map(issued, [decision] * options.workers))
            began = time.perf_counter()
            list(pool.map(issued, [decision] * options.documents))
            spent = time.perf_counter() - began
        print(f"peak of memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        print(
            f"{options.workers} processes: {options.documents / spent:.1f} decisions/s laid out, signed, numbered and "
            f"sealed   aim: 8   load of the machine {os.getloadavg()[0]:.1f}"
        )


if __name__ == "__main__":
    main()
