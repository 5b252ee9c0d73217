"""Reading the environment: one clear error for what is missing."""

import base64
import hashlib
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def text(name: str, default: str | None = None) -> str:
    """The value of an environment variable; `NAME_FILE` names a file that holds it (container secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it, or {name}_FILE to a file that holds it.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return text(name, default).replace(",", " ").split()


def document(name: str) -> dict[str, str]:
    """A JSON object of texts; empty when nothing is set."""
    try:
        found = json.loads(text(name, "{}"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not JSON.") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ImproperlyConfigured(f"{name} must be a JSON object of texts.")
    return found


def database(url: str) -> dict[str, object]:
    """Django's settings of one PostgreSQL connection, from a libpq URL; its query string holds libpq options."""
    parts = {"connect_timeout": "5"} | {key: str(value) for key, value in conninfo_to_dict(url).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
        "CONN_MAX_AGE": 300,  # seconds; a new connection costs a handshake of several milliseconds
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def development_keys(secret: str) -> dict[str, str]:
    """Keys for personal numbers where nobody set any: good for invented people only."""
    names = ("index", "development")
    return {name: base64.b64encode(hashlib.sha256(f"{name}:{secret}".encode()).digest()).decode() for name in names}


def cookie_name(name: str, origin: str) -> str:
    """A name of its own for each port: the portal and the sandbox share a host name where people try things out."""
    port = urlsplit(origin).port
    return f"{name}-{port}" if port else name
