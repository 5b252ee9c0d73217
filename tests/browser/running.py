"""Starts the portal and the sandbox as processes of their own, on a database and a folder of their own."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo

from portal import house

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds until the first answer; two busy cores need ten


@dataclass(frozen=True)
class Running:
    """Addresses without a slash at the end, and the database behind them."""

    origin: str
    sandbox: str
    database: str
    folder: Path
    secret: str
    smtp_port: int = 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def build_assets() -> None:
    """Style sheets, scripts, fonts and catalogues of translations; nothing happens when nothing changed."""
    subprocess.run([sys.executable, "assets/build.py"], cwd=house.ROOT, check=True, capture_output=True)
    compile_catalogues = "from launch import assets; assets.compile_catalogues()"
    environment = {**os.environ, "PYTHONPATH": str(house.ROOT / "bin")}
    subprocess.run([sys.executable, "-c", compile_catalogues], env=environment, check=True, capture_output=True)


@contextmanager
def portal_running(database: str, folder: Path) -> Iterator[Running]:
    port, sandbox_port = free_port(), free_port()
    secret = secrets.token_urlsafe(32)
    running = Running(f"http://{HOST}:{port}", f"http://{HOST}:{sandbox_port}", database, folder, secret, free_port())
    environment = _environment(running)
    build_assets()
    _manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    _prepare(environment, "load_catalogue", "load_demo", "load_demo_registers", "load_demo_dossiers")
    _prepare(environment, "rebuild_statistics")
    with ExitStack() as stack:
        if (house.ROOT / "integrations" / "sandbox").is_dir():
            stack.enter_context(_server("integrations.sandbox.wsgi:application", sandbox_port, environment, folder))
            _prepare(environment, "demo_certificates", "load_demo_documents")
        _manage(environment, "shell", "-v", "0", "--command", "from tests.browser.troubles import make; make()")
        stack.enter_context(_server("portal.wsgi:application", port, environment, folder))
        work_off(running)  # the demo's people are told what happened
        yield running


@contextmanager
def beside(running: Running, folder: Path, **extra: str) -> Iterator[Running]:
    """A second web server on the same data, with `extra` in its environment; who is signed in there, is here too."""
    port = free_port()
    other = replace(running, origin=f"http://{HOST}:{port}")
    with _server("portal.wsgi:application", port, _environment(other) | extra, folder):
        yield other


def _environment(running: Running) -> dict[str, str]:
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=running.database)
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": address,
        "PUBLIC_ORIGIN": running.origin,
        "SANDBOX_ORIGIN": running.sandbox,
        "SANDBOX_CLIENT_SECRET": running.secret,
        "VNEID_CLIENT_SECRET": running.secret,  # what bin/test has made for other processes must not differ from it
        "REGISTERS_CLIENT_SECRET": running.secret,
        "PAYMENT_SECRET": running.secret,
        "MESSAGES_CLIENT_SECRET": running.secret,
        "SANDBOX_SMTP_PORT": str(running.smtp_port),
        "MC_LOCAL_DIR": str(running.folder),
        "PORTAL_PLACE": "tỉnh Lào Cai",
        "PYTHONPATH": str(house.ROOT),
    }
    return {name: value for name, value in {**os.environ, **settings}.items() if name != "DATABASE_OWNER_URL"}


def _manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=house.ROOT, env=environment, check=True)


def _prepare(environment: dict[str, str], *commands: str) -> None:
    """All in one process: each start of Django costs seconds."""
    subprocess.run(
        [sys.executable, "manage.py", "prepare", *commands],
        cwd=house.ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def work_off(running: Running) -> None:
    """What was ordered up to now gets done, without worker and relay."""
    _manage(_environment(running), "relay", "--inline", "--once")


def let_acts_take_effect(running: Running) -> None:
    """What the workers do every minute."""
    _manage(_environment(running), "shell", "--command", "from units.tasks import run_due_acts; run_due_acts()")


@contextmanager
def at_work(running: Running, broker: str) -> Iterator[None]:
    """Worker and relay beside the portal: what is ordered gets done."""
    environment = _environment(running) | {"BROKER_URL": broker}
    celery = [str(Path(sys.executable).with_name("celery")), "--app", "portal.celery", "worker"]
    worker = [
        *celery,
        "--loglevel",
        "WARNING",
        "--pool",
        "threads",
        "--concurrency",
        "2",
    ]
    with ExitStack() as stack:
        for name, command in (("worker", worker), ("relay", [sys.executable, "manage.py", "relay"])):
            words = stack.enter_context((running.folder / f"{name}.log").open("w"))
            stack.enter_context(_process(command, environment, words))
        yield


@contextmanager
def _process(command: list[str], environment: dict[str, str], words: IO[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Ended with everything that it started."""
    process = subprocess.Popen(
        command, cwd=house.ROOT, env=environment, stdout=words, stderr=words, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _server(application: str, port: int, environment: dict[str, str], folder: Path) -> Iterator[None]:
    """Granian with one worker and several threads, as the demo runs it; its words go to a file in `folder`."""
    log = folder / f"{application.split(':', maxsplit=1)[0]}.log"
    command = [
        str(Path(sys.executable).with_name("granian")),
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
    ]
    command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning", application]
    with log.open("w") as words, _process(command, environment, words) as process:
        _wait_until_it_answers(process, port, log)
        yield


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection(HOST, port, timeout=PATIENCE)) as connection,
        ):
            connection.request("GET", "/suc-khoe/")
            with connection.getresponse() as answer:
                if answer.status < 500:
                    return
        time.sleep(0.2)
    raise RuntimeError(f"No answer on port {port}:\n{log.read_text(encoding='utf-8')[-3000:]}")
