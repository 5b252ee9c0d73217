"""From what a client returns or raises to the answer that the floor below understands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings

from integrations.registers import client, mapping
from services.sources import Answer, Away, Found, NotFound, Question, Reason, SourceKey

Said = tuple[str, dict[str, Any]] | None  # reference and values, or nothing when nobody fits
REASONS: dict[type[client.RegisterError], Reason] = {
    client.NotConnectedError: Reason.NOT_CONNECTED,
    client.LateError: Reason.TIMEOUT,
    client.FailedError: Reason.FAILED,
    client.GarbageError: Reason.GARBAGE,
    client.RefusedError: Reason.REFUSED,
    client.RestingError: Reason.RESTING,
}


def reason_of(error: client.RegisterError) -> Reason:
    return REASONS[type(error)]


def head(question: Question) -> dict[str, str]:
    return mapping.head(question, integration=settings.REGISTERS_INTEGRATION_CODE)


def answer(key: SourceKey, look: Callable[[], Said], *, now: datetime) -> Answer:
    try:
        said = look()
    except client.RegisterError as error:
        return Away(key, reason_of(error))
    return Found(key, said[0], now, said[1]) if said else NotFound(key, now)
