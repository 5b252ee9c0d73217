"""The first moments of every script: a place to work, the packages, then on inside the virtual environment."""

import os
import sys
import time
from importlib import import_module
from pathlib import Path

from launch import install, place

SINCE = "MC_STARTED_AT"  # carries the moment of the start over to the same script inside the environment
began = float(os.environ.pop(SINCE, time.time()))


def run(module: str, lock: str, *, anywhere: bool = False) -> int:
    """`main` of `launch.<module>`, with the packages of `lock` at hand; `anywhere`: it goes inside when it must."""
    place.ready()
    install.ensure(lock)
    if not anywhere:
        inside()
    return int(import_module(f"launch.{module}").main())


def inside() -> None:
    """Begin the script again inside the virtual environment, unless it runs there."""
    if Path(sys.prefix).resolve() != place.VENV.resolve():
        command = [str(place.PYTHON), *sys.argv]
        os.execve(command[0], command, {**os.environ, SINCE: str(began)})
