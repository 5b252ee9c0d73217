#!/usr/bin/env python3
"""Weight and time of every layout, warm: seconds of this processor, not of the clock, so that neighbours don't count.

    .venv/bin/python bench/layouts.py [times]

Needs no services. Aims: 60 kB and 0.3 s each; 150 kB where the register fills in a number. The yardstick is a plain
loop: on a machine that is twice as slow, all figures are twice as long.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
os.environ.setdefault("SECRET_KEY", "bench")
os.environ.setdefault("DATABASE_URL", "postgresql:///none")

import django

django.setup()

from documents.layouts import render
from documents.layouts.catalogue import layouts
from documents.layouts.samples import ON, sample
from documents.pdf.engine import warm_up
from portal.warming import set_aside

AIM, AIM_KB, AIM_KB_FIELDS = 0.3, 60, 150


def yardstick() -> float:
    """Seconds of this processor for a plain loop, as in bench/signing.py."""
    began, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return time.process_time() - began


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print(f"engine loaded in {warm_up():.2f} s")
    set_aside()  # as workers do
    print(f"yardstick {yardstick():.2f} s")
    print(f"{'layout':<20} {'pages':>5} {'kB':>6} {'aim':>5} {'median s':>9} {'worst s':>8} {'aim':>5}")
    for layout in layouts():
        data = sample(layout.code)
        printed = render(layout.code, data, on=ON)
        spent = []
        for _ in range(times):
            began = time.process_time()
            render(layout.code, data, on=ON)
            spent.append(time.process_time() - began)
        size = len(printed.pdf) / 1000
        most = AIM_KB_FIELDS if printed.fields else AIM_KB
        print(
            f"{layout.code:<20} {printed.pages:>5} {size:>6.1f} {most:>5} "
            f"{statistics.median(spent):>9.3f} {max(spent):>8.3f} {AIM:>5}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
