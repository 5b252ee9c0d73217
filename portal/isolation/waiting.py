"""How long a statement may wait for a lock that somebody else's transaction holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from psycopg.errors import LockNotAvailable

_longest: ContextVar[timedelta] = ContextVar("mc_longest_wait", default=timedelta(0))


@contextmanager
def waiting_at_most(longest: timedelta) -> Iterator[None]:
    """For somebody who sits in front of it: what waits longer is refused by PostgreSQL (`waited_in_vain`), and whoever
    asked tries again. Of scopes that open inside; zero, as outside of this, is without end.
    """
    outer = _longest.set(longest)
    try:
        yield
    finally:
        _longest.reset(outer)


def longest_wait() -> timedelta:
    return _longest.get()


def waited_in_vain(problem: BaseException) -> bool:
    return isinstance(problem.__cause__, LockNotAvailable)
