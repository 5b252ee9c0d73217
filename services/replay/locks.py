"""Who stood in a lock and how long, seen from outside: the server is asked every few milliseconds."""

import threading
import time
from dataclasses import dataclass
from types import TracebackType

from services.replay.scratch import superuser

EVERY = 0.01  # seconds
WAITING = """select pid, query_start, extract(epoch from clock_timestamp() - query_start) from pg_stat_activity
 where datname = %s and wait_event_type = 'Lock' and pid <> all (%s)"""


@dataclass(frozen=True, slots=True)
class Wait:
    """One statement of the connection `pid` that stood in a lock until `ended`, by `time.monotonic`; seconds since it
    began, so never too few.
    """

    pid: int
    ended: float
    seconds: float


class Watch:
    """`waits`: of every connection but those of `but`."""

    def __init__(self, name: str, but: list[int]) -> None:
        self.name, self.but = name, but
        self._longest: dict[tuple[int, object], Wait] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    @property
    def waits(self) -> list[Wait]:
        return list(self._longest.values())

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        with superuser(self.name) as connection:
            while not self._ended.wait(EVERY):
                for pid, began, seconds in connection.execute(WAITING, [self.name, self.but]).fetchall():
                    self._longest[pid, began] = Wait(pid, time.monotonic(), float(seconds))
