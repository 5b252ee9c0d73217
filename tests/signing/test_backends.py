"""A token by PKCS#11 and a remote service by CSC sign as well as keys in files, and say what is wrong with them."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from documents.signing import pictures
from documents.signing.backends.pkcs11 import Pkcs11Signer
from documents.signing.backends.software import SoftwareSigner
from documents.signing.engine.judging import examine
from documents.signing.engine.signing import sign
from documents.signing.errors import SignerAwayError, SignerRefusedError
from documents.signing.kinds import PERSON, Credential, Holder
from integrations.remote_signing.client import Client
from integrations.remote_signing.signer import RemoteSigner
from tests import trust as trusted
from tests.trust import CLIENT, Trust, der

TOKEN, PIN = "mc-test", "123456"
LIBRARY = "usr/lib/softhsm/libsofthsm2.so"


def module() -> str:
    """The library of SoftHSM: installed, or unpacked where the launcher puts it."""
    util = shutil.which("softhsm2-util")
    assert util, "softhsm2 is missing: bin/test installs it"
    private = Path(util).resolve().parents[1] / "root" / LIBRARY
    return str(private if private.exists() else Path("/") / LIBRARY)


def credential(trust: Trust, request: bytes, backend: str, key: str) -> Credential:
    answer = trust.ask("enrol", request=request.decode())
    chain: Any = answer["chain"]
    return Credential(
        holder=Holder.PERSON,
        certificate=der(str(answer["certificate"])),
        chain=tuple(der(one) for one in chain),
        backend=backend,
        key=key,
        picture=pictures.trial(Holder.PERSON, key),
        is_trial=True,
    )


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """A token of SoftHSM with a key; gives the request for its certificate."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    key = ec.generate_private_key(ec.SECP256R1())
    file = folder / "key.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    util = ["softhsm2-util", "--module", module()]
    start = [*util, "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", PIN]
    bring = [*util, "--import", str(file), "--token", TOKEN, "--pin", PIN, "--label", "leader", "--id", "01"]
    for command in (start, bring):
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Trần Quốc Huy")])
    made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    yield made.public_bytes(serialization.Encoding.PEM)
    del os.environ["SOFTHSM2_CONF"]


def signs(trust: Trust, prepared: bytes, own: Credential, activation: str = "") -> bool:
    made = sign(
        prepared,
        field=PERSON,
        credential=own,
        anchors=[trust.anchor],
        long_term=False,
        at=trusted.now(),
        activation=activation,
    )
    found = examine(made.pdf, anchors=[trust.anchor], now=trusted.now(), closed=False)
    return not found.findings and found.signatures[0].valid


def test_token_signs(trust: Trust, token: bytes, prepared: bytes, settings: Any) -> None:
    options = {"module": module(), "token": TOKEN, "pin": PIN}
    spec = {"BACKEND": "documents.signing.backends.pkcs11.Pkcs11Signer", "OPTIONS": options}
    settings.SIGNER_BACKENDS = settings.SIGNER_BACKENDS | {"pkcs11": spec}
    own = credential(trust, token, "pkcs11", "leader")
    assert signs(trust, prepared, own)
    assert signs(trust, prepared, own)  # with the session that is open


def test_token_refuses_an_unknown_key(token: bytes) -> None:
    with pytest.raises(SignerRefusedError):
        Pkcs11Signer(module(), TOKEN, PIN).activate(key="nobody", secret="", count=1)


def test_missing_token_is_away(token: bytes) -> None:
    with pytest.raises(SignerAwayError):
        Pkcs11Signer(module(), "another", PIN).activate(key="leader", secret="", count=1)


@pytest.fixture
def remote(trust: Trust, settings: Any) -> Credential:
    """A key at the sandbox's remote signing service, with its certificate."""
    address, key = f"{trust.sandbox.origin}/csc/v1", f"key-{secrets.token_hex(4)}"
    options = {"address": address, "user": CLIENT[0], "password": CLIENT[1]}
    spec = {"BACKEND": "integrations.remote_signing.signer.RemoteSigner", "OPTIONS": options}
    settings.SIGNER_BACKENDS = settings.SIGNER_BACKENDS | {"csc": spec}
    asked = {"credentialID": key, "PIN": PIN, "name": "Giàng Thị Dợ"}
    answer = requests.post(f"{address}/keys", data=json.dumps(asked), auth=CLIENT, timeout=10)
    return credential(trust, answer.json()["request"].encode(), "csc", key)


def signer_of(trust: Trust, pin: str = "") -> RemoteSigner:
    return RemoteSigner(f"{trust.sandbox.origin}/csc/v1", *CLIENT, pin)


def test_remote_service_signs_as_often_as_one_pin_said(trust: Trust, remote: Credential, prepared: bytes) -> None:
    activation = signer_of(trust).activate(key=remote.key, secret=PIN, count=2)
    assert signs(trust, prepared, remote, activation)
    assert signs(trust, prepared, remote, activation)
    with pytest.raises(SignerRefusedError):
        signs(trust, prepared, remote, activation)


def test_remote_service_refuses_without_the_right_pin(trust: Trust, remote: Credential) -> None:
    signer = signer_of(trust)
    with pytest.raises(SignerRefusedError):
        signer.sign(key=remote.key, certificate=remote.certificate, data=b"x")
    for key, pin in ((remote.key, "000000"), ("nobody", PIN)):
        with pytest.raises(SignerRefusedError):
            signer.activate(key=key, secret=pin, count=1)


def test_organ_key_signs_with_the_pin_of_the_setting(trust: Trust, remote: Credential) -> None:
    assert signer_of(trust, PIN).sign(key=remote.key, certificate=remote.certificate, data=b"x")


def test_remote_service_says_what_it_is_and_has(trust: Trust, remote: Credential) -> None:
    client = Client(f"{trust.sandbox.origin}/csc/v1", *CLIENT)
    assert client.info()["specs"].startswith("1.0")
    assert remote.key in client.credentials()
    assert client.credential(remote.key)["multisign"] == 200


def test_remote_service_that_is_gone_is_away(remote: Credential) -> None:
    with pytest.raises(SignerAwayError):
        RemoteSigner("http://127.0.0.1:1/csc/v1", "a", "b").activate(key=remote.key, secret=PIN, count=1)


def test_remote_password_is_checked(trust: Trust, remote: Credential) -> None:
    with pytest.raises(SignerRefusedError):
        RemoteSigner(f"{trust.sandbox.origin}/csc/v1", "portal", "wrong").activate(key=remote.key, secret=PIN, count=1)


def test_software_keys_are_refused_in_production(settings: Any, tmp_path: Path) -> None:
    settings.SIGNATURE_TRIAL_ALLOWED = False
    with pytest.raises(ImproperlyConfigured):
        SoftwareSigner(tmp_path)


def test_software_keys_are_read_by_their_owner_only(tmp_path: Path) -> None:
    keys = SoftwareSigner(tmp_path / "signing")
    keys.make_key("leader")
    assert (tmp_path / "signing").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "signing" / "leader.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", ["", "../seal", "a/b", "nobody"])
def test_name_of_a_software_key_leads_nowhere_else(tmp_path: Path, key: str) -> None:
    with pytest.raises(SignerRefusedError):
        SoftwareSigner(tmp_path).sign(key=key, certificate=b"", data=b"x")
