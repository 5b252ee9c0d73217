"""The signed address behind the QR on a receipt: it opens the public status of one dossier and names nobody."""

import uuid

from django.core import signing

SALT = "services.look-up"


def token_of(dossier_id: uuid.UUID) -> str:
    return signing.Signer(salt=SALT).sign(dossier_id.hex)


def dossier_of(token: str) -> uuid.UUID | None:
    """None for everything that this portal did not sign."""
    try:
        return uuid.UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
