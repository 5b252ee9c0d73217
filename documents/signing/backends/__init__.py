"""Who holds the keys. A backend turns bytes into a raw signature; it never sees a PDF."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


class Signer(Protocol):
    """`key` is the backend's name for the key; `certificate` is DER and tells the kind of key."""

    def activate(self, *, key: str, secret: str, count: int) -> str:
        """Unlock the key for `count` signatures with the PIN; returns what `sign` wants as `activation`.

        Empty where the key needs no unlocking. Raises SignerAwayError, SignerRefusedError.
        """
        ...

    def sign(self, *, key: str, certificate: bytes, data: bytes, activation: str = "") -> bytes:
        """Over `data` with SHA-256: RSA PKCS#1 v1.5, or ECDSA as DER. Raises SignerAwayError, SignerRefusedError."""
        ...


@cache
def _made(path: str, options: tuple[tuple[str, Any], ...]) -> Signer:
    made: Signer = import_string(path)(**dict(options))
    return made


def backend(name: str) -> Signer:
    """The backend that the setting SIGNER_BACKENDS has under this name; made once per process, so keys stay loaded."""
    try:
        spec: Mapping[str, Any] = settings.SIGNER_BACKENDS[name]
    except KeyError as error:
        raise ImproperlyConfigured(f"SIGNER_BACKENDS has no {name!r}.") from error
    return _made(spec["BACKEND"], tuple(sorted(spec.get("OPTIONS", {}).items())))


def names() -> list[str]:
    return sorted(settings.SIGNER_BACKENDS)
