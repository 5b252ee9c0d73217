"""Every response can be quoted, every event knows its origin; a client's claims count only from our own proxy."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.events import context
from portal.events.middleware import RequestContextMiddleware, client_ip


def test_each_request_has_its_own_id_that_the_client_cannot_choose() -> None:
    seen: list[context.RequestContext] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(context.current())
        return HttpResponse()

    middleware = RequestContextMiddleware(view)
    requests = [RequestFactory().get("/", headers={"X-Request-ID": "mine"}) for _ in range(2)]
    ids = [middleware(request)["X-Request-ID"] for request in requests]
    assert ids == [one.request_id for one in seen]
    assert len({*ids, "mine"}) == 3
    assert {one.ip for one in seen} == {"127.0.0.1"}
    assert context.current() == context.NOWHERE


@pytest.mark.parametrize(
    ("remote", "forwarded", "ip"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger claims to be somebody
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # the client wrote the first, our proxy the last
        ("10.0.0.2", "198.51.100.1, 10.0.0.3", "198.51.100.1"),
        ("10.0.0.2", "2001:db8::1", "2001:db8::1"),
        ("10.0.0.2", "", None),
        ("10.0.0.2", "not an address", None),
        ("", "198.51.100.1", None),
    ],
)
def test_the_address_is_the_nearest_that_is_not_our_proxy(
    remote: str, forwarded: str, ip: str | None, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/24"]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_ip(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == ip
