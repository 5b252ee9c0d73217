"""bin/manage: any management command, against the running demo or against services started for it alone."""

import os
import signal
import subprocess
import sys
import time

from launch import assets, leftovers, place, ports, prepare, running, services
from launch.portal import MANAGE
from launch.say import SetupError, line
from launch.settings import for_django
from launch.supervisor import Stopped, supervised

# These work on a database in any state, or on none.
BARE = {"check", "dbshell", "flush", "help", "inspectdb", "makemessages", "makemigrations", "migrate", "showmigrations",
        "sqlmigrate", "startapp", "house", "--help", "-h", "--version"}  # fmt: skip  # a list of names
PATIENCE = 300.0  # seconds; a first start loads the whole country


def main() -> int:
    while True:
        other = running.other()
        if other:
            with running.use():
                return _beside(other)
        with running.hold("bin/manage") as me:
            if me is not None:
                return _alone(me)


def _beside(other: running.Running) -> int:
    began = time.monotonic()
    while other and not other.environment:
        if time.monotonic() - began > PATIENCE:
            raise SetupError(f"{other.who} (process {other.pid}) does not finish its start. Stop it, then repeat.")
        time.sleep(0.2)
        now = running.other()
        if now is None:
            raise SetupError("The start that this command waited for was stopped. Repeat the command.")
        other = now
    return _call(other.environment)


def _alone(me: running.Running) -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    leftovers.end_marked(place.LOCAL)
    try:
        with supervised() as supervisor:
            assets.compile_catalogues()
            found = services.start(supervisor, place.LOCAL)
            environment = for_django(found, port=8000, sandbox_port=ports.remembered(place.LOCAL, "sandbox"))
            if command not in BARE:
                prepare.ensure(environment)
            me.environment = environment
            me.tell()
            code = _call(environment)
            running.wait_until_unused()
            return code
    except Stopped:
        line("Stopped.")
        return 130


def _call(environment: dict[str, str]) -> int:
    """Run the command on our terminal. Ctrl-C is for it to answer; we wait for its end and pass other signals on."""
    child = subprocess.Popen([*MANAGE, *sys.argv[1:]], cwd=place.ROOT, env={**os.environ, **environment})
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code
