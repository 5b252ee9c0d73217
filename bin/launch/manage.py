"""bin/manage: any management command, against the running demo or against services started for it alone.

Beside a running demo the standard library is enough, so that a command starts as fast as Django does.
"""

import os
import signal
import subprocess
import sys
import time

from launch import place, postgres, running, start
from launch.say import SetupError, line

MANAGE = [str(place.PYTHON), "-W", "ignore", "manage.py"]
# These make a database of their own beside the demo's, which the owner of the demo's tables may not.
BESIDE = {"replay_2025"}
PATIENCE = 300.0  # seconds; a first start loads the whole country


def main() -> int:
    while True:
        other = running.other()
        if other:
            with running.use():
                return _beside(other)
        start.inside()
        from launch import alone  # needs the packages, which are at hand only inside
        from launch.supervisor import Stopped  # the same

        with running.hold("bin/manage") as me:
            if me is not None:
                try:
                    return alone.run(sys.argv[1] if len(sys.argv) > 1 else "help", _call, me)
                except Stopped:
                    line("Stopped.")
                    return 130


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


def _call(environment: dict[str, str]) -> int:
    """Run the command on our terminal. Ctrl-C is for it to answer; we wait for its end and pass other signals on."""
    given = {**os.environ, **environment, **_superuser()}
    child = subprocess.Popen([*MANAGE, *sys.argv[1:]], cwd=place.ROOT, env=given)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _superuser() -> dict[str, str]:
    """The address of the embedded server's superuser, for the few commands that need it; a given server has its own."""
    if not BESIDE.intersection(sys.argv[1:2]) or os.environ.get("DATABASE_URL"):
        return {}
    return {"DATABASE_SUPERUSER_URL": postgres.Cluster(place.LOCAL).url()}
