"""The portal's own processes, in the order in which they start."""

import contextlib
import http.client
import tempfile

from launch import place, ports
from launch.manage import MANAGE
from launch.processes import Process

WEB_WORKERS, WEB_THREADS, TASK_SLOTS = 2, 4, 2  # each thread holds a database connection: never granian's default


def web(port: int, environment: dict[str, str]) -> Process:
    return _granian("web", "portal.wsgi:application", port, WEB_WORKERS, environment)


def sandbox(port: int, environment: dict[str, str]) -> Process:
    """The other side: sign-in provider and national systems, a process of its own, spoken to over HTTP."""
    return _granian("sandbox", "integrations.sandbox.wsgi:application", port, 1, environment)


def background(environment: dict[str, str]) -> list[Process]:
    """Worker, beat and relay; beat is a process of its own, so that it goes on when the worker is restarted."""
    schedule = place.LOCAL / "beat"
    schedule.mkdir(exist_ok=True)
    celery = [str(place.VENV / "bin" / "celery"), "--app", "portal.celery"]
    worker = ["worker", "--loglevel", "WARNING", "--concurrency", str(TASK_SLOTS), "--pool", _pool()]
    beat = ["beat", "--loglevel", "WARNING", "--schedule", str(schedule / "schedule"), "--pidfile="]
    return [
        Process("worker", [*celery, *worker], environment=environment),
        Process("beat", [*celery, *beat], environment=environment),
        Process("relay", [*MANAGE, "relay"], environment=environment),
    ]


def _granian(name: str, application: str, port: int, workers: int, environment: dict[str, str]) -> Process:
    address = ["--host", ports.HOST, "--port", str(port)]
    size = ["--workers", str(workers), "--blocking-threads", str(WEB_THREADS)]
    care = ["--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning"]
    granian = str(place.VENV / "bin" / "granian")
    return Process(name, [granian, "--interface", "wsgi", *address, *size, *care, application], environment=environment)


def _pool() -> str:
    """Celery's child processes need semaphores in /dev/shm; where they can't be made, threads do the work."""
    with contextlib.suppress(OSError), tempfile.TemporaryFile(dir="/dev/shm"):
        return "prefork"
    return "threads"


def answers(port: int, path: str = "/suc-khoe/") -> bool:
    """Whether a page comes from `port`; for the sandbox any answer is one."""
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=10)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", path)
        return connection.getresponse().status < 500
    return False
