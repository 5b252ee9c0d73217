"""Keys in a token or an HSM, through its PKCS#11 library. Sessions stay open: signing in costs more than signing."""

import threading
from functools import cached_property
from typing import Any

import pkcs11
from asn1crypto import algos, x509
from pkcs11.exceptions import (
    NoSuchKey,
    PinIncorrect,
    PinLenRange,
    PinLocked,
    PKCS11Error,
    UserAlreadyLoggedIn,
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
        self._keys: dict[str, Any] = {}

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
        from pyhanko.sign.pkcs11 import select_pkcs11_signing_params as how  # takes a second to import

        kind = x509.Certificate.load(certificate).public_key.algorithm
        mechanism = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa" if kind == "ec" else "sha256_rsa"})
        steps = how(mechanism, "sha256", use_raw_mechanism=kind == "ec", sign_kwargs={})  # few tokens hash for ECDSA
        private = self._find(key)
        try:
            ready = steps.pre_sign_transform(data) if steps.pre_sign_transform else data
            made: bytes = private.sign(ready, **steps.sign_kwargs)
        except REFUSALS as error:
            raise SignerRefusedError(type(error).__name__) from error
        except PKCS11Error as error:
            raise SignerAwayError(type(error).__name__) from error
        return steps.post_sign_transform(made) if steps.post_sign_transform else made

    def _find(self, key: str) -> Any:
        if key not in self._keys:
            try:
                found = self._open().get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=key)
            except REFUSALS as error:
                raise SignerRefusedError(type(error).__name__) from error
            except PKCS11Error as error:
                raise SignerAwayError(type(error).__name__) from error
            self._keys[key] = found
        return self._keys[key]

    @cached_property
    def _library(self) -> Any:
        return pkcs11.lib(self._module)

    def _open(self) -> Any:
        if self._session is None:
            try:
                token = self._library.get_token(token_label=self._token_label)
                try:
                    self._session = token.open(user_pin=self._pin or None)
                except UserAlreadyLoggedIn:  # another session of this process said the PIN
                    self._session = token.open()
            except REFUSALS as error:
                raise SignerRefusedError(type(error).__name__) from error
            except (PKCS11Error, RuntimeError) as error:
                raise SignerAwayError(f"{type(error).__name__}: {error}") from error
        return self._session

    def _close(self) -> None:
        session, self._session = self._session, None
        self._keys.clear()
        if session is not None:
            try:
                session.close()
            except PKCS11Error:
                return
