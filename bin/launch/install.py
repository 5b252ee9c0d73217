"""The virtual environment, filled from a hash-locked list and nothing else."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from launch import place
from launch.say import SetupError, quietly, step

OLDEST = (3, 11)
REACH = "Check that this machine reaches its package registry, then repeat"
RUNTIME, CHECKS = "requirements.lock", "dev.lock"


def ensure(lock: str) -> None:
    """Bring `.venv` to what `lock` says. The longer list holds the shorter: a demo takes nothing away from tests."""
    if sys.version_info < OLDEST:
        raise SetupError(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")
    with place.alone(place.LOCAL / "install.lock", "another start installs packages"):
        if _installed(CHECKS) or _installed(lock):
            return
        with step(f"Installing packages from {lock}"):
            _environment()
            _uv()
            command = [place.VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", place.PYTHON]
            quietly(
                [*command, "--require-hashes", "-r", place.ROOT / lock],
                why=f"Packages could not be installed. {REACH}",
                env=place.online(),
            )
            _mark(lock).write_text(_wanted(lock), encoding="utf-8")


def _wanted(lock: str) -> str:
    return place.digest([place.ROOT / lock], f"{sys.version_info[:2]}")


def _mark(lock: str) -> Path:
    return place.VENV / f".installed-{lock}"


def _installed(lock: str) -> bool:
    mark = _mark(lock)
    return place.PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == _wanted(lock)


def _environment() -> None:
    works = (
        place.PYTHON.exists()
        and not subprocess.run([place.PYTHON, "-c", "import sys, pip"], capture_output=True, check=False).returncode
    )
    if works:
        return
    if find_spec("ensurepip") is None:  # Debian ships it apart
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupError(
            f"Python's venv module is missing. Install it, then repeat: sudo apt-get install python3-venv "
            f"(or python{version}-venv)."
        )
    shutil.rmtree(place.VENV, ignore_errors=True)  # half-made, or of a Python that is gone
    quietly([sys.executable, "-m", "venv", place.VENV], why=f"No virtual environment could be made in {place.VENV}")


def _uv() -> None:
    lock = Path(__file__).with_name("uv.lock")
    mark = place.VENV / ".installed-uv"
    if mark.exists() and mark.read_bytes() == lock.read_bytes():
        return
    command = [place.PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    quietly([*command, "--require-hashes", "-r", lock], why=f"uv could not be installed. {REACH}", env=place.online())
    mark.write_bytes(lock.read_bytes())
