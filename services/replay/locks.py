"""How long anybody stood in a lock, seen from outside: the server is asked every few milliseconds."""

import threading
from types import TracebackType

from services.replay.scratch import superuser

EVERY = 0.01  # seconds
WAITING = """select pid, extract(epoch from clock_timestamp() - query_start) from pg_stat_activity
 where datname = %s and wait_event_type = 'Lock' and pid <> all (%s)"""


class Watch:
    """`longest`: seconds of the longest wait of any connection but those of `but`."""

    def __init__(self, name: str, but: list[int]) -> None:
        self.name, self.but, self.longest = name, but, 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        with superuser(self.name) as connection:
            while not self._ended.wait(EVERY):
                for _pid, seconds in connection.execute(WAITING, [self.name, self.but]).fetchall():
                    self.longest = max(self.longest, float(seconds))
