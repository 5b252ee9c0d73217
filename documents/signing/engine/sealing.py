"""What must hold of a file that bears the organ's seal: NĐ 30/2020 Đ.14, Đ.32.

Before the organ's key is used, the person's signature must fit the bytes. All the rest is judged once, on the sealed
file, which contains everything that was there before: what is not good is thrown away, and nobody gets to see it.
"""

from collections.abc import Sequence
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from documents.signing.engine.judging import BROKEN, examine
from documents.signing.engine.reading import form_fields, value_of
from documents.signing.errors import NotReadyToSealError, TrustServiceAwayError
from documents.signing.kinds import SEAL, Anchor, Examination


def check_ready(reader: PdfFileReader) -> None:
    """Every person's field is signed, and the signature fits the bytes; number and date are filled in."""
    root = reader.root
    empty = [name for name, field in form_fields(root, "/Tx").items() if not value_of(field).strip()]
    unsigned = [name for name, field in form_fields(root, "/Sig").items() if name != SEAL and "/V" not in field]
    if empty or unsigned:
        raise NotReadyToSealError(f"not filled: {empty}, not signed: {unsigned}")
    broken = [signature.field_name for signature in reader.embedded_regular_signatures if not _fits(signature)]
    if broken:
        raise NotReadyToSealError(f"broken: {broken}")


def _fits(signature: EmbeddedPdfSignature) -> bool:
    try:
        intact, valid = validate_sig_integrity(
            signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
        )
    except BROKEN:
        return False
    return bool(intact and valid)


def check_sealed(pdf: bytes, anchors: Sequence[Anchor], at: datetime) -> Examination:
    """What the judge finds. Raises unless all but the seal itself is good: of that, the caller's verdict tells."""
    found = examine(pdf, anchors=anchors, now=at)
    bad = [finding.code for finding in found.findings if finding.bad and finding.field != SEAL]
    if bad and found.away:
        raise TrustServiceAwayError(", ".join(found.away))
    if bad:
        raise NotReadyToSealError(", ".join(bad))
    return found


def check_alone(reader: PdfFileReader) -> None:
    """Nothing is left for a person to sign or to fill in, and nobody has signed yet."""
    fields = {*form_fields(reader.root, "/Sig"), *form_fields(reader.root, "/Tx")} - {SEAL}
    if fields:
        raise NotReadyToSealError(f"not of the organ alone: {sorted(fields)}")
