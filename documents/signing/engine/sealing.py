"""What must hold before the organ's seal: NĐ 30/2020 Đ.14, Đ.32."""

from collections.abc import Iterable
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader

from documents.signing.engine.judging import examine
from documents.signing.engine.reading import form_fields, value_of
from documents.signing.errors import NotReadyToSealError, TrustServiceAwayError
from documents.signing.kinds import SEAL, Anchor


def check_ready(pdf: bytes, reader: PdfFileReader, anchors: Iterable[Anchor], at: datetime) -> None:
    """Every person's field is signed and judges well, number and date are filled in. `reader` has read `pdf`."""
    root = reader.root
    empty = [name for name, field in form_fields(root, "/Tx").items() if not value_of(field).strip()]
    unsigned = [name for name, field in form_fields(root, "/Sig").items() if name != SEAL and "/V" not in field]
    if empty or unsigned:
        raise NotReadyToSealError(f"not filled: {empty}, not signed: {unsigned}")
    examination = examine(pdf, anchors=list(anchors), now=at, closed=False)
    bad = [finding.code for finding in examination.findings if finding.bad]
    if bad and examination.away:
        raise TrustServiceAwayError(", ".join(examination.away))
    if bad:
        raise NotReadyToSealError(", ".join(bad))


def check_alone(reader: PdfFileReader) -> None:
    """Nothing is left for a person to sign or to fill in, and nobody has signed yet."""
    fields = {*form_fields(reader.root, "/Sig"), *form_fields(reader.root, "/Tx")} - {SEAL}
    if fields:
        raise NotReadyToSealError(f"not of the organ alone: {sorted(fields)}")
