"""A process can live, answer a ping and do nothing; only progress counts: `manage.py watchdog` looks for it."""

import json
import time

from launch.manage import MANAGE
from launch.processes import Process
from launch.supervisor import Supervisor

EVERY = 60.0  # seconds; also the time in which a process that was just started must show its first progress


class Watchdog:
    """Asks once a minute, beside everything else, and restarts what the answer names."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._question = Process("watchdog", ["nice", *MANAGE, "watchdog"], environment=environment)
        self._asked_at = time.monotonic()
        self._asking = False

    def look(self, supervisor: Supervisor) -> None:
        if self._asking and self._question.ended():
            self._asking = False
            for name in self._stalled():
                supervisor.restart(name, f"it makes no progress. See {self._question.log}", older_than=EVERY)
        elif not self._asking and time.monotonic() - self._asked_at > EVERY:
            supervisor.ask(self._question)
            self._asked_at, self._asking = time.monotonic(), True

    def _stalled(self) -> set[str]:
        """Names of processes: `worker:<queue>` is said of a queue that nobody serves."""
        try:
            answer = json.loads(self._question.last_words(lines=1))
        except json.JSONDecodeError:  # the database was away; that is said elsewhere
            return set()
        return {str(name).split(":")[0] for name in answer["stalled"]}
