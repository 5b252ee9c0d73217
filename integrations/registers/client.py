"""Asks a register through the adapter of the province: bounded in time and size, no redirects, one host.

It knows no portal words, and keeps nothing of what it hears.

Every question is a read with a number of its own, so it may be asked twice: once more when the other side fails, never
after it used up the time that a person is willing to wait.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LARGEST = 256 * 1024  # bytes of one answer
PIECE = 16 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
DONE = 0  # error_code
TRIES = 2
# The paths at the adapter are not published: UNVERIFIED, so the setting REGISTERS_PATHS replaces any of them.
PATHS = {
    "population": "dan-cu/cong-dan",
    "number-request": "dan-cu/so-dinh-danh",
    "number-status": "dan-cu/so-dinh-danh/trang-thai",
    "civil_status": "ho-tich/tra-cuu",
    "birth_notice": "giay-bao/chung-sinh",
    "death_notice": "giay-bao/bao-tu",
    "business": "doanh-nghiep/tra-cuu",
    "issued_result": "kho-ca-nhan/giay-to",
}


class RegisterError(Exception):
    """Base of the errors below; the message names no person."""


class NotConnectedError(RegisterError):
    """The portal has no address of this register."""


class LateError(RegisterError):
    """No answer in time."""


class FailedError(RegisterError):
    """No connection, or an error of theirs."""


class GarbageError(RegisterError):
    """An answer that makes no sense."""


class RefusedError(RegisterError):
    """They don't let us ask, or not this."""


class RestingError(RegisterError):
    """It failed so often that it is not asked for a while."""


class Breaker:
    """Five failures in a row, and this process leaves the register alone for a minute; then one question tries."""

    FAILURES = 5
    REST = 60.0  # seconds

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, int] = {}
        self._closed_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def check(self, register: str) -> None:
        with self._lock:
            if self._clock() < self._closed_until.get(register, 0.0):
                raise RestingError(register)
            if register in self._closed_until:  # the minute is over: one may try, the others wait for what it meets
                self._closed_until[register] = self._clock() + self.REST

    def failed(self, register: str) -> None:
        with self._lock:
            self._failures[register] = self._failures.get(register, 0) + 1
            if self._failures[register] >= self.FAILURES:
                self._closed_until[register] = self._clock() + self.REST

    def succeeded(self, register: str) -> None:
        with self._lock:
            self._failures.pop(register, None)
            self._closed_until.pop(register, None)


breaker = Breaker()


def ask(register: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The answer's document with error_code 0. Raises RegisterError of the kind that befits."""
    address = _address(register)
    breaker.check(register)
    try:
        answer = _twice(address, body)
    except RefusedError:
        breaker.succeeded(register)  # it answers
        raise
    except RegisterError:
        breaker.failed(register)
        raise
    breaker.succeeded(register)
    return answer


def _address(register: str) -> str:
    base = settings.REGISTERS_ADDRESS
    if not base:
        raise NotConnectedError(register)
    parts = urlsplit(base)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured("REGISTERS_ADDRESS must be an https address.")
    path = settings.REGISTERS_PATHS.get(register, PATHS[register])
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def _twice(address: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """At most two tries within the time of one."""
    _, whole = settings.REGISTERS_TIMEOUT
    ends = time.monotonic() + whole
    for attempt in range(1, TRIES + 1):
        try:
            return _once(address, body, ends)
        except (FailedError, GarbageError):
            if attempt == TRIES or time.monotonic() >= ends:
                raise
    raise FailedError(address)


def _once(address: str, body: Mapping[str, Any], ends: float) -> dict[str, Any]:
    connect, _ = settings.REGISTERS_TIMEOUT
    left = max(ends - time.monotonic(), 0.05)
    access = (settings.REGISTERS_CLIENT_ID, settings.REGISTERS_CLIENT_SECRET)
    try:
        with requests.post(
            address, json=body, auth=access, timeout=(min(connect, left), left), allow_redirects=False, stream=True
        ) as response:
            status, content = response.status_code, _read(response, ends)
    except requests.Timeout as error:
        raise LateError(address) from error
    except (requests.RequestException, OSError) as error:
        raise FailedError(f"{address}: {type(error).__name__}") from error
    if status in {401, 403, 422}:
        raise RefusedError(f"{address}: status {status}")
    if status != requests.codes.ok:
        raise FailedError(f"{address}: status {status}")
    return _document(address, content)


def _read(response: requests.Response, ends: float) -> bytes:
    """The body, as long as time lasts: a server that drips would keep us for ever."""
    content = b""
    for piece in response.iter_content(PIECE):
        content += piece
        if len(content) > LARGEST:
            raise GarbageError("The answer is too large.")
        if time.monotonic() > ends:
            raise LateError("The answer takes too long.")
    return content


def _document(address: str, content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except ValueError as error:
        raise GarbageError(f"{address}: no JSON") from error
    if not isinstance(document, dict) or not isinstance(document.get("error_code"), int):
        raise GarbageError(f"{address}: no answer of a register")
    if document["error_code"] != DONE:
        raise RefusedError(f"{address}: error_code {document['error_code']}")
    return document
