"""How signing reaches the outside: one function of `integrations`, named by the setting TRUST_TRANSPORT."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Transport(Protocol):
    """One exchange over HTTP, bounded in time and size. POST when there is a body. Raises TrustServiceAwayError."""

    def __call__(self, url: str, *, body: bytes | None = None, content_type: str = "", accept: str = "") -> bytes: ...


@cache
def _imported(path: str) -> Transport:
    found: Transport = import_string(path)
    return found


def transport() -> Transport:
    return _imported(settings.TRUST_TRANSPORT)
