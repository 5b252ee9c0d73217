"""What the payment platform calls: kept raw before anything else, judged by a worker.

A message with a wrong signature is kept too, as what it is; so is nonsense. Only what is kept is answered with 0.
"""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from rest_framework.request import Request

from integrations.payments.mapping import ForgedError, NonsenseError, word
from portal.api.throttling import AnonymousThrottle
from portal.events import context
from portal.events.actors import System
from services.gateways import Word
from services.money_states import MessageKind, Outcome
from services.operations.hearing import keep_message

LARGEST = 16 * 1024
KEPT, FORGED, NONSENSE = 0, 1, 2  # error_code of our answer


class NoticeThrottle(AnonymousThrottle):
    """Per client address: PAYMENT_NOTICE_RATE."""

    scope = "payment-notice"

    def get_rate(self) -> str | None:
        return settings.PAYMENT_NOTICE_RATE or None

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": context.current().ip or "unknown"}


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """No browser and no session: the signature of the message says who calls."""
    throttle = NoticeThrottle()
    if not throttle.allow_request(Request(request), None):
        return JsonResponse({"error_code": NONSENSE}, status=429, headers={"Retry-After": "60"})
    if len(request.body) > LARGEST:
        return JsonResponse({"error_code": NONSENSE}, status=413)
    said, raw, outcome = _read(request.body)
    now = timezone.now()
    keep_message(kind=MessageKind.NOTICE, word=said, raw=raw, outcome=outcome, actor=System.RELAY, now=now)
    code = {Outcome.KEPT: KEPT, Outcome.BAD_SIGNATURE: FORGED, Outcome.UNREADABLE: NONSENSE}[outcome]
    return JsonResponse({"error_code": code}, status={KEPT: 200, FORGED: 403, NONSENSE: 400}[code])


def _read(body: bytes) -> tuple[Word | None, dict[str, Any], Outcome]:
    text = body.decode(errors="replace").replace("\x00", "")
    try:
        message = json.loads(text)
        said = word(message)
    except ForgedError:
        return None, {"text": text}, Outcome.BAD_SIGNATURE
    except (NonsenseError, ValueError, RecursionError):
        return None, {"text": text}, Outcome.UNREADABLE
    return said, dict(said.raw), Outcome.KEPT
