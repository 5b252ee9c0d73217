"""The trial certificate authority: root, issuing authority, status responder and time-stamping, on keys of its own.

Keys and certificates are made at the first start into one folder, which holds what was issued and revoked too. Every
name says that it is a trial; nothing here is ever trusted where trial certificates are refused.
"""

import json
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from asn1crypto import crl, keys, ocsp, tsp
from asn1crypto import x509 as asn1
from certomancer.services import (
    CRLBuilder,
    RevocationInfoInterface,
    SimpleOCSPResponder,
    TimeStamper,
    choose_signed_digest,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

NAMES: dict[str, str] = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))
ADDRESS = "http://trust.sandbox.invalid"  # in every certificate; the portal's TRUST_ADDRESSES says where it answers
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)
STATUS_HOLDS = timedelta(minutes=10)
LIST_HOLDS = timedelta(days=1)
KEPT = {NameOID.COMMON_NAME, NameOID.TITLE, NameOID.ORGANIZATION_NAME}  # of the subject that somebody asks for


class BadRequestError(ValueError):
    """What was asked for is no request for a certificate that this authority gives."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A certificate of the authority with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def asn1_certificate(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def asn1_key(self) -> keys.PrivateKeyInfo:
        der = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return keys.PrivateKeyInfo.load(der)


def write_private(path: Path, content: bytes) -> None:
    """A file that only this account reads, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)


