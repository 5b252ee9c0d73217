"""The recipe by which a document is signed, numbered and sealed (docs/signatures.md).

prepare -> the leader signs -> fill number and date -> the organ seals. Each step takes bytes and gives bytes; an error
leaves nothing half done, and `error.retry` says whether the same step may succeed later.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from documents.models import Certificate
from documents.queries.certificates import credential_of, trusted_anchors
from documents.signing.backends import backend
from documents.signing.errors import CertificateRefusedError
from documents.signing.kinds import SEAL, Anchor, Credential, Holder, Place, Signed


def prepare(pdf: bytes, boxes: Mapping[str, Place]) -> bytes:
    """The last revision before any signature: `boxes` says where each signature will stand."""
    from documents.signing.engine import preparing  # pyHanko takes a second to import

    return preparing.prepare(pdf, boxes)


def fill(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """Write number and date into their fields, which nobody can type into afterwards."""
    from documents.signing.engine import filling  # pyHanko takes a second to import

    return filling.fill(pdf, values)


def sign(
    pdf: bytes, *, field: str, certificate: Certificate, long_term: bool, at: datetime, activation: str = ""
) -> bytes:
    """As `sign_in_detail`, the bytes only."""
    return sign_in_detail(
        pdf, field=field, certificate=certificate, long_term=long_term, at=at, activation=activation
    ).pdf


def sign_in_detail(
    pdf: bytes, *, field: str, certificate: Certificate, long_term: bool, at: datetime, activation: str = ""
) -> Signed:
    """One signature, with what a SignatureRecord keeps of it. `at` is the present moment; the network is used.

    Raises documents.signing.errors: CertificateRefusedError, NotPreparedError, NotReadyToSealError, and with `retry`
    TrustServiceAwayError, SignerAwayError, ClocksDisagreeError.
    """
    return sign_as(
        pdf,
        field=field,
        credential=credential_of(certificate),
        anchors=trusted_anchors(),
        long_term=long_term,
        at=at,
        activation=activation,
    )


def sign_as(
    pdf: bytes,
    *,
    field: str,
    credential: Credential,
    anchors: Sequence[Anchor],
    long_term: bool,
    at: datetime,
    activation: str = "",
) -> Signed:
    """As `sign_in_detail`, for whoever has read credential and authorities already: no database is asked."""
    from documents.signing.engine import signing  # pyHanko takes a second to import

    if (field == SEAL) != (credential.holder is Holder.ORGAN):
        raise CertificateRefusedError("A person signs, an organ seals.")
    return signing.sign(
        pdf,
        field=field,
        credential=credential,
        anchors=anchors,
        long_term=long_term,
        at=at,
        activation=activation,
    )


def seal_alone(pdf: bytes, *, credential: Credential, anchors: Sequence[Anchor], at: datetime) -> Signed:
    """The organ's seal on what the organ alone hands out, such as the forms of its desk: no person signs there, and
    NotReadyToSealError says so where one should.
    """
    from documents.signing.engine import signing  # pyHanko takes a second to import

    if credential.holder is not Holder.ORGAN:
        raise CertificateRefusedError("An organ seals.")
    return signing.sign(pdf, field=SEAL, credential=credential, anchors=anchors, long_term=True, at=at, alone=True)


def activate(*, certificate: Certificate, secret: str, count: int) -> str:
    """Unlock the key for so many signatures with the PIN that the officer typed; pass the result to `sign`."""
    credential = credential_of(certificate)
    return backend(credential.backend).activate(key=credential.key, secret=secret, count=count)
