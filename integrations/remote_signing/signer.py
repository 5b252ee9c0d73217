"""The backend `csc` of SIGNER_BACKENDS: keys at a remote signing service."""

from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from documents.signing.errors import SignerAwayError, SignerRefusedError
from integrations.remote_signing.client import AwayError, Client, RefusedError

ECDSA_SHA256, RSA_SHA256 = "1.2.840.10045.4.3.2", "1.2.840.113549.1.1.11"


class RemoteSigner:
    """`key` is the service's credential ID. `pin` serves the organ's keys, which sign without anybody typing."""

    def __init__(self, address: str, user: str, password: str, pin: str = "") -> None:
        self._client = Client(address, user, password)
        self._pin = pin

    def activate(self, *, key: str, secret: str, count: int) -> str:
        return str(self._told(lambda: self._client.authorize(key, count=count, pin=secret)))

    def sign(self, *, key: str, certificate: bytes, data: bytes, activation: str = "") -> bytes:
        if not activation:
            if not self._pin:
                raise SignerRefusedError("Nobody unlocked the key.")
            activation = self.activate(key=key, secret=self._pin, count=1)
        public = x509.load_der_x509_certificate(certificate).public_key()
        algorithm = ECDSA_SHA256 if isinstance(public, ec.EllipticCurvePublicKey) else RSA_SHA256
        digest = sha256(data).digest()
        made: list[bytes] = self._told(
            lambda: self._client.sign_hashes(key, sad=activation, hashes=[digest], sign_algo=algorithm)
        )
        return made[0]

    @staticmethod
    def _told(ask: Any) -> Any:
        try:
            return ask()
        except RefusedError as error:
            raise SignerRefusedError(str(error)) from error
        except (AwayError, KeyError) as error:
            raise SignerAwayError(str(error)) from error
