"""Hands one message to a gateway over HTTP: bounded in time and size, no redirects, the message's id as its key.

Nothing is sent twice from here. An error before the request went out is `NotTakenError`; after it the outcome is in
doubt, and the caller asks `outcome()` before the next try.
"""

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.notifications.backends import InDoubtError, NotTakenError, Refused, Reply, Taken
from portal.notifications.states import Reason

LARGEST = 64 * 1024  # bytes of one answer
PIECE = 8 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
KEY = "Idempotency-Key"
OK, ACCEPTED, NOT_FOUND, TOO_MANY = 200, 202, 404, 429
NOT_TAKEN = {401, 403, 429}  # they have looked at who asks, or how often, and nothing else
REASONS = {"invalid_address": Reason.BAD_ADDRESS, "not_accepted": Reason.NOT_ACCEPTED}


@dataclass(frozen=True, slots=True)
class Gateway:
    """`path` takes messages; under it stands what became of each, by its key."""

    address: str
    path: str
    client_id: str
    client_secret: str

    def url(self) -> str:
        parts = urlsplit(self.address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ImproperlyConfigured("The address of a gateway must be https.")
        return f"{self.address.rstrip('/')}/{self.path}"


def send(gateway: Gateway, key: uuid.UUID, body: Mapping[str, Any]) -> Reply:
    """Raises NotTakenError, InDoubtError."""
    status, said = _ask("POST", gateway, gateway.url(), {KEY: str(key)}, body)
    if status in {OK, ACCEPTED}:
        return _taken(said)
    if status in NOT_TAKEN:
        raise NotTakenError(f"{gateway.path}: status {status}")
    if status == requests.codes.unprocessable and str(said.get("code")) in REASONS:
        return Refused(REASONS[str(said["code"])])
    raise InDoubtError(f"{gateway.path}: status {status}")


def outcome(gateway: Gateway, key: uuid.UUID) -> Reply | None:
    """None when nothing of this key arrived. Raises InDoubtError while they do not say."""
    try:
        status, said = _ask("GET", gateway, f"{gateway.url()}/{key}", {}, None)
    except NotTakenError as error:
        raise InDoubtError(str(error)) from error
    if status == NOT_FOUND and said.get("code") == "unknown_key":  # not any 404: a wrong path knows no key either
        return None
    if status == OK and said.get("code") in REASONS:
        return Refused(REASONS[str(said["code"])])
    if status == OK:
        return _taken(said)
    raise InDoubtError(f"{gateway.path}: status {status}")


def _taken(said: Mapping[str, Any]) -> Taken:
    reference = said.get("id")
    if not isinstance(reference, str) or not reference:
        raise InDoubtError("The answer names no message.")
    return Taken(reference[:200])


def _ask(
    method: str, gateway: Gateway, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> tuple[int, dict[str, Any]]:
    connect, whole = settings.NOTIFICATION_TIMEOUT
    ends = time.monotonic() + whole
    try:
        with requests.request(
            method,
            url,
            json=body,
            headers=dict(headers),
            auth=(gateway.client_id, gateway.client_secret),
            timeout=(connect, whole),
            allow_redirects=False,
            stream=True,
        ) as response:
            return response.status_code, _object(_read(response, ends))
    except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
        raise NotTakenError(f"{gateway.path}: {type(error).__name__}") from error
    except requests.ConnectionError as error:
        if _never_connected(error):
            raise NotTakenError(f"{gateway.path}: no connection") from error
        raise InDoubtError(f"{gateway.path}: {type(error).__name__}") from error
    except (requests.RequestException, OSError) as error:
        raise InDoubtError(f"{gateway.path}: {type(error).__name__}") from error


def _never_connected(error: BaseException) -> bool:
    """urllib3 wraps a refused or unknown host several times; anything else may have come after the request."""
    chain: list[BaseException] = [error]
    while chain:
        one = chain.pop()
        if type(one).__name__ in {"NewConnectionError", "NameResolutionError"}:
            return True
        inner = [getattr(one, "reason", None), one.__cause__, one.__context__, *getattr(one, "args", ())]
        chain += [item for item in inner if isinstance(item, BaseException) and item is not one]
        if len(chain) > PIECE:
            return False
    return False


def _read(response: requests.Response, ends: float) -> bytes:
    content = b""
    for piece in response.iter_content(PIECE):
        content += piece
        if len(content) > LARGEST or time.monotonic() > ends:
            raise InDoubtError("The answer is too large, or takes too long.")
    return content


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content) if content else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
