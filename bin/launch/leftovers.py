"""Processes that an earlier start left behind, for instance after kill -9.

Found by what they are, not by a number in a file: a number is given to somebody else sooner or later.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

MARK = "MC_STARTED_FROM"  # in the environment of everything the launcher starts: the folder of its data


def end_marked(state: Path) -> None:
    """End what was started for `state` and is not us."""
    mark = f"{MARK}={state}".encode()
    _end(lambda process: mark in _read(process / "environ").split(b"\0"), signal.SIGTERM)


def end_in(folder: Path) -> None:
    """End what works in `folder`. Database and broker write over their environment, but stand in their data folder."""
    wanted = str(folder)
    _end(lambda process: _standing_in(process) == wanted, signal.SIGINT)


def _end(ours: Callable[[Path], bool], how: signal.Signals) -> None:
    for attempt in range(300):
        found = [process for process in _processes() if ours(process)]
        if not found:
            return
        if attempt in {0, 200}:  # ten seconds to end in order
            for process in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(process.name), how if attempt == 0 else signal.SIGKILL)
        time.sleep(0.05)


def _processes() -> list[Path]:
    """All but ourselves and the dead that wait for their parent."""
    me = str(os.getpid())
    found = [path for path in Path("/proc").iterdir() if path.name.isdigit() and path.name != me]
    return [path for path in found if not _read(path / "stat").rpartition(b")")[2].startswith(b" Z")]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # ended meanwhile, or another account's
        return b""


def _standing_in(process: Path) -> str:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return ""
