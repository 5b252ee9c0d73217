"""Keys in files, for demonstrations only: anybody who reads the folder signs as anybody."""

import os
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from documents.signing.errors import SignerRefusedError

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class SoftwareSigner:
    def __init__(self, folder: str | Path) -> None:
        if not settings.SIGNATURE_TRIAL_ALLOWED:
            raise ImproperlyConfigured(
                "Software keys are for trials. Production signs with PKCS#11 or a remote service."
            )
        self._folder = Path(folder)
        self._keys: dict[str, PrivateKey] = {}
        self._lock = threading.Lock()

    def activate(self, *, key: str, secret: str, count: int) -> str:
        self._load(key)
        return ""

    def sign(self, *, key: str, certificate: bytes, data: bytes, activation: str = "") -> bytes:
        private = self._load(key)
        if isinstance(private, ec.EllipticCurvePrivateKey):
            return private.sign(data, ec.ECDSA(hashes.SHA256()))
        return private.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def make_key(self, key: str, *, algorithm: str = "ec") -> None:
        """A new private key under this name, in a file that only this account reads."""
        made: PrivateKey
        if algorithm == "rsa":
            made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        else:
            made = ec.generate_private_key(ec.SECP256R1())
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(self._file(key), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(pem)

    def has_key(self, key: str) -> bool:
        return self._file(key).exists()

    def request(self, key: str, *, name: str, title: str = "", organ: str = "") -> bytes:
        """A request for a certificate (PKCS#10, PEM) that proves the possession of the key."""
        parts = [(NameOID.COMMON_NAME, name), (NameOID.TITLE, title), (NameOID.ORGANIZATION_NAME, organ)]
        subject = x509.Name(
            [x509.NameAttribute(oid, value[:64]) for oid, value in parts if value]
        )  # RFC 5280 upper bounds
        built = x509.CertificateSigningRequestBuilder().subject_name(subject)
        return built.sign(self._load(key), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def _file(self, key: str) -> Path:
        if not key or not all(part.isalnum() for part in key.split("-")):
            raise SignerRefusedError(f"{key!r} is no name of a key.")
        return self._folder / f"{key}.pem"

    def _load(self, key: str) -> PrivateKey:
        """Parsing an RSA key costs more than signing with it: each is parsed once."""
        with self._lock:
            found = self._keys.get(key)
            if found is None:
                try:
                    read = serialization.load_pem_private_key(self._file(key).read_bytes(), password=None)
                except (OSError, ValueError) as error:
                    raise SignerRefusedError(f"The key {key!r} is not there or cannot be read.") from error
                if not isinstance(read, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
                    raise SignerRefusedError(f"The key {key!r} is of no known kind.")
                found = self._keys[key] = read
            return found
