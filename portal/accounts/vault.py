"""Personal numbers at rest: an AES-256-GCM envelope that names its key, and a keyed blind index to search by.

An envelope is `version(1) length(1) key-id nonce(12) ciphertext+tag`. Its context (column and row) is authenticated, so
a value copied into another row does not open. Keys come from the setting PERSONAL_DATA_KEYS, `{id: base64}` of 32 bytes
each; the entry `index` keys the blind index, the last other entry seals, all others still open. The command
`reencrypt_personal_data` moves everything to the newest key.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32
INDEX = "index"


class CannotOpenError(Exception):
    """The envelope is damaged, belongs to another row, or names a key that is not here."""


@dataclass(frozen=True)
class Sealed:
    """A sealed column, the label of its model, the attribute that opens and seals it, and its blind index, if any."""

    model: str
    field: str
    attribute: str
    index: str = ""

    def context(self, pk: object) -> str:
        return f"{self.model.lower()}.{self.field}:{pk}"


_registered: list[Sealed] = []


def register(column: Sealed) -> Sealed:
    """Make the column known to the re-encrypt command; called where the model is defined."""
    _registered.append(column)
    return column


def registered() -> Iterator[Sealed]:
    yield from _registered


def _keys() -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for name, text in settings.PERSONAL_DATA_KEYS.items():
        try:
            keys[name] = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise ImproperlyConfigured(f"PERSONAL_DATA_KEYS[{name!r}] is not base64.") from error
        if len(keys[name]) != KEY_BYTES or not 0 < len(name.encode()) < 32:
            raise ImproperlyConfigured(f"PERSONAL_DATA_KEYS[{name!r}] must hold {KEY_BYTES} bytes under a short name.")
    if INDEX not in keys or len(keys) < 2:
        raise ImproperlyConfigured(
            "PERSONAL_DATA_KEYS is not set: it needs the entry 'index' and at least one key that seals."
        )
    return keys


def current_key() -> str:
    return [name for name in _keys() if name != INDEX][-1]


def key_of(envelope: bytes | memoryview) -> str:
    envelope = bytes(envelope)
    if envelope[:1] != VERSION or len(envelope) < 2 + envelope[1] + NONCE_BYTES:
        raise CannotOpenError("This is not an envelope of the vault.")
    return envelope[2 : 2 + envelope[1]].decode("ascii", "replace")


def seal(text: str, *, context: str) -> bytes:
    name = current_key()
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_keys()[name]).encrypt(nonce, text.encode(), context.encode())
    return VERSION + bytes([len(name)]) + name.encode("ascii") + nonce + sealed


def unseal(envelope: bytes | memoryview, *, context: str) -> str:
    envelope = bytes(envelope)
    name = key_of(envelope)
    key = _keys().get(name)
    if key is None or name == INDEX:
        raise CannotOpenError(f"The key {name!r} of this envelope is not in PERSONAL_DATA_KEYS.")
    start = 2 + len(name)
    try:
        opened = AESGCM(key).decrypt(
            envelope[start : start + NONCE_BYTES], envelope[start + NONCE_BYTES :], context.encode()
        )
    except InvalidTag as error:
        raise CannotOpenError("The envelope is damaged or was made for another row.") from error
    return opened.decode()


def blind_index(text: str, *, purpose: str) -> bytes:
    """Equal texts of one purpose give equal digests; without the key nothing can be guessed from them."""
    return hmac.digest(_keys()[INDEX], f"{purpose}\0{text}".encode(), hashlib.sha256)


def mask(number: str) -> str:
    """A personal number as lists show it: the last three digits."""
    return "•" * max(len(number) - 3, 0) + number[-3:]
