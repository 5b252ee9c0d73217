"""Keys in a token or an HSM, through its PKCS#11 library. Sessions stay open: signing in costs more than signing."""

import asyncio
import threading
from functools import cached_property
from typing import Any

import pkcs11
from pkcs11.exceptions import (
    NoSuchKey,
    PinIncorrect,
    PinLenRange,
    PinLocked,
    PKCS11Error,
    UserNotLoggedIn,
)

from documents.signing.errors import SignerAwayError, SignerRefusedError

REFUSALS = (NoSuchKey, PinIncorrect, PinLenRange, PinLocked, UserNotLoggedIn)


class Pkcs11Signer:
    """One token; `key` is the label of the private key. The PIN comes from the setting or from `activate`."""

    def __init__(self, module: str, token: str, pin: str = "") -> None:
        self._module, self._token_label, self._pin = module, token, pin
        self._lock = threading.Lock()  # a session of PKCS#11 does one thing at a time
        self._session: Any = None

    def activate(self, *, key: str, secret: str, count: int) -> str:
        """The PIN unlocks the whole token; it is remembered as long as the process lives."""
        with self._lock:
            if secret and secret != self._pin:
                self._close()
                self._pin = secret
            self._find(key)
        return ""

    def sign(self, *, key: str, certificate: bytes, data: bytes, activation: str = "") -> bytes:
        with self._lock:
            try:
                return self._sign(key, certificate, data)
            except SignerAwayError:  # the token was pulled and put back: one more try with a new session
                self._close()
                return self._sign(key, certificate, data)

    def _sign(self, key: str, certificate: bytes, data: bytes) -> bytes:
        # pyHanko knows the mechanisms and how to turn the token's ECDSA into DER; it takes a second to import.
        from asn1crypto import x509
        from pyhanko.sign.pkcs11 import PKCS11Signer as Signer

        session = self._open()
        signer = Signer(session, signing_cert=x509.Certificate.load(certificate), key_label=key)
        try:
            made: bytes = asyncio.run(signer.async_sign_raw(data, "sha256"))
        except REFUSALS as error:
            raise SignerRefusedError(type(error).__name__) from error
        except PKCS11Error as error:
            raise SignerAwayError(type(error).__name__) from error
        return made

    def _find(self, key: str) -> None:
        try:
            self._open().get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=key)
        except REFUSALS as error:
            raise SignerRefusedError(type(error).__name__) from error
        except PKCS11Error as error:
            raise SignerAwayError(type(error).__name__) from error

    @cached_property
    def _library(self) -> Any:
        return pkcs11.lib(self._module)

    def _open(self) -> Any:
        if self._session is None:
            try:
                self._session = self._library.get_token(token_label=self._token_label).open(user_pin=self._pin or None)
            except REFUSALS as error:
                raise SignerRefusedError(type(error).__name__) from error
            except (PKCS11Error, RuntimeError) as error:
                raise SignerAwayError(f"{type(error).__name__}: {error}") from error
        return self._session

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except PKCS11Error:
                return
