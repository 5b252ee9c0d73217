"""Secrets of this folder: made once, kept in files that only their owner reads, never in a command line."""

import os
import secrets
from pathlib import Path


def read(state: Path, name: str) -> str:
    """The secret `name` of this folder, made when it is asked for the first time."""
    folder = state / "secrets"
    file = folder / name
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        part = folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as text:
            text.write(secrets.token_urlsafe(32))
            text.flush()
            os.fsync(text.fileno())
        part.replace(file)
    return file.read_text(encoding="utf-8")
