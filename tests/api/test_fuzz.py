"""Five hundred requests that nobody should send: none is answered with HTML, none with a server error."""

import itertools
import urllib.parse

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

METHODS = ["GET", "GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"]
PLACES = [
    "", "v1", "v1/", "v1/units", "v1/units/1", "v1/units/0/children", "v1/units/9999999999999999999999", "v1/units.csv",
    "v1/units/1/history", "v1/units/1/subtree", "v1/unit-codes/00004", "v1/unit-codes/%00", "v1/unit-codes/..%2f..",
    "v1/reorganisations", "v1/reorganisations/1", "v1/openapi.json", "v2/units", "v1/units/%F0%9F%92%A9", "v1/%0a",
    "v1/units;x=1", "v1//units", "v1/units/1/../2", "v1/units/" + "9" * 3000,
]  # fmt: skip
KEYS = [
    "on", "q", "level", "type", "parent", "code", "borneOnDate", "limit", "cursor", "scheme", "kind", "format", "on[]",
]  # fmt: skip
VALUES = [
    "", "2026-11-22", "2025-06-30", "0000-00-00", "9999-12-31", "-1", "1e9", "NaN", "a" * 10_000, "' or 1=1 --", "\x00",
    "\ud7ff", "%", "_", "\\", "{}", "[]", "null", "Đà Nẵng", "\u202e", "😀", "commune", "00004", "1", "200", "<script>",
]  # fmt: skip
HEADERS = [
    {}, {"HTTP_ACCEPT": "text/html"}, {"HTTP_ACCEPT": "*/*;q=0"}, {"HTTP_ACCEPT": ";;;"},
    {"HTTP_ACCEPT_LANGUAGE": "\xff"},
    {"HTTP_IF_NONE_MATCH": '"'}, {"HTTP_IF_MODIFIED_SINCE": "yesterday"}, {"CONTENT_LENGTH": "x"},
    {"HTTP_HOST": "evil"},
    {"HTTP_COOKIE": "sessionid=\x01; mc-session=zzz"}, {"HTTP_X_FORWARDED_FOR": "nobody"}, {"HTTP_RANGE": "bytes=0-"},
]  # fmt: skip
BODIES = [b"", b"{", b"null", b"\xff\xfe\x00", b'{"a":' * 2000, b"a=1&b=2", b"<?xml version='1.0'?><x/>"]
TYPES = ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=nonsense", ""]


def test_five_hundred_odd_requests_get_no_html_and_break_nothing() -> None:
    client = Client(raise_request_exception=False)
    # Lists of lengths without a common divisor, gone round in step, meet in ever new combinations.
    rounds = zip(*(itertools.cycle(values) for values in (METHODS, PLACES, KEYS, VALUES, BODIES, TYPES)), strict=True)
    for number, (method, place, key, value, body, type_) in zip(range(500), rounds, strict=False):
        query = {key: value, KEYS[number % 7]: VALUES[number % 11]} if number % 3 else {}
        path = f"/api/{place}?{urllib.parse.urlencode(query)}"
        extra = HEADERS[number % len(HEADERS)] if number % 2 else {}
        response = client.generic(method, path, body, content_type=type_, **extra)
        told = f"{method} {path[:200]} {extra}: {response.status_code}"
        assert response.status_code < 500, told
        assert "html" not in response.get("Content-Type", ""), told
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json", told