class Authority:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self.root = self._holder("root", issuer=None)
        self.issuing = self._holder("issuing", issuer=self.root)
        self._ocsp = self._holder("ocsp", issuer=self.issuing)
        self._tsa = self._holder("tsa", issuer=self.root)
        self._issued = {int(file.stem, 16) for file in (folder / "issued").glob("*.pem")}
        self._revoked = {
            int(file.stem, 16): datetime.fromisoformat(file.read_text(encoding="ascii"))
            for file in (folder / "revoked").glob("*.txt")
        }

    # --- what it answers ------------------------------------------------------------------------------------------

    def issue(self, request: bytes, *, first: datetime, last: datetime) -> bytes:
        """A certificate (PEM) for a person or an organ. Name and key come from the request, all else from us."""
        try:
            asked = x509.load_pem_x509_csr(request)
        except ValueError as error:
            raise BadRequestError("This is no request for a certificate.") from error
        key = asked.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            raise BadRequestError("Keys are of RSA or of an elliptic curve.")
        strong = isinstance(key, ec.EllipticCurvePublicKey) or key.key_size >= 2048
        names = [name for name in asked.subject if name.oid in KEPT]
        if not asked.is_signature_valid or not strong or not names or not FIRST <= first < last <= LAST:
            raise BadRequestError("The request has no name, a weak key, a wrong signature or impossible days.")
        names += [
            x509.NameAttribute(NameOID.COUNTRY_NAME, NAMES["country"]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, NAMES["mark"]),
        ]
        access = x509.AuthorityInformationAccess(
            [
                x509.AccessDescription(
                    AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{ADDRESS}/ocsp")
                ),
                x509.AccessDescription(
                    AuthorityInformationAccessOID.CA_ISSUERS,
                    x509.UniformResourceIdentifier(f"{ADDRESS}/ca/issuing.crt"),
                ),
            ]
        )
        unsigned = (
            _builder(
                x509.Name(names), self.issuing.certificate.subject, key, days=(first, last), signer=self.issuing.key
            )
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
            .add_extension(access, critical=False)
        )
        made = unsigned.sign(self.issuing.key, hashes.SHA256())
        pem = made.public_bytes(serialization.Encoding.PEM)
        write_private(self._folder / "issued" / f"{made.serial_number:040x}.pem", pem)
        with self._lock:
            self._issued.add(made.serial_number)
        return pem

    def revoke(self, serial: int, *, at: datetime) -> None:
        write_private(self._folder / "revoked" / f"{serial:040x}.txt", at.isoformat().encode("ascii"))
        with self._lock:
            self._revoked[serial] = at

    def ocsp_response(self, request: bytes, *, at: datetime) -> bytes:
        responder = SimpleOCSPResponder(
            responder_cert=self._ocsp_der,
            responder_key=self._ocsp.asn1_key,
            signature_algo=choose_signed_digest("sha256", self._ocsp_der.public_key),
            at_time=at,
            revinfo_interface=_Register(self),
            validity=STATUS_HOLDS,
        )
        response: bytes = responder.build_ocsp_response(ocsp.OCSPRequest.load(request)).dump()
        return response

    def crl(self, name: str, *, at: datetime) -> bytes:
        """The list of revoked certificates of `root` or `issuing`."""
        holder = {"root": self.root, "issuing": self.issuing}[name]
        certificate = holder.asn1_certificate
        builder = CRLBuilder(
            issuer_name=certificate.subject,
            issuer_key=holder.asn1_key,
            signature_algo=choose_signed_digest("sha256", certificate.public_key),
            authority_key_identifier=certificate.key_identifier_value,
        )
        with self._lock:
            revoked = sorted(self._revoked.items()) if name == "issuing" else []
        entries = [
            CRLBuilder.format_revoked_cert(serial, crl.CRLReason("unspecified"), since) for serial, since in revoked
        ]
        made = builder.build_crl(
            crl_number=int(at.timestamp()), this_update=at, next_update=at + LIST_HOLDS, revoked_certs=entries
        )
        der: bytes = made.dump()
        return der

    def time_stamp(self, request: bytes, *, at: datetime) -> bytes:
        stamper = TimeStamper(self._tsa_der, self._tsa.asn1_key, certs_to_embed=[self._root_der], fixed_dt=at)
        response: bytes = stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return response

    def status(self, serial: int, at: datetime) -> ocsp.CertStatus:
        with self._lock:
            since, known = self._revoked.get(serial), serial in self._issued
        if since is not None and since <= at:
            reason = crl.CRLReason("unspecified")
            return ocsp.CertStatus("revoked", ocsp.RevokedInfo({"revocation_time": since, "revocation_reason": reason}))
        return ocsp.CertStatus(name="good" if known else "unknown", value=None)

    # --- its own keys and certificates ----------------------------------------------------------------------------

    @cached_property
    def _root_der(self) -> asn1.Certificate:
        return self.root.asn1_certificate

    @cached_property
    def _ocsp_der(self) -> asn1.Certificate:
        return self._ocsp.asn1_certificate

    @cached_property
    def _tsa_der(self) -> asn1.Certificate:
        return self._tsa.asn1_certificate

    def _holder(self, name: str, issuer: Holder | None) -> Holder:
        file = self._folder / f"{name}.pem"
        if not file.exists():
            write_private(file, _make(name, issuer))
        pem = file.read_bytes()
        key = serialization.load_pem_private_key(pem, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise BadRequestError(f"{file} holds no key of an elliptic curve.")
        return Holder(x509.load_pem_x509_certificate(pem), key)


class _Register(RevocationInfoInterface):
    """What certomancer's responder asks of us."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    def get_issuer_cert(self) -> asn1.Certificate:
        return self._authority.issuing.asn1_certificate

    def check_revocation_status(
        self, cid: ocsp.CertId, at_time: datetime
    ) -> tuple[ocsp.CertStatus, list[ocsp.SingleResponseExtension]]:
        return self._authority.status(cid["serial_number"].native, at_time), []


def _make(name: str, issuer: Holder | None) -> bytes:
    """Key and certificate of one of the authority's own holders, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, NAMES["country"]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, NAMES["organisation"]),
            x509.NameAttribute(NameOID.COMMON_NAME, NAMES[name]),
        ]
    )
    signer = issuer.key if issuer else key
    builder = _builder(
        subject,
        issuer.certificate.subject if issuer else subject,
        key.public_key(),
        days=(FIRST, LAST),
        signer=signer,
    )
    if name in {"root", "issuing"}:
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=None if name == "root" else 0), critical=True
        ).add_extension(_usage("digital_signature", "key_cert_sign", "crl_sign"), critical=True)
    else:
        purpose = {"ocsp": ExtendedKeyUsageOID.OCSP_SIGNING, "tsa": ExtendedKeyUsageOID.TIME_STAMPING}[name]
        builder = builder.add_extension(_usage("digital_signature"), critical=True).add_extension(
            x509.ExtendedKeyUsage([purpose]), critical=True
        )
    if name == "ocsp":  # a responder asked about itself would never end
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    elif issuer is not None:
        place = x509.UniformResourceIdentifier(f"{ADDRESS}/crl/root.crl")
        points = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
        builder = builder.add_extension(points, critical=False)
    made = builder.sign(signer, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + made.public_bytes(serialization.Encoding.PEM)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    *,
    days: tuple[datetime, datetime],
    signer: ec.EllipticCurvePrivateKey,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(days[0])
        .not_valid_after(days[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )


def _usage(*wanted: str) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip  # the names of RFC 5280 4.2.1.3
    return x509.KeyUsage(**{name: name in wanted for name in every})
