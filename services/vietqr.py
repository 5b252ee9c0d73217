"""VietQR: a bank transfer as one QR, by EMVCo's merchant-presented mode and the account template of NAPAS.

Tag, length in two digits, value; the last field is CRC-16 (CCITT, begun with FFFF) over all that stands before it.
"""

import binascii
import re
import unicodedata

GUID, TO_ACCOUNT = "A000000727", "QRIBFTTA"  # of NAPAS; fast transfer to an account
DYNAMIC = "12"  # made for one payment
DONG = "704"  # ISO 4217
COUNTRY = "VN"
LONGEST_PURPOSE, LONGEST_AMOUNT, LONGEST_ACCOUNT = 25, 13, 19
BIN = re.compile(r"\d{6}")
ACCOUNT = re.compile(rf"[0-9A-Za-z]{{1,{LONGEST_ACCOUNT}}}")
PURPOSE = re.compile(rf"[0-9A-Za-z .-]{{1,{LONGEST_PURPOSE}}}")


class NoTransferError(ValueError):
    """A value that no bank would read."""


def field(tag: str, value: str) -> str:
    if not 1 <= len(value) <= 99:
        raise NoTransferError(f"Tag {tag} holds 1 to 99 letters.")
    return f"{tag}{len(value):02}{value}"


def checksum(text: str) -> str:
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def transfer(*, bank_bin: str, account: str, amount: int, purpose: str) -> str:
    """The text of the QR. `purpose` arrives with the money: it is how the payment is found again.

    Raises NoTransferError for what banking apps do not take.
    """
    if not BIN.fullmatch(bank_bin) or not ACCOUNT.fullmatch(account) or not PURPOSE.fullmatch(purpose):
        raise NoTransferError("Bank, account or purpose cannot stand in a QR.")
    if amount < 1 or len(str(amount)) > LONGEST_AMOUNT:
        raise NoTransferError("The amount is a whole number of dong.")
    to_whom = field("00", bank_bin) + field("01", account)
    body = (
        field("00", "01")
        + field("01", DYNAMIC)
        + field("38", field("00", GUID) + field("01", to_whom) + field("02", TO_ACCOUNT))
        + field("53", DONG)
        + field("54", str(amount))
        + field("58", COUNTRY)
        + field("62", field("08", purpose))
        + "6304"
    )
    return body + checksum(body)


def fields(text: str) -> dict[str, str]:
    """The fields of one level. Raises NoTransferError where lengths do not add up."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        value = text[at + 4 : at + 4 + int(length)] if length.isdecimal() else ""
        if len(tag) != 2 or not value or len(value) != int(length):
            raise NoTransferError("The lengths do not add up.")
        found[tag] = value
        at += 4 + len(value)
    return found


def is_whole(text: str) -> bool:
    """Whether the checksum at the end is that of the rest."""
    return text.isascii() and len(text) > 8 and text[-8:-4] == "6304" and checksum(text[:-4]) == text[-4:]


def key(text: str) -> str:
    """What stays of a purpose on its way through banks: letters and digits, large, without accents."""
    plain = unicodedata.normalize("NFKD", text.replace("\u0110", "D").replace("\u0111", "d"))
    return re.sub(r"[^0-9A-Z]", "", plain.upper())
