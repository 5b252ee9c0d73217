"""What every request passes: an id and origin for its events, and the gate that closes without seals."""

import time
import uuid
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext

from portal.events.context import RequestContext, enter
from portal.events.lateness import Lateness, lateness, note_start

HEADER = "X-Request-ID"
KEEPS_NOTHING = "keeps_nothing"
View = TypeVar("View", bound=Callable[..., HttpResponse])


def keeps_nothing(view: View) -> View:
    """Nothing that is sent to it changes anything, so it goes on while nobody may write."""
    setattr(view, KEEPS_NOTHING, True)
    return view


class RequestContextMiddleware:
    """First in line. The id is ours, never the client's, and is echoed so that a person can quote it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]  # Django's way to hand things on
        before = enter(RequestContext(request_id, client_ip(request)))
        try:
            response = self.get_response(request)
        finally:
            enter(before)
        response[HEADER] = request_id
        return response


def client_ip(request: HttpRequest) -> str | None:
    """The nearest address that is not one of our own proxies; X-Forwarded-For counts only when a proxy of ours wrote
    it.
    """
    proxies = [ip_network(proxy) for proxy in settings.TRUSTED_PROXIES]
    hops = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    for hop in reversed(hops):
        try:
            address = ip_address(hop.strip())
        except ValueError:
            return None
        if not any(address in proxy for proxy in proxies):
            return str(address)
    return str(address)


class SealGateMiddleware:
    """Stands inside the scope. While seals have been missing for hours, reads go on and unsafe requests are refused
    with 503, but for those to pages that keep nothing of what is sent (`keeps_nothing`).
    """

    SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
    RETRY_AFTER = 60  # seconds; the next seal is due within that time
    TRUST_FOR = 10.0  # seconds that a good answer is believed without asking again

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.good_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in self.SAFE or self._open() or self._keeps_nothing(request):
            return self.get_response(request)
        note_start(now=timezone.now())
        return self._refusal(request)

    def _open(self) -> bool:
        if time.monotonic() < self.good_until:
            return True
        if lateness(timezone.now()) is Lateness.STOPPED:
            return False
        self.good_until = time.monotonic() + self.TRUST_FOR
        return True

    @staticmethod
    def _keeps_nothing(request: HttpRequest) -> bool:
        try:
            return bool(getattr(resolve(request.path_info).func, KEEPS_NOTHING, False))
        except Resolver404:
            return False

    def _refusal(self, request: HttpRequest) -> HttpResponse:
        words = {
            "title": gettext("The portal does not take changes at the moment"),
            "detail": gettext(
                "The record of changes has not been sealed for some hours, so a change made now could not be proven "
                "later. Nothing was saved. You can go on reading and looking things up."
            ),
            "steps": [{"text": gettext("Keep what you have typed, and send it again in a few minutes.")}],
        }
        if request.path.startswith("/api/"):
            problem = {"type": "about:blank", "status": 503, **words}
            del problem["steps"]
            response: HttpResponse = JsonResponse(problem, content_type="application/problem+json")
        else:
            response = render(request, "errors/problem.html", words)
        response.status_code = 503
        response["Retry-After"] = str(self.RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        return response
