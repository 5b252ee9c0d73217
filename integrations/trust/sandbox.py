"""The trial authority over real HTTP: time-stamps, status, lists, issuers, enrolment; and what may go wrong with them.

`POST faults` makes a service be down, slow or talk garbage, and sets the clock of all of them, for tests.
"""

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, wraps

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from integrations.sandbox.settings import SANDBOX_STATE_DIR
from integrations.trust.authority import Authority, BadRequestError
from integrations.trust.faults import Fault

SLOW_SECONDS = 12  # longer than any client waits
VALID_DAYS = 3 * 365  # of a certificate, unless the request says otherwise
View = Callable[..., HttpResponse]


class Board:
    """The switches of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: dict[str, Fault] = {}
        self._clock: datetime | None = None

    def set(self, faults: dict[str, Fault], clock: datetime | None) -> None:
        with self._lock:
            self._faults, self._clock = faults, clock

    def fault(self, service: str) -> Fault:
        with self._lock:
            return self._faults.get(service, Fault.NONE)

    def now(self) -> datetime:
        with self._lock:
            return self._clock or datetime.now(UTC)


BOARD = Board()


@cache
def authority() -> Authority:
    return Authority(SANDBOX_STATE_DIR / "trust")


def troubled(service: str) -> Callable[[View], View]:
    """The view as its fault wants it."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **named: str) -> HttpResponse:
            fault = BOARD.fault(service)
            if fault is Fault.DOWN:
                return HttpResponse(status=503)
            if fault is Fault.SLOW:
                time.sleep(SLOW_SECONDS)
            response = view(request, **named)
            if fault is Fault.GARBAGE:
                response.content = b"\x00garbage" * 20
            return response

        return answer

    return wrap


def for_client(view: View) -> View:
    """Only for who knows the secret that portal and sandbox share."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        pair = f"{settings.VNEID_CLIENT_ID}:{settings.VNEID_CLIENT_SECRET}".encode()
        expected = b"Basic " + base64.b64encode(pair)
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected):
            return JsonResponse({"error": "invalid_client"}, status=401)
        try:
            return view(request, **named)
        except (ValueError, KeyError, TypeError, BadRequestError) as error:
            return JsonResponse({"error": str(error)[:200]}, status=400)

    return answer


@csrf_exempt
@require_POST
@troubled("tsa")
def time_stamp(request: HttpRequest) -> HttpResponse:
    return _der(lambda: authority().time_stamp(request.body, at=BOARD.now()), "application/timestamp-reply")


@csrf_exempt
@require_POST
@troubled("ocsp")
def ocsp(request: HttpRequest) -> HttpResponse:
    return _der(lambda: authority().ocsp_response(request.body, at=BOARD.now()), "application/ocsp-response")


@require_GET
@troubled("crl")
def crl(request: HttpRequest, name: str) -> HttpResponse:
    return _der(lambda: authority().crl(name, at=BOARD.now()), "application/pkix-crl")


@require_GET
@troubled("ca")
def issuer(request: HttpRequest, name: str) -> HttpResponse:
    holder = {"root": authority().root, "issuing": authority().issuing}[name]
    return HttpResponse(holder.certificate.public_bytes(Encoding.DER), content_type="application/pkix-cert")


def _der(make: Callable[[], bytes], content_type: str) -> HttpResponse:
    try:
        return HttpResponse(make(), content_type=content_type)
    except (ValueError, TypeError):  # asn1crypto's words for bytes that are no request
        return HttpResponse(status=400)


@csrf_exempt
@require_POST
@for_client
def enrol(request: HttpRequest) -> HttpResponse:
    """{"request": PEM, "first": moment, "last": moment} -> {"certificate": PEM, "chain": [PEM, ...]}"""
    asked = json.loads(request.body)
    first = datetime.fromisoformat(asked["first"]) if "first" in asked else BOARD.now() - timedelta(minutes=5)
    last = datetime.fromisoformat(asked["last"]) if "last" in asked else first + timedelta(days=VALID_DAYS)
    made = authority().issue(str(asked["request"]).encode(), first=first, last=last)
    chain = [
        holder.certificate.public_bytes(Encoding.PEM).decode() for holder in (authority().issuing, authority().root)
    ]
    return JsonResponse({"certificate": made.decode(), "chain": chain})


@csrf_exempt
@require_POST
@for_client
def revoke(request: HttpRequest) -> HttpResponse:
    asked = json.loads(request.body)
    at = datetime.fromisoformat(asked["at"]) if "at" in asked else BOARD.now()
    authority().revoke(int(asked["serial"], 16), at=at)
    return JsonResponse({})


@csrf_exempt
@require_POST
@for_client
def faults(request: HttpRequest) -> HttpResponse:
    """{"faults": {"tsa": "down", ...}, "clock": moment or null}: what is not named works."""
    asked = json.loads(request.body)
    clock = datetime.fromisoformat(asked["clock"]) if asked.get("clock") else None
    BOARD.set({str(service): Fault(fault) for service, fault in asked.get("faults", {}).items()}, clock)
    return JsonResponse({})


urlpatterns = [
    path("tsa", time_stamp),
    path("ocsp", ocsp),
    path("crl/<slug:name>.crl", crl),
    path("ca/<slug:name>.crt", issuer),
    path("enrol", enrol),
    path("revoke", revoke),
    path("faults", faults),
]
