"""The scope of a transaction: whose rows PostgreSQL shows and lets through.

Policies in the database read three variables. They are set together, for one transaction only (`set_config(...,
true)`), never for a session, so a transaction pooler cannot hand them to a stranger. Nothing set means no rows.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.module_loading import import_string
from psycopg.pq import TransactionStatus

from portal.isolation.waiting import longest_wait


class Purpose(StrEnum):
    """Why code without a person's own scope may see rows. Each use is listed in tests/isolation/test_purposes.py."""

    SIGN_IN = "sign-in"
    RELAY = "relay"
    SEAL = "seal"
    VERIFY = "verify"
    OPERATIONS = "operations"
    STATISTICS = "statistics"
    REORGANISATION = "reorganisation"
    DIRECTORY = "directory"
    RETENTION = "retention"
    BACKFILL = "backfill"
    DEADLINES = "deadlines"
    LOOK_UP = "look-up"
    PETITION = "petition"  # whoever sends a petition in, or follows it by its code and PIN
    DEMO = "demo"
    PAYMENTS = "payments"  # a bank or the payment gateway tells what came; nobody is signed in
    VERIFICATION = "verification"  # whoever holds a document's verification code asks what was issued
    NOTIFICATION = "notification"  # people are told what happened, whoever did it
    REUSE = "reuse"  # an issued result is looked up by its owner's number


@dataclass(frozen=True, slots=True)
class Scope:
    """`units` are ids of administrative units, `citizen` the id of one user."""

    units: tuple[int, ...] = ()
    citizen: uuid.UUID | None = None
    purpose: Purpose | None = None

    def to_json(self) -> dict[str, object]:
        """As a delivery keeps it, so that a task works with the rights of whoever caused it."""
        return {
            "units": list(self.units),
            "citizen": str(self.citizen) if self.citizen else None,
            "purpose": self.purpose.value if self.purpose else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, object]) -> "Scope":
        units, citizen, purpose = data.get("units"), data.get("citizen"), data.get("purpose")
        return cls(
            units=tuple(int(unit) for unit in units) if isinstance(units, list) else (),
            citizen=uuid.UUID(str(citizen)) if citizen else None,
            purpose=Purpose(str(purpose)) if purpose else None,
        )


EMPTY = Scope()
TOLD_IN = "mc_scope_told_in"  # on the connection: the outermost block in which a scope was sent
_current: ContextVar[Scope] = ContextVar("mc_scope", default=EMPTY)

SET = """select set_config('mc.units', %s, true), set_config('mc.citizen', %s, true),
 set_config('mc.purpose', %s, true), set_config('lock_timeout', %s, true)"""


class OutsideTransactionError(RuntimeError):
    """A scope outside a transaction would be forgotten at once, or worse, stay in the session."""


def current() -> Scope:
    return _current.get()


def adopt(value: Scope) -> None:
    """Set `value` until the surrounding `scope()` ends: for code that learns in mid-request who is asking (tokens)."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError("Open transaction.atomic() first: a scope lasts for one transaction.")
    _send(value)
    _current.set(value)


@contextmanager
def scope(
    *, units: Iterable[int] = (), citizen: uuid.UUID | None = None, purpose: Purpose | None = None
) -> Iterator[Scope]:
    """See and write only what belongs to these units, this citizen or this purpose; the outer scope returns after."""
    value = Scope(tuple(sorted(set(units))), citizen, Purpose(purpose) if purpose else None)
    with use(value):
        yield value


@contextmanager
def use(value: Scope) -> Iterator[None]:
    """`scope()` for a Scope that exists already."""
    outer = _current.get()
    adopt(value)
    try:
        yield
    finally:
        _current.set(outer)
        if _alive():
            _send(outer)


def _alive() -> bool:
    """Whether the transaction still takes statements; a broken one forgets the scope when it is rolled back."""
    raw = connection.connection
    if raw is None or raw.closed or connection.needs_rollback:
        return False
    return bool(raw.info.transaction_status == TransactionStatus.INTRANS)


def _send(value: Scope) -> None:
    """Tell PostgreSQL, unless nothing and nobody are to be seen in a transaction that was told of none: that is so.

    What an earlier transaction on this connection was told vanished at its end, a failed one included.
    """
    transaction = connection.atomic_blocks[0]
    if value == EMPTY and getattr(connection, TOLD_IN, None) is not transaction:
        return
    setattr(connection, TOLD_IN, transaction)
    units = ",".join(str(int(unit)) for unit in value.units)
    with connection.cursor() as cursor:
        purpose = value.purpose.value if value.purpose else ""
        cursor.execute(SET, [units, str(value.citizen or ""), purpose, _lock_timeout(value)])


def _lock_timeout(value: Scope) -> str:
    """In milliseconds. An act waits for people as long as it must, also when somebody lets it run by hand."""
    longest = timedelta(0) if value.purpose is Purpose.REORGANISATION else longest_wait()
    return str(longest // timedelta(milliseconds=1))


def closed(request: HttpRequest) -> Scope:
    """The provider that opens nothing."""
    return EMPTY


@cache
def _provider(path: str) -> Callable[[HttpRequest], Scope]:
    found: Callable[[HttpRequest], Scope] = import_string(path)
    return found


def scope_of(request: HttpRequest) -> Scope:
    """What the setting SCOPE_PROVIDER says about this request."""
    return _provider(settings.SCOPE_PROVIDER)(request)
