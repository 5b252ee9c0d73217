"""Where a certificate comes from, without asking anybody."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from documents.signing.engine.reading import certificate, fingerprint

MOST = 10  # certificates of one chain


@dataclass(frozen=True)
class Description:
    """What a list of certificates shows of one."""

    der: bytes
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime


def described(text: str) -> list[Description]:
    """The certificates of a PEM text. Raises ValueError for anything else."""
    if len(text) > 100_000 or "-----BEGIN" not in text:
        raise ValueError("No PEM text of certificates.")
    found = [content for kind, _headers, content in pem.unarmor(text.encode(), multiple=True) if kind == "CERTIFICATE"]
    if not 0 < len(found) <= MOST:
        raise ValueError("No certificate, or too many.")
    return [_description(x509.Certificate.load(bytes(content), strict=True)) for content in found]


def _description(own: x509.Certificate) -> Description:
    der = own.dump()
    return Description(
        der=der,
        subject=own.subject.human_friendly[:500],
        issuer=own.issuer.human_friendly[:500],
        serial=f"{own.serial_number:x}",
        fingerprint=fingerprint(der),
        valid_from=own.not_valid_before,
        valid_to=own.not_valid_after,
    )


def anchor_of(der: bytes, chain: Sequence[bytes], anchors: Sequence[bytes], at: datetime) -> bytes | None:
    """The anchor to which a certificate for signing leads at that moment; None when it leads nowhere."""
    context = ValidationContext(
        trust_roots=[certificate(anchor) for anchor in anchors],
        other_certs=[certificate(other) for other in chain],
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    validator = CertificateValidator(certificate(der), validation_context=context)
    try:
        path = asyncio.run(validator.async_validate_usage({"digital_signature"}))
    except (ValidationError, PathError, ValueError):
        return None
    found: bytes = path.trust_anchor.authority.certificate.dump()
    return found


def is_authority(der: bytes) -> bool:
    return bool(certificate(der).ca)
