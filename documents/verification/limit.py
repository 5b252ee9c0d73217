"""How often one address may look up codes or have files judged."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from portal.api.throttling import AnonymousThrottle
from portal.events import context


class VerificationThrottle(AnonymousThrottle):
    """Per client address, signed in or not: VERIFICATION_RATE. Losing the cache counts nothing."""

    scope = "verification"

    def get_rate(self) -> str | None:
        return settings.VERIFICATION_RATE or None

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": context.current().ip or "unknown"}


def seconds_to_wait(request: HttpRequest) -> int:
    """0 when this request may go on; it is counted."""
    throttle = VerificationThrottle()
    if throttle.allow_request(Request(request), None):
        return 0
    return int(throttle.wait() or 60) + 1
