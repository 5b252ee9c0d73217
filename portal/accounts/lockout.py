"""Guessing is stopped by user name and address together: by address alone, one forgetful officer locks a whole office.

A name that is tried from everywhere is locked too, for a short while and much later. Counters live in the shared cache.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from django.core.cache import cache

WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)
FAILURES = 5  # of one name from one address
FAILURES_EVERYWHERE = 50  # of one name from all addresses


def _keys(name: str, ip: str) -> dict[str, int]:
    def digest(text: str) -> str:
        return "lockout:" + hashlib.sha256(text.encode()).hexdigest()

    name = name.strip().lower()
    return {digest(f"{name}\0{ip}"): FAILURES, digest(f"{name}\0"): FAILURES_EVERYWHERE}


def locked_until(*, name: str, ip: str, now: datetime) -> datetime | None:
    """The moment from which `name` may be tried again from `ip`; None when it may be tried now."""
    found = [cache.get(f"{key}:until") for key in _keys(name, ip)]
    moments = [datetime.fromtimestamp(stamp, tz=UTC) for stamp in found if stamp]
    return max((moment for moment in moments if moment > now), default=None)


def failed(*, name: str, ip: str, now: datetime) -> datetime | None:
    """Count one failure; the end of the lock if this one closed it."""
    until = None
    for key, limit in _keys(name, ip).items():
        cache.add(key, 0, WINDOW.total_seconds())
        try:
            count = cache.incr(key)
        except ValueError:  # it expired between the two calls
            cache.set(key, 1, WINDOW.total_seconds())
            count = 1
        if count >= limit:
            until = now + LOCK
            cache.set(f"{key}:until", until.timestamp(), LOCK.total_seconds())
            cache.delete(key)
    return until


def succeeded(*, name: str, ip: str) -> None:
    """Forget the failures of this name at this address; those from elsewhere stay."""
    cache.delete(next(iter(_keys(name, ip))))
