"""One signature: PAdES B-LT for a person, B-LTA for what must last. Out comes a whole signed file, or an error."""

import asyncio
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from asn1crypto import algos, cms, tsp, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.attributes import CMSAttributeProvider, SigningCertificateV2Provider
from pyhanko.sign.general import SigningError as PyHankoSigningError
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import PreSignValidationStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.signing.backends import backend
from documents.signing.engine.drawing import stamp
from documents.signing.engine.reading import certificate, fingerprint, form_fields, readable
from documents.signing.engine.sealing import check_alone, check_ready, check_sealed
from documents.signing.engine.status import TOLERANCE, Stamper, StatusBackend
from documents.signing.errors import CertificateRefusedError, NotPreparedError, TrustServiceAwayError
from documents.signing.kinds import SEAL, Anchor, Credential, Signed

ECDSA_LENGTH, RSA_LENGTH = 80, 512  # bytes that are kept free for a raw signature


class BackendSigner(Signer):
    """pyHanko's signer, with the raw signature from our backend."""

    def __init__(self, credential: Credential, activation: str) -> None:
        own = certificate(credential.certificate)
        chain = [certificate(der) for der in credential.chain]
        super().__init__(
            signing_cert=own,
            cert_registry=SimpleCertificateStore.from_certs(chain),
            signature_mechanism=_mechanism(own),
        )
        self._credential = credential
        self._activation = activation
        self._kind = own.public_key.algorithm

    async def signed_attrs(self, *args: Any, **named: Any) -> cms.CMSAttributes:
        """Once encoded: asn1crypto encodes what was put together from parts anew, for each look at it."""
        made = await super().signed_attrs(*args, **named)
        return cms.CMSAttributes.load(made.dump())

    def _signed_attr_providers(self, *args: Any, **named: Any) -> Iterator[CMSAttributeProvider]:
        for provider in super()._signed_attr_providers(*args, **named):
            known = isinstance(provider, SigningCertificateV2Provider)
            yield _NamesCertificate(self._credential.certificate) if known else provider

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(ECDSA_LENGTH if self._kind == "ec" else RSA_LENGTH)
        credential = self._credential
        return backend(credential.backend).sign(
            key=credential.key, certificate=credential.certificate, data=data, activation=self._activation
        )


class _NamesCertificate(CMSAttributeProvider):
    """Says within the signature whose certificate it is; the same for every signature of a certificate."""

    attribute_type = "signing_certificate_v2"

    def __init__(self, der: bytes) -> None:
        self._der = der

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        return tsp.SigningCertificateV2.load(_naming(self._der))


@lru_cache(maxsize=2_000)
def _naming(der: bytes) -> bytes:
    encoded: bytes = as_signing_certificate_v2(certificate(der)).dump()
    return encoded


def _mechanism(own: x509.Certificate) -> algos.SignedDigestAlgorithm:
    names = {"ec": "sha256_ecdsa", "rsa": "sha256_rsa"}
    try:
        return algos.SignedDigestAlgorithm({"algorithm": names[own.public_key.algorithm]})
    except KeyError as error:
        raise CertificateRefusedError(f"A key of {own.public_key.algorithm}.") from error


def sign(
    pdf: bytes,
    *,
    field: str,
    credential: Credential,
    anchors: Iterable[Anchor],
    long_term: bool,
    at: datetime,
    activation: str = "",
    alone: bool = False,  # the seal is the only signature that the file will ever bear
) -> Signed:
    """The file with one more signature in the empty field `field`. The certificate is checked online before.

    What was sealed is judged before it is given away: see `sealing`.
    """
    trusted = list(anchors)
    reader = readable(pdf)
    _check_field(reader, field)
    if field == SEAL:
        check_alone(reader) if alone else check_ready(reader)
    _check_days(credential, at)
    status = StatusBackend(host for anchor in trusted for host in anchor.hosts)
    stamper = Stamper(at)
    metadata = signers.PdfSignatureMetadata(
        field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=long_term,
        validation_context=_online(credential, trusted, status),
    )
    signer = signers.PdfSigner(
        metadata, BackendSigner(credential, activation), timestamper=stamper, stamp_style=stamp(credential.picture)
    )
    try:
        made, info = asyncio.run(_signed(IncrementalPdfFileWriter.from_reader(reader), signer, at))
    except (PyHankoSigningError, ValidationError, PathError) as error:
        if status.away:
            raise TrustServiceAwayError(", ".join(status.away)) from error
        raise CertificateRefusedError(str(error)) from error
    except PdfError as error:
        raise NotPreparedError(str(error)) from error
    if not made.startswith(pdf) or stamper.stamped_at is None:
        raise NotPreparedError("The signature did not come as an update of the file.")
    return Signed(
        pdf=made,
        field=field,
        level="B-LTA" if long_term else "B-LT",
        fingerprint=fingerprint(credential.certificate),
        time_stamped_at=stamper.stamped_at,
        digest_before=sha256(pdf).hexdigest(),
        digest_after=sha256(made).hexdigest(),
        status_digest=_digest_of(info),
        found=check_sealed(made, trusted, at) if field == SEAL else None,
    )


def _online(credential: Credential, anchors: Iterable[Anchor], status: StatusBackend) -> ValidationContext:
    """How the signer's chain is checked before: what is not known to be good is refused."""
    return ValidationContext(
        trust_roots=[certificate(anchor.certificate) for anchor in anchors],
        other_certs=[certificate(der) for der in credential.chain],
        allow_fetching=True,
        fetchers=status.get_fetchers(),
        revocation_mode="hard-fail",
        time_tolerance=TOLERANCE,
    )


async def _signed(
    writer: IncrementalPdfFileWriter, signer: signers.PdfSigner, at: datetime
) -> tuple[bytes, PreSignValidationStatus]:
    """pyHanko's `async_sign_pdf` step by step: the moment is ours, and the status answers are wanted."""
    session = signer.init_signing_session(writer, existing_fields_only=True)
    session.system_time = at
    info = await session.perform_presign_validation(session.pdf_out)
    if info is None:
        raise CertificateRefusedError("Nothing was validated.")
    room = await session.estimate_signature_container_size(info)
    document = session.prepare_tbs_document(validation_info=info, bytes_reserved=room)
    out = io.BytesIO()
    digest, _ = document.digest_tbs_document(output=out)
    signed = await document.perform_signature(
        document_digest=digest.document_digest, pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at)
    )
    await signed.post_signature_processing(out)
    return out.getvalue(), info


def _check_days(credential: Credential, at: datetime) -> None:
    own = certificate(credential.certificate)
    if not own.not_valid_before <= at <= own.not_valid_after:
        raise CertificateRefusedError(f"Valid {own.not_valid_before} to {own.not_valid_after}.")


def _check_field(reader: PdfFileReader, field: str) -> None:
    found = form_fields(reader.root, "/Sig").get(field)
    if found is None or "/V" in found:
        raise NotPreparedError(f"The field {field} is not there, or signed already.")


def _digest_of(info: PreSignValidationStatus) -> str:
    answers = sorted(answer.dump() for answer in [*info.ocsps_to_embed, *info.crls_to_embed])
    return sha256(b"".join(answers)).hexdigest()
