"""What a process loads before its first task or page, and then leaves alone.

The engines that print and judge keep 200,000 objects for the life of the process. The garbage collector looks through
all of them each time it collects in full, a tenth of a second in the middle of somebody's document. So they are loaded
at once and set aside; whatever comes later is collected as ever.
"""

import gc
import logging
import threading
from importlib import import_module
from typing import Any

log = logging.getLogger(__name__)

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
    threading.Thread(target=_load_judge, name="warming", daemon=True).start()


def _load_judge() -> None:
    import_module(JUDGE)
    set_aside()


def set_aside() -> None:
    gc.collect()
    gc.freeze()
