"""What a process loads before its first task or page, and then leaves alone.

The engines that print and judge keep 200,000 objects for the life of the process. The garbage collector looks through
all of them each time it collects in full, a tenth of a second in the middle of somebody's document. So they are loaded
at once and set aside; whatever comes later is collected as ever, in larger portions, because a document makes 20,000
objects that live as long as it does.
"""

import gc
import logging
import threading
from importlib import import_module
from typing import Any

from django.urls import resolve

log = logging.getLogger(__name__)

PORTION = 5_000  # new objects between two collections of the youngest; Python begins with 700
JUDGE = "documents.signing.engine.judging"  # pyHanko: half a second


def warm_worker(**_signal: Any) -> None:
    """Before the pool parts into processes, which then share what was loaded. A worker without a face goes on: what it
    can't print says so itself.
    """
    from documents.pdf.engine import PrintError, warm_up  # it reads settings, and Celery is only starting

    import_module(JUDGE)
    try:
        warm_up()
    except (PrintError, OSError) as error:
        log.warning("Nothing can be printed: %s", error)
    set_aside()


def warm_web() -> None:
    """Beside the first pages, which don't wait for it."""
    threading.Thread(target=load_web, name="warming", daemon=True).start()


def load_web() -> None:
    """The views of all addresses, half a second as well, and what judges uploads."""
    resolve("/")
    import_module(JUDGE)
    set_aside()


def set_aside() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(PORTION, *gc.get_threshold()[1:])
