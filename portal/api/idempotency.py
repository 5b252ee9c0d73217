"""The same request twice has one effect. Requests of the API bring a key of their own, forms a token.

The row is written in the transaction of the effect, so a request that failed leaves nothing and may simply run again.
Whoever comes while the first one is at work finds its key locked (`pg_try_advisory_xact_lock`).
"""

import hashlib
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from portal.api.models import IdempotencyKey
from portal.isolation import Purpose, scope

KEPT = timedelta(hours=24)
PURGE_BATCH = 5000
POLL = 0.05  # seconds


class InFlightError(Exception):
    """The first request with this key has not ended."""


class KeyReusedError(Exception):
    """The key belongs to a request with another address or other content."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request: who sent it under which key, where to, and a digest of all that it says."""

    principal: uuid.UUID | None
    key: str
    operation: str
    fingerprint: str


def fingerprint(*parts: bytes) -> str:
    """A digest that tells ("ab", "c") from ("a", "bc")."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def earlier(attempt: Attempt, *, now: datetime, patience: float = 0.0) -> IdempotencyKey | None:
    """What was answered to it before. Keeps the key locked until the transaction ends, whatever the answer.

    Raises InFlightError, when the first one has not ended after `patience` in seconds, and KeyReusedError.
    """
    end = time.monotonic() + patience
    while not _lock(attempt):
        if time.monotonic() >= end:
            raise InFlightError
        time.sleep(POLL)
    found = IdempotencyKey.objects.of(attempt.principal).filter(key=attempt.key, made_at__gt=now - KEPT).first()
    if found is not None and found.fingerprint != attempt.fingerprint:
        raise KeyReusedError
    return found


def _lock(attempt: Attempt) -> bool:
    """The lookup must be a statement after this one: a statement sees what was committed when it began."""
    digest = bytes.fromhex(fingerprint(b"idempotency", str(attempt.principal).encode(), attempt.key.encode()))
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)])
        row = cursor.fetchone()
    return bool(row and row[0])


def keep(attempt: Attempt, *, status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Remember the answer, in the transaction of the effect and after `earlier()` locked the key."""
    row = IdempotencyKey(
        principal=attempt.principal,
        key=attempt.key,
        operation=attempt.operation[:300],
        fingerprint=attempt.fingerprint,
        status=status,
        headers=dict(headers),
        body=body,
        made_at=now,
    )
    # One that is older than 24 hours and not purged yet makes way.
    IdempotencyKey.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["principal", "key"],
        update_fields=["operation", "fingerprint", "status", "headers", "body", "made_at"],
    )


def purge(*, now: datetime) -> int:
    """Remove what nobody may ask for again, in batches of their own; how many."""
    count = 0
    while True:
        with transaction.atomic(), scope(purpose=Purpose.RETENTION):
            old = IdempotencyKey.objects.filter(made_at__lte=now - KEPT).order_by("made_at", "id")
            removed, _ = IdempotencyKey.objects.filter(pk__in=old.values("pk")[:PURGE_BATCH]).delete()
        count += removed
        if removed < PURGE_BATCH:
            return count
