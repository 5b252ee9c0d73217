"""The signed address behind the QR on a receipt: it opens the public status of one dossier and names nobody."""

import uuid

from django.conf import settings
from django.core import signing

SALT = "services.look-up"
PATH = "/tra-cuu/q/"


def token_of(dossier_id: uuid.UUID) -> str:
    return signing.Signer(salt=SALT).sign(dossier_id.hex)


def dossier_of(token: str) -> uuid.UUID | None:
    """None for everything that this portal did not sign."""
    try:
        return uuid.UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def look_up_address() -> str:
    """Where a dossier is looked up by its code, as it is printed for people to type."""
    return f"{settings.PUBLIC_ORIGIN}/tra-cuu/"


def address_of(dossier_id: uuid.UUID) -> str:
    """Whole, as the QR of a printed form carries it."""
    return f"{settings.PUBLIC_ORIGIN}{PATH}{token_of(dossier_id)}/"
