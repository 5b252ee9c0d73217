"""One-time secrets as people write them down: four groups of five letters and digits, 100 bits."""

import hashlib
import secrets
from datetime import timedelta

VALID = timedelta(hours=24)
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another: no 0 O, no 1 I
GROUPS, LENGTH = 4, 5


def make() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


def digest(secret: str) -> str:
    """Equal however it was typed: small letters, blanks, no dashes. A hundred bits need no slow hash."""
    typed = "".join(letter for letter in secret.upper() if letter in LETTERS)
    return hashlib.sha256(typed.encode()).hexdigest()
