"""Between a content and its row: whoever stores holds the hash until commit, whoever sweeps needs it for itself.

So the sweep never removes a content that a transaction still in progress is about to refer to. Those who store don't
wait for each other, and the sweep doesn't wait at all.
"""

from django.db import connection


def _key(sha256: str) -> int:
    return int(sha256[:15], 16)


def hold(sha256: str) -> None:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [_key(sha256)])


def take_for_removal(sha256: str) -> bool:
    """Whether nobody is storing this content now; until the transaction ends nobody will."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_key(sha256)])
        return bool(cursor.fetchone()[0])
