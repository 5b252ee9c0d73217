"""Secrets of this folder: made once, kept in files that only their owner reads, never in a command line."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def word() -> str:
    return secrets.token_urlsafe(32)


def personal_data() -> str:
    """Two keys of 32 bytes: one seals personal numbers, one makes their digests for look-up."""
    return json.dumps({name: base64.b64encode(secrets.token_bytes(32)).decode() for name in ("index", "first")})


def read(state: Path, name: str, make: Callable[[], str] = word) -> str:
    """The secret `name` of this folder, made when it is asked for the first time."""
    folder = state / "secrets"
    file = folder / name
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        part = folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as text:
            text.write(make())
            text.flush()
            os.fsync(text.fileno())
        part.replace(file)
    return file.read_text(encoding="utf-8")
