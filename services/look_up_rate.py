"""How often somebody may look dossiers up, by page or program."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request

from portal.api.throttling import AnonymousThrottle
from portal.events import context


class LookUpThrottle(AnonymousThrottle):
    """Per client address, signed in or not: LOOK_UP_RATE."""

    scope = "look-up"

    def get_rate(self) -> str | None:
        return settings.LOOK_UP_RATE or None

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": context.current().ip or "unknown"}
