"""How often one address may ask. Losing the cache must not close the API: then nothing is counted."""

import logging
from typing import Any

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

from portal.events import context

log = logging.getLogger(__name__)


class AnonymousThrottle(AnonRateThrottle):
    """Requests without sign-in, counted per client address; the rate is the setting API_RATE_ANONYMOUS ("600/min")."""

    def get_rate(self) -> str | None:
        return settings.API_RATE_ANONYMOUS or None

    def get_ident(self, request: Request) -> str:
        return context.current().ip or "unknown"

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except (RedisError, OSError):
            log.exception("The cache that counts requests does not answer; this request is not counted.")
            return True
