"""The key that signs seals. It lies in a file that the database never sees; public keys of all times lie beside the
published seals.
"""

import os
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def signing_key() -> Ed25519PrivateKey:
    """The key of SEAL_KEY_FILE; made on first use only where SEAL_KEY_CREATE says so."""
    path = Path(settings.SEAL_KEY_FILE)
    if not path.exists():
        if not settings.SEAL_KEY_CREATE:
            raise ImproperlyConfigured(
                f"No seal key at {path}. Make one with `manage.py make_seal_key`, and keep a copy."
            )
        create(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"The seal key at {path} is no Ed25519 key.")
    return key


def create(path: Path) -> None:
    """Write a new private key that only this user can read; an existing file is never replaced."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    whole = path.with_suffix(f".{os.getpid()}")
    whole.touch(mode=0o600)
    whole.write_bytes(pem)
    try:
        os.link(whole, path)  # fails when another process was first, unlike a rename
    except FileExistsError:
        pass
    finally:
        whole.unlink()


def key_id(public: Ed25519PublicKey) -> str:
    return sha256(public.public_bytes_raw()).hexdigest()[:16]


def pem_of(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def keys_directory() -> Path:
    return Path(settings.SEAL_PUBLISH_DIR) / "keys"


def publish(public: Ed25519PublicKey) -> None:
    """Lay the public key beside the seals, once; keys of the past stay."""
    path = keys_directory() / f"{key_id(public)}.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pem_of(public))


def trusted_keys() -> dict[str, Ed25519PublicKey]:
    """Every published public key by its id; the id is computed again, so a file cannot claim another's."""
    found = {}
    for path in sorted(keys_directory().glob("*.pem")):
        key = serialization.load_pem_public_key(path.read_bytes())
        if isinstance(key, Ed25519PublicKey):
            found[key_id(key)] = key
    return found
