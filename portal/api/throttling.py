"""How often one address may ask. Losing the cache must not close the API: then nothing is counted."""

import logging
from typing import Any

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle

from portal.events import context

log = logging.getLogger(__name__)


class _Patient(SimpleRateThrottle):
    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except (RedisError, OSError):
            log.exception("The cache that counts requests does not answer; this request is not counted.")
            return True


class AnonymousThrottle(_Patient, AnonRateThrottle):
    """Requests without sign-in, counted per client address; the rate is the setting API_RATE_ANONYMOUS ("600/min")."""

    def get_rate(self) -> str | None:
        return settings.API_RATE_ANONYMOUS or None

    def get_ident(self, request: Request) -> str:
        return context.current().ip or "unknown"


class PersonThrottle(_Patient):
    """People with the session of their browser, counted per user: API_RATE_PERSON."""

    scope = "person"

    def get_rate(self) -> str | None:
        return settings.API_RATE_PERSON or None

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        if not request.user or not request.user.is_authenticated or request.auth is not None:
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}


class ProgramThrottle(_Patient):
    """API clients, counted per client: API_RATE_PROGRAM."""

    scope = "program"

    def get_rate(self) -> str | None:
        return settings.API_RATE_PROGRAM or None

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return None if request.auth is None else self.cache_format % {"scope": self.scope, "ident": request.user.pk}
