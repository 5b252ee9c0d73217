"""A worker can live, answer a ping and do nothing; only progress counts: `manage.py watchdog` looks for it."""

import subprocess
import time

from launch.portal import MANAGE
from launch.processes import Process
from launch.supervisor import Supervisor

EVERY = 60.0  # seconds; also the time in which a freshly started worker must show its first progress


class Watchdog:
    """Asks once a minute, beside everything else; an answer other than 0 restarts the worker."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._question = Process("watchdog", ["nice", *MANAGE, "watchdog"], environment=environment)
        self._asked_at = time.monotonic()
        self._asking = False

    def look(self, supervisor: Supervisor) -> None:
        if self._asking and self._question.ended():
            self._asking = False
            self._judge(supervisor, self._question.popen)
        elif not self._asking and time.monotonic() - self._asked_at > EVERY:
            self._question.start()
            self._asked_at, self._asking = time.monotonic(), True

    def _judge(self, supervisor: Supervisor, answer: "subprocess.Popen[bytes] | None") -> None:
        if answer and answer.returncode:
            supervisor.restart("worker", f"it makes no progress. See {self._question.log}")
