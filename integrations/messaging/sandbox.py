"""The other side of the gateways: who may send, what arrived, and the switches of the faults."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from integrations.messaging.client import KEY
from integrations.messaging.faults import CARRIERS, SWITCHES, WORDS, Carrier, Fault
from integrations.messaging.inbox import INBOX, Arrived

View = Callable[..., HttpResponse]
SHOWN = 100


def is_known(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").encode()
    expected = base64.b64encode(f"{settings.SMS_CLIENT_ID}:{settings.SMS_CLIENT_SECRET}".encode())
    return bool(settings.SMS_CLIENT_SECRET) and hmac.compare_digest(given, b"Basic " + expected)


def takes(carrier: Carrier, read: Callable[[dict[str, Any]], tuple[str, str, str]]) -> View:
    """The address that takes messages of this carrier; `read` gives receiver, title and text or a KeyError."""

    @csrf_exempt
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        if not is_known(request):
            return JsonResponse({"code": "unknown_client"}, status=401)
        fault = SWITCHES.take(carrier)
        if fault is Fault.BUSY:
            return JsonResponse({"code": "busy"}, status=429)
        if fault is Fault.ERROR_500:
            return HttpResponse("<h1>Internal Server Error</h1>", status=500)
        if fault is Fault.BAD_ADDRESS:
            return JsonResponse({"code": "invalid_address"}, status=422)
        return _taken(request, carrier, read, fault)

    return view


def _taken(
    request: HttpRequest, carrier: Carrier, read: Callable[[dict[str, Any]], tuple[str, str, str]], fault: Fault
) -> HttpResponse:
    try:
        to, title, text = read(json.loads(request.body))
        one = INBOX.put(Arrived(carrier, request.headers[KEY], to, title, text))
    except (KeyError, TypeError, ValueError):
        return JsonResponse({"code": "not_accepted"}, status=422)
    except LookupError:
        return JsonResponse({"code": "key_reused"}, status=409)
    if fault is Fault.TAKEN_THEN_LOST:
        return HttpResponse(status=502)
    if fault is Fault.TIMEOUT:
        SWITCHES.wait_in_vain()
    if fault is Fault.GARBAGE:
        return HttpResponse("<html>Under maintenance</html>")
    return JsonResponse({"id": one.id, "status": "accepted"}, status=202)


def tells(carrier: Carrier) -> View:
    """What became of a message, by its key."""

    @require_GET
    def view(request: HttpRequest, key: str) -> HttpResponse:
        if not is_known(request):
            return JsonResponse({"code": "unknown_client"}, status=401)
        one = INBOX.find(carrier, key)
        if one is None:
            return JsonResponse({"code": "unknown_key"}, status=404)
        return JsonResponse({"id": one.id, "status": "accepted"})

    return view


@require_GET
def arrived(request: HttpRequest) -> HttpResponse:
    """For tests: everything, as JSON, for whoever knows the portal's secret."""
    if not is_known(request):
        return HttpResponse(status=401)
    return JsonResponse({"items": [one.to_json() for one in INBOX.all()]})


@csrf_exempt
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """For tests: {"carrier", "fault", "calls"}."""
    if not is_known(request):
        return HttpResponse(status=401)
    body = json.loads(request.body)
    SWITCHES.turn(Carrier(body["carrier"]), Fault(body["fault"]), calls=int(body.get("calls", 0)))
    return HttpResponse(status=204)


@require_POST
def switch_by_hand(request: HttpRequest) -> HttpResponse:
    """For people who try the demo."""
    carrier, fault = request.POST.get("carrier", ""), request.POST.get("fault", "")
    if carrier in set(Carrier) and fault in set(Fault):
        SWITCHES.turn(Carrier(carrier), Fault(fault))
    return HttpResponseRedirect("/tin-da-den/")


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What the invented people got, newest first; nobody signs in to a sandbox."""
    carriers = [
        {"key": key.value, "name": name, "fault": SWITCHES.look(key).value, "words": WORDS[SWITCHES.look(key)]}
        for key, name in CARRIERS.items()
    ]
    found = [{"one": one, "carrier": CARRIERS[one.carrier]} for one in reversed(INBOX.all())][:SHOWN]
    return render(request, "sandbox/messages.html", {"carriers": carriers, "faults": WORDS.items(), "found": found})


urlpatterns = [
    path("", page, name="messages"),
    path("tat-ca.json", arrived, name="messages-arrived"),
    path("dat", switch, name="messages-switch"),
    path("chon", switch_by_hand, name="messages-switch-by-hand"),
]
