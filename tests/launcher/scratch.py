"""A fresh copy of the project in a folder that nobody else can read, and the commands started in it."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[2]
OPEN = "The portal is open"
OUTER = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_SUPERUSER_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DJANGO_SETTINGS_MODULE",
)


def copy_of_the_project(folder: Path) -> Path:
    """What git would hand out, and the built assets, so that no test waits for a download."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for built in ("dist", "node_modules"):
        subprocess.run(["cp", "-a", "--reflink=auto", ROOT / "assets" / built, folder / "assets" / built], check=True)
    folder.chmod(0o700)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], bool], seconds: float, why: str) -> float:
    """Seconds that passed until `what` held."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, why
        time.sleep(0.1)
    return time.monotonic() - began


@dataclass
class Scratch:
    """The copy, and what is running in it."""

    folder: Path
    port: int = field(default_factory=free_port)
    demo: "subprocess.Popen[bytes] | None" = None

    @property
    def local(self) -> Path:
        return self.folder / ".local"

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text(encoding="utf-8")

    def environment(self) -> dict[str, str]:
        inner = {
            name: value
            for name, value in os.environ.items()
            if name not in OUTER and not name.startswith(("MC_", "DJANGO_", "VNEID_"))
        }
        return {**inner, "MC_VENV": sys.prefix}

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *command], cwd=self.folder, env=self.environment(), capture_output=True, text=True,
            timeout=180, check=False,
        )  # fmt: skip  # options of one kind on a line

    def start(self) -> float:
        """Start the demo; seconds to its first page."""
        with (self.folder / "output").open("wb") as output:
            self.demo = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", sys.executable, "bin/demo", "--port", str(self.port)],
                cwd=self.folder,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return until(lambda: self._open() or self._ended(), 180, "the demo does not open")

    def _open(self) -> bool:
        return self.health() == 200 and OPEN in self.output

    def _ended(self) -> bool:
        assert self.demo
        assert self.demo.poll() is None, self.output
        return False

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        """Status, headers with small letters, body."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()

    def health(self) -> int:
        try:
            return self.get("/suc-khoe/")[0]
        except OSError:
            return 0

    def data(self) -> Path:
        """Where the database lies: elsewhere when its account can't enter our folder. Asked of a running demo."""
        told = json.loads((self.local / "running.json").read_text(encoding="utf-8"))
        return Path(str(conninfo_to_dict(told["environment"]["DATABASE_URL"])["host"])).parent / "pg"

    def processes(self) -> dict[int, str]:
        """Everything that was started for this folder, with its command line; found as the launcher finds it."""
        return {pid: command for pid, (command, inside) in _all().items() if inside(self.local)}

    def finds(self, pattern: str) -> bool:
        return any(re.search(pattern, command) for command in self.processes().values())

    def process(self, pattern: str) -> int:
        """The oldest process whose command line matches."""
        found = [pid for pid, command in self.processes().items() if re.search(pattern, command)]
        assert found, f"nothing like {pattern} runs: {self.processes()}"
        return min(found)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.demo and self.demo.poll() is None:
            self.demo.send_signal(number)
            self.demo.wait(60)


def _all() -> dict[int, tuple[str, Callable[[Path], bool]]]:
    found = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                command = _text(process / "cmdline").replace("\0", " ")
                marks = _text(process / "environ").split("\0")
                cwd = (process / "cwd").readlink()
            except OSError:
                continue
            if command:
                found[int(process.name)] = (command, _belongs(marks, cwd))
    return found


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def _belongs(marks: list[str], cwd: Path) -> Callable[[Path], bool]:
    return lambda local: f"MC_STARTED_FROM={local}" in marks or cwd.is_relative_to(local)
