"""Gives each request an id and finds out where it came from."""

import uuid
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.events.context import RequestContext, enter

HEADER = "X-Request-ID"


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
    """The nearest address that is not one of our own proxies; X-Forwarded-For counts only when a proxy of ours wrote it."""
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
