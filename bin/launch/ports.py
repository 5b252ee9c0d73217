"""Ports that stay the same from start to start, so that bookmarks and registered addresses stay right."""

import socket
from pathlib import Path

from launch.say import SetupError

HOST = "127.0.0.1"


def free(port: int) -> bool:
    """Whether we can listen there; as the web server does, without taking over a port that is still in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def remembered(state: Path, name: str) -> int:
    """The port of `name` that this folder got the first time."""
    file = state / "ports" / name
    if file.exists():
        return int(file.read_text(encoding="utf-8"))
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(port), encoding="utf-8")
    return port


def renew_when_taken(state: Path, name: str) -> None:
    """Choose another port when a stranger took the remembered one; only for ports that nobody types."""
    if not free(remembered(state, name)):
        (state / "ports" / name).unlink()
        remembered(state, name)


def claim(port: int) -> None:
    """Refuse early, with what to do, when the address of the portal is taken."""
    if not 1 <= port <= 65535:
        raise SetupError(f"{port} is no port: choose one from 1024 to 65535.")
    if not free(port):
        raise SetupError(f"Port {port} can't be used: it is taken, or not open to this account. Try --port {port + 1}.")
