"""One process that the launcher starts, watches and ends."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launch import place
from launch.leftovers import MARK
from launch.say import tail

LOG_LIMIT = 5 * 1024 * 1024  # bytes; the file before it is kept once
GRACE = 15.0  # seconds to end in order


@dataclass
class Process:
    """`command` in a process group of its own, its output in a log file.

    It gets `stop_signal` when the launcher dies, however that happens; the kernel sees to that (`setpriv --pdeathsig`).
    """

    name: str
    command: list[str]
    state: Path = place.LOCAL
    environment: dict[str, str] = field(default_factory=dict)  # the whole of it; ours when empty
    stdin: bytes | None = None
    stop_signal: str = "TERM"
    options: dict[str, Any] = field(default_factory=dict)  # of subprocess.Popen
    before_restart: Callable[[], None] = lambda: None
    popen: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0

    @property
    def log(self) -> Path:
        return self.state / "logs" / f"{self.name.lower()}.log"

    def start(self) -> None:
        self.log.parent.mkdir(exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            if self.log.stat().st_size > LOG_LIMIT:
                self.log.replace(f"{self.log}.1")
        tied = ["setpriv", "--pdeathsig", self.stop_signal] if shutil.which("setpriv") else []
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                [*tied, *self.command],
                stdin=subprocess.PIPE if self.stdin is not None else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the launcher only, which then ends all in order
                env={**(self.environment or os.environ), MARK: str(self.state)},
                **{"cwd": place.ROOT, **self.options},
            )
        self.started_at = time.monotonic()
        if self.stdin is not None and self.popen.stdin:
            self.popen.stdin.write(self.stdin)
            self.popen.stdin.close()

    def ended(self) -> bool:
        return self.popen is None or self.popen.poll() is not None

    def how_it_ended(self) -> str:
        code = self.popen.returncode if self.popen else None
        if code is None:
            return "is not running"
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def last_words(self, lines: int = 8) -> str:
        with contextlib.suppress(OSError), self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 4000))
            return tail(log.read(), lines)
        return ""

    def signal(self, name: str) -> None:
        if self.popen and not self.ended():
            self.popen.send_signal(getattr(signal, f"SIG{name}"))

    def end(self, grace: float = GRACE) -> None:
        """In order if it does so in time; its children in any case."""
        if self.popen is None:
            return
        self.signal(self.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(grace)
        self.end_group()
        self.popen.wait()

    def end_group(self) -> None:
        """Children that outlived it, for instance after kill -9 of their parent, would keep its port or its work."""
        if self.popen:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, signal.SIGKILL)
