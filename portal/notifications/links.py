"""The signed address in a message by which one optional kind is agreed to no longer, without signing in."""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "notifications.stop"


def stop_address(subject: str) -> str:
    """`subject` is the id of the user and the kind, as "id:kind"; whole, as an e-mail carries it."""
    path = reverse("notifications:stop", args=[signing.Signer(salt=SALT, sep="~").sign(subject.replace(":", "."))])
    return f"{settings.PUBLIC_ORIGIN}{path}"


def stop_subject(token: str) -> tuple[uuid.UUID, str] | None:
    """None for everything that this portal did not sign."""
    try:
        user, _dot, kind = signing.Signer(salt=SALT, sep="~").unsign(token).partition(".")
        return uuid.UUID(user), kind
    except (signing.BadSignature, ValueError):
        return None
