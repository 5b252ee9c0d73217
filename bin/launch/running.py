"""Who uses the services of this folder. A lock of the kernel says it, so nobody has to clean up after a crash."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from launch import place
from launch.say import line

RECORD = place.LOCAL / "running.json"
HELD = place.LOCAL / "running.lock"
USED = place.LOCAL / "used.lock"


@dataclass
class Running:
    """What the holder of the services tells others; `environment` is empty until they answer."""

    who: str
    pid: int = field(default_factory=os.getpid)
    address: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def tell(self) -> None:
        part = Path(f"{RECORD}.{self.pid}")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as text:
            json.dump(asdict(self), text)
        part.replace(RECORD)


@contextmanager
def hold(who: str) -> Iterator[Running | None]:
    """Hold the services alone; `None` when somebody else does."""
    with HELD.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        running = Running(who)
        running.tell()
        try:
            yield running
        finally:
            RECORD.unlink(missing_ok=True)


def other() -> Running | None:
    """What the present holder told, if somebody holds the services."""
    with HELD.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                return Running(**json.loads(RECORD.read_text(encoding="utf-8")))
            except FileNotFoundError:
                return Running("Another start", pid=0)
    return None


@contextmanager
def use() -> Iterator[None]:
    """Use services that another command holds; it ends them only after us."""
    with USED.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def wait_until_unused() -> None:
    with place.alone(USED, "another bin/manage still uses the services"):
        pass


def describe(running: Running) -> None:
    if running.address:
        line(f"The demo already runs: {running.address} (process {running.pid}; stop it with: kill {running.pid})")
    elif running.who == "bin/demo":
        line(f"The demo is being started by process {running.pid}; it prints its address when it is ready.")
    else:
        line(f"{running.who} (process {running.pid}) uses this folder's services. Start the demo when it has ended.")
