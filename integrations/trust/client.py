"""Asks trust services over HTTP: bounded in time and size, no redirects, one more try when the connection fails.

A question about a status and a request for a time-stamp change nothing on the other side, so both may be repeated.
"""

import threading
from urllib.parse import urlsplit

import requests
from django.conf import settings

from documents.signing.errors import TrustServiceAwayError

TIMEOUT = (3.05, 8)  # seconds to connect, and between two bytes of the answer
LARGEST = 8 * 1024 * 1024  # bytes of one answer; lists of revoked certificates are the largest
TRIES = 2
_own = threading.local()


def _session() -> requests.Session:
    """One per thread, so that connections stay open between signatures."""
    session: requests.Session | None = getattr(_own, "session", None)
    if session is None:
        session = _own.session = requests.Session()
        session.trust_env = False
    return session


def address_of(url: str) -> str:
    """Where the service of this address answers, by the setting TRUST_ADDRESSES: host -> address."""
    parts = urlsplit(url)
    base = settings.TRUST_ADDRESSES.get(parts.hostname or "")
    if base is None:
        return url
    return f"{base.rstrip('/')}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def exchange(url: str, *, body: bytes | None = None, content_type: str = "", accept: str = "") -> bytes:
    address = address_of(url)
    headers = {"Accept": accept or "*/*", **({"Content-Type": content_type} if body is not None else {})}
    for left in reversed(range(TRIES)):
        try:
            return _once(address, body, headers)
        except requests.ConnectionError as error:
            if not left:
                raise TrustServiceAwayError(f"{url}: {type(error).__name__}") from error
        except (requests.RequestException, OSError) as error:
            raise TrustServiceAwayError(f"{url}: {type(error).__name__}") from error
    raise TrustServiceAwayError(url)


def _once(address: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    method = "GET" if body is None else "POST"
    with _session().request(
        method, address, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
    ) as response:
        content: bytes = response.raw.read(LARGEST + 1, decode_content=True)
        if response.status_code != requests.codes.ok or len(content) > LARGEST:
            raise TrustServiceAwayError(f"{address}: status {response.status_code}, {len(content)} bytes")
        return content
