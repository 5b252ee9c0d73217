"""Signatures and verifications a second, with a trial authority over real HTTP.

python bench/signing.py [--documents 40] [--workers 2]

Aims: 8 documents signed, numbered and sealed a second on two cores; 95 of 100 verifications under 150 ms.
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
from tests import trust as trusted
from tests.integrations.sandboxed import Sandbox, running
from tests.trust import Trust


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


def show(name: str, times: tuple[list[float], list[float]]) -> None:
    clock, processor = times
    p95 = statistics.quantiles(clock, n=20)[18]
    print(
        f"{name:32} {1 / statistics.mean(clock):6.1f}/s   p50 {statistics.median(clock) * 1000:5.0f} ms   "
        f"p95 {p95 * 1000:5.0f} ms   processor {statistics.median(processor) * 1000:5.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with running() as sandbox, tempfile.TemporaryDirectory() as folder:
        trust = Trust(sandbox, Path(folder))
        ready(sandbox.origin, folder)
        anchor, leader, organ = trust.anchor, trust.leader, trust.organ
        rsa = trust.credential("rsa", algorithm="rsa")
        pdf = prepare(trusted.page(), trusted.boxes())
        job = (pdf, leader, organ, anchor)
        sealed = document(job)
        print(f"yardstick {yardstick():.2f} s")
        print(f"draft {len(pdf) / 1000:.0f} kB, sealed {len(sealed) / 1000:.0f} kB")
        show("signature B-LT, EC P-256", each(options.documents, lambda: signature(pdf, leader, anchor)))
        show("signature B-LT, RSA 2048", each(options.documents, lambda: signature(pdf, rsa, anchor)))
        show("signed, numbered and sealed", each(options.documents, lambda: document(job)))
        show("verified again", each(options.documents, lambda: examine(sealed, anchors=[anchor], now=trusted.now())))
        show("decision, laid out", each(options.documents, lambda: form("decision")))
        show("Form 01, laid out", each(options.documents, lambda: form("form-01")))
        show("decision, from data to seal", each(options.documents, lambda: whole("decision", leader, organ, anchor)))
        changes = {one.field: one.changes for one in examine(sealed, anchors=[anchor], now=trusted.now()).signatures}
        show("verified, sealed by ourselves", each(options.documents, lambda: own_file(sealed, anchor, changes)))
        show("verified for the first time", each(options.documents, lambda: first_time(sealed, anchor)))
        with ProcessPoolExecutor(options.workers, initializer=ready, initargs=(sandbox.origin, folder)) as pool:
            list(pool.map(document, [job] * options.workers))
            began = time.perf_counter()
            list(pool.map(document, [job] * options.documents))
            spent = time.perf_counter() - began
        print(f"peak of memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        print(f"{options.workers} processes: {options.documents / spent:.1f} documents/s signed, numbered and sealed")


if __name__ == "__main__":
    main()
