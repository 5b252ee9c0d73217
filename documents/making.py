"""From claimed work to signed files. No database, no transaction: this is where the services outside are waited for."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents.errors import NotPrintableError
from documents.jobs import Made, Refused, Work
from documents.layouts import LayoutDataError, UnknownLayoutError, render
from documents.signing import recipe, verify
from documents.signing.errors import CertificateRefusedError, SigningError
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
    filled = work.pdf if work.is_filled else recipe.fill(work.pdf, work.values)
    numbered = b"" if work.is_filled else filled
    if work.goal is Goal.NUMBER:
        return Made(revision=work.revision, numbered=numbered)
    if not _person_signed(filled, work, at):
        return Refused(
            reason=_("The person's signature is not valid, so nothing was sealed. Return it to be signed anew.")
        )
    sealed = _signed(filled, SEAL, work, at)
    expected = Expected(fingerprints=work.prints, values=work.values)
    verdict = verify.judged(sealed.pdf, anchors=work.anchors, expected=expected, now=at)
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


def _person_signed(pdf: bytes, work: Work, at: datetime) -> bool:
    """The organ's seal only on what the competent person has signed, unchanged but for number and date.

    NĐ 30/2020 Đ.32.2d. The verdict on the whole file is not asked yet: without its seal it is not valid.
    """
    found = {one.field: one for one in verify.judged(pdf, anchors=work.anchors, expected=None, now=at).signatures}
    one = found.get(PERSON)
    return one is not None and set(found) == {PERSON} and one.valid and one.fingerprint == work.prints[PERSON]
