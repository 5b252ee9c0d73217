"""The verification code of a document, as it stands on the page and in its QR code."""

import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another: no 0 O, no 1 I
LENGTH = 12  # 60 bits: nobody meets a document by trying


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """In groups of four, as it is printed and read out."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normal(text: str) -> str:
    """What somebody typed, as codes are stored: groups and small letters don't matter."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[: LENGTH + 1]
