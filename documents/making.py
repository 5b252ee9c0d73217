"""From claimed work to signed files. No database, no transaction: this is where the services outside are waited for."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents.errors import NotPrintableError
from documents.jobs import Made, Refused, Work
from documents.layouts import LayoutDataError, UnknownLayoutError, render
from documents.signing import recipe, verify
from documents.signing.errors import CertificateRefusedError, NotReadyToSealError, SigningError
from documents.signing.kinds import PERSON, SEAL, Expected, Signed
from documents.states import Goal


def make(work: Work, *, at: datetime) -> Made | Refused:
    """Everything up to the goal. Raises SigningError only when another try may help."""
    try:
        return _sign(work, at) if work.goal is Goal.SIGN else _number_and_seal(work, at)
    except (LayoutDataError, UnknownLayoutError):
        return Refused(reason=str(NotPrintableError.message))
    except SigningError as error:
        if error.retry:
            raise
        return Refused(reason=str(error))


def _sign(work: Work, at: datetime) -> Made | Refused:
    printed = render(work.layout.code, work.layout.data, on=work.layout.on)
    if printed.version != work.layout.version:
        return Refused(reason=str(NotPrintableError.message))
    prepared = recipe.prepare(printed.pdf, printed.boxes)
    signed = _signed(prepared, PERSON, work, at)
    return Made(revision=work.revision, prepared=prepared, signed=signed)


def _number_and_seal(work: Work, at: datetime) -> Made | Refused:
    """The recipe gives away only what a person's good signature stands on, filled and otherwise unchanged, judged with
    the seal; the verdict then says whose it was. NĐ 30/2020 Đ.32.2d
    """
    filled = work.pdf if work.is_filled else recipe.fill(work.pdf, work.values)
    numbered = b"" if work.is_filled else filled
    if work.goal is Goal.NUMBER:
        return Made(revision=work.revision, numbered=numbered)
    sealed = _signed(filled, SEAL, work, at)
    expected = Expected(fingerprints=work.prints, values=work.values)
    if sealed.found is None:  # `recipe` judges all that it seals
        raise NotReadyToSealError("Not judged.")
    verdict = verify.concluded(sealed.found, expected)
    if not verdict.valid:
        thrown = _("The sealed file was not judged valid, so it was thrown away.")
        return Refused(reason=" ".join([thrown, *verdict.sentences()]))
    return Made(revision=work.revision, numbered=numbered, sealed=sealed, verdict=verdict)


def _signed(pdf: bytes, field: str, work: Work, at: datetime) -> Signed:
    if work.credential is None:
        raise CertificateRefusedError("None was claimed.")
    return recipe.sign_as(
        pdf,
        field=field,
        credential=work.credential,
        anchors=work.anchors,
        long_term=field == SEAL,
        at=at,
        activation=work.activation,
    )
