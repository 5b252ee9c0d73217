"""The other side of all registers: who may ask, what each question must hold, and the switches of the faults."""

import base64
import functools
import hmac
import json
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from integrations.registers.faults import SWITCHES, Fault, Register, wait_slowly

Body = dict[str, Any]
Answered = dict[str, Any]
Answering = Callable[[Body, Fault], Answered]
BAD_QUESTION = {"error_code": 2, "message": "The question lacks what it needs."}
KNOWN_ALREADY = {"error_code": 3, "message": "This MaYeuCau was used for another question."}
MOST = 5_000  # questions remembered


class Asked:
    """Every question has a number of its own; the same number again must be the same question."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def fits(self, address: str, body: Body) -> bool:
        told = json.dumps(body, sort_keys=True, ensure_ascii=False)
        with self._lock:
            while len(self._known) >= MOST:
                self._known.pop(next(iter(self._known)))
            return self._known.setdefault(f"{address} {body['MaYeuCau']}", told) == told


ASKED = Asked()


def answers(register: Register) -> Callable[[Answering], Callable[[HttpRequest], HttpResponse]]:
    """An address of this register: access checked, body read, faults played; the function gives the honest answer."""

    def wrap(answering: Answering) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt
        @require_POST
        @functools.wraps(answering)
        def view(request: HttpRequest) -> HttpResponse:
            fault = SWITCHES.take(register)
            if fault is Fault.REFUSED or not _is_known(request):
                return JsonResponse({"error_code": 1, "message": "The portal is not known here."}, status=401)
            return _faulty(fault) or _answered(request, answering, fault)

        return view

    return wrap


def _is_known(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").encode()
    expected = base64.b64encode(f"{settings.REGISTERS_CLIENT_ID}:{settings.REGISTERS_CLIENT_SECRET}".encode())
    return bool(settings.REGISTERS_CLIENT_SECRET) and hmac.compare_digest(given, b"Basic " + expected)


def _faulty(fault: Fault) -> HttpResponse | None:
    if fault is Fault.TIMEOUT:
        SWITCHES.wait_in_vain()
        return HttpResponse(status=504)
    if fault is Fault.ERROR_500:
        return HttpResponse("<h1>Internal Server Error</h1>", status=500)
    if fault is Fault.GARBAGE:
        return HttpResponse("<html>Under maintenance</html>", content_type="text/html; charset=utf-8")
    if fault is Fault.SLOW:
        wait_slowly()
    return None


def _answered(request: HttpRequest, answering: Answering, fault: Fault) -> JsonResponse:
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict) or not str(body.get("MaYeuCau") or ""):
        return JsonResponse(BAD_QUESTION)
    if not ASKED.fits(request.path, body):
        return JsonResponse(KNOWN_ALREADY)
    return JsonResponse({"error_code": 0, "message": "", **answering(body, fault)})


@csrf_exempt
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """For tests: {"register", "fault", "calls"} by whoever knows the portal's secret."""
    if not _is_known(request):
        return HttpResponse(status=401)
    body = json.loads(request.body)
    SWITCHES.turn(Register(body["register"]), Fault(body["fault"]), calls=int(body.get("calls", 0)))
    return HttpResponse(status=204)


@require_POST
def switch_by_hand(request: HttpRequest) -> HttpResponse:
    """For people who try the demo, from the sandbox's home page."""
    register, fault = request.POST.get("register", ""), request.POST.get("fault", "")
    if register in set(Register) and fault in set(Fault):
        SWITCHES.turn(Register(register), Fault(fault))
    return HttpResponseRedirect("/")


urlpatterns = [
    path("dat", switch, name="switch"),
    path("chon", switch_by_hand, name="switch-by-hand"),
]
