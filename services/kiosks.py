"""The signed address that the desk opens on the machine where people draw numbers. It names the desk and nobody."""

from datetime import timedelta

from django.core import signing

SALT = "services.kiosk"
HOLDS = timedelta(hours=18)  # opened anew each morning, so that a copied address is worth little


def token_of(unit_id: int) -> str:
    return signing.dumps(unit_id, salt=SALT)


def unit_of(token: str) -> int | None:
    """None for everything that this portal did not sign today."""
    try:
        unit = signing.loads(token, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
    return unit if isinstance(unit, int) else None
