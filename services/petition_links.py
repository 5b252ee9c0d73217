"""The signed address under which one petition is followed for a while, after code and PIN were compared."""

import uuid
from datetime import timedelta

from django.core import signing

SALT = "services.petition"
GOOD_FOR = timedelta(hours=2)
FRESH_FOR = timedelta(minutes=30)  # in which the page after sending may still show the PIN


def token_of(petition_id: uuid.UUID, *, fresh: bool = False) -> str:
    return signing.dumps([petition_id.hex, fresh], salt=SALT)


def petition_of(token: str) -> uuid.UUID | None:
    """None for everything that this portal did not sign, or not lately."""
    return _read(token, GOOD_FOR)[0]


def is_fresh(token: str) -> bool:
    return _read(token, FRESH_FOR)[1]


def _read(token: str, age: timedelta) -> tuple[uuid.UUID | None, bool]:
    try:
        key, fresh = signing.loads(token, salt=SALT, max_age=age)
        return uuid.UUID(key), bool(fresh)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None, False
