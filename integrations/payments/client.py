"""Speaks with the payment platform over HTTP: bounded in time and size, no redirects, one host. Knows no portal words.

INIT and REFUND bear a name of our own, so a second sending is the same order; each is sent once, and again only by the
relay.
"""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LARGEST = 8 * 1024 * 1024  # bytes of one answer: the statement of a day
PIECE = 64 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
DONE = 0  # error_code
UNKNOWN = 4
# Paths are UNVERIFIED: the setting PAYMENT_PATHS replaces any of them.
PATHS = {
    "init": "thanh-toan/khoi-tao",
    "check": "thanh-toan/tra-cuu",
    "refund": "thanh-toan/hoan-tra",
    "statement": "thanh-toan/doi-soat",
}


class AwayError(Exception):
    """No answer in time, or none that makes sense. The message names nobody."""


class RefusedError(Exception):
    """They say no: `code` is theirs."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error_code {code}")
        self.code = code


def ask(what: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """The answer's document with error_code 0. Raises AwayError, RefusedError."""
    connect, whole = settings.PAYMENT_TIMEOUT
    ends = time.monotonic() + whole
    address = _address(what)
    try:
        with requests.post(
            address, json=message, timeout=(connect, whole), allow_redirects=False, stream=True
        ) as response:
            status, content = response.status_code, _read(response, ends)
    except (requests.RequestException, OSError) as error:
        raise AwayError(f"{what}: {type(error).__name__}") from error
    if status != requests.codes.ok:
        raise AwayError(f"{what}: status {status}")
    return _document(what, content)


def _address(what: str) -> str:
    base = settings.PAYMENT_ADDRESS
    parts = urlsplit(base)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured("PAYMENT_ADDRESS must be an https address.")
    path = settings.PAYMENT_PATHS.get(what, PATHS[what])
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def _read(response: requests.Response, ends: float) -> bytes:
    """As long as time lasts: a server that drips would keep us for ever."""
    content = b""
    for piece in response.iter_content(PIECE):
        content += piece
        if len(content) > LARGEST or time.monotonic() > ends:
            raise AwayError("The answer is too large, or takes too long.")
    return content


def _document(what: str, content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except ValueError as error:
        raise AwayError(f"{what}: no JSON") from error
    if not isinstance(document, dict) or not isinstance(document.get("error_code"), int):
        raise AwayError(f"{what}: no answer of the platform")
    if document["error_code"] != DONE:
        raise RefusedError(document["error_code"])
    return document
