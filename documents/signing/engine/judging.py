"""Judges the signatures of a PDF, whoever made it.

Judging uses what is embedded and asks for present status where that does not reach (NO_HISTORICAL_FETCH): even at
B-LTA the certificate of the last time-stamp needs one. No single answer of pyHanko suffices: the AdES index stays good
after a change behind the seal, `bottom_line` stays good for a certificate that had expired when it signed, and without
the lock both stay good when the number changes. So all of them must hold, and the level of later changes too.
"""

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError, ValueErrorWithMessage
from pyhanko.sign.validation import ades, policy_decl
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import context, errors, registry
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy

from documents.signing.engine.differences import Differences
from documents.signing.engine.reading import certificate, fingerprint, form_fields, inside, name_of, opened, value_of
from documents.signing.engine.status import TOLERANCE, StatusBackend
from documents.signing.errors import UnreadableError
from documents.signing.kinds import SEAL, Anchor, Examination, SignatureReport

MOST = 20  # signatures of one file
BROKEN = (PdfError, SigningError, SignatureValidationError, ValueErrorWithMessage, errors.ValidationError,
          errors.PathError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)  # fmt: skip
TITLES = ("/Title", "/Author", "/Subject", "/Keywords")
DESCRIBED = re.compile(rb"<dc:(?:title|creator|description)\b.*?</dc:(?:title|creator|description)>", re.DOTALL)
CHANGES = {
    ModificationLevel.NONE: "none",
    ModificationLevel.LTA_UPDATES: "long-term",
    ModificationLevel.FORM_FILLING: "filled",
    ModificationLevel.ANNOTATIONS: "other",
    ModificationLevel.OTHER: "other",
}
KNOWN = {words: level for level, words in CHANGES.items() if words != "other"}
NOTHING_KNOWN: Mapping[str, str] = {}


def examine(
    pdf: bytes,
    *,
    anchors: Sequence[Anchor],
    now: datetime,
    closed: bool = True,
    known: Mapping[str, str] = NOTHING_KNOWN,
) -> Examination:
    """`closed` files are meant to be finished: nothing may be left to sign, and after a seal nothing may follow.

    `known` tells what was found behind each signature when these very bytes were compared before (`report.changes`).
    """
    result = Examination(sha256(pdf).hexdigest())
    try:
        with opened(pdf) as reader:
            _examine(pdf, reader, result, _Question(tuple(anchors), now, known), closed=closed)
    except UnreadableError as error:
        _unreadable(result, error)
    return result


@dataclass(frozen=True)
class _Question:
    """What is asked about a file; `known` as in `examine`."""

    anchors: tuple[Anchor, ...]
    now: datetime
    known: Mapping[str, str]


def _examine(pdf: bytes, reader: PdfFileReader, result: Examination, question: _Question, *, closed: bool) -> None:
    try:
        signatures = reader.embedded_regular_signatures
        result.values = {name: value_of(f) for name, f in form_fields(reader.root, "/Tx").items()}
        _look_at_form(reader, result, closed=closed)
    except BROKEN as error:
        _unreadable(result, error)
        return
    if not signatures:
        result.note("no-signature")
    if len(signatures) > MOST:
        result.note("too-many-signatures")
        return
    judge = _Judge(reader, question, result)
    judge.compare(signatures)
    asyncio.run(judge.look_at(signatures))
    if signatures and closed:  # last: reading the metadata leaves the reader unfit for comparing revisions
        _look_at_titles(pdf, reader, signatures[-1], result)
    result.away = judge.status.away
    own = {report.field: report.fingerprint for report in result.signatures}
    if SEAL in own and list(own.values()).count(own[SEAL]) > 1:  # passes every cryptographic rule
        result.note("seal-by-signer", SEAL)


def _unreadable(result: Examination, error: Exception) -> None:
    logging.getLogger(__name__).info("Unreadable PDF: %s", error)
    result.note("unreadable")


def _look_at_form(reader: PdfFileReader, result: Examination, *, closed: bool) -> None:
    """What a signature check lets pass, and people would not."""
    if inside(reader.root, "/AcroForm", "/NeedAppearances") is not None:
        result.note("redrawn")
    empty = [name for name, f in form_fields(reader.root, "/Sig").items() if "/V" not in f]
    for name in empty if closed else ():
        result.note("seal-missing" if name == SEAL else "signature-missing", name)


def _look_at_titles(pdf: bytes, reader: PdfFileReader, last: EmbeddedPdfSignature, result: Examination) -> None:
    """A new title counts as harmless for pyHanko. Compared with the file as the last signature covers it."""
    _start, _length, start, length = (int(number) for number in last.byte_range)
    try:
        with opened(pdf[: start + length]) as before:
            changed = _titles(before) != _titles(reader)
    except (UnreadableError, *BROKEN):
        changed = True
    if changed:
        result.note("retitled")


def _titles(reader: PdfFileReader) -> tuple[list[str], list[bytes]]:
    """What the file says of itself as a whole: title, author and the like."""
    info = inside(reader.trailer, "/Info")
    said = [str(inside(info, key)) for key in TITLES] if info is not None else []
    metadata = inside(reader.root, "/Metadata")
    return said, DESCRIBED.findall(metadata.data) if metadata is not None else []


class _Judge:
    def __init__(self, reader: PdfFileReader, question: _Question, result: Examination) -> None:
        anchors, now, known = question.anchors, question.now, question.known
        self._reader = reader
        self._result = result
        self._now = now
        self._timing = ValidationTimingInfo(now, now, point_in_time_validation=False)
        self._trial = {fingerprint(anchor.certificate) for anchor in anchors if anchor.is_trial}
        self.status = StatusBackend(host for anchor in anchors for host in anchor.hosts)
        roots = [certificate(anchor.certificate) for anchor in anchors]
        rule = policy_decl.RevinfoOnlineFetchingRule.NO_HISTORICAL_FETCH
        self._spec = policy_decl.PdfSignatureValidationSpec(
            policy_decl.SignatureValidationSpec(
                context.CertValidationPolicySpec(
                    registry.SimpleTrustManager.build(roots),
                    CertRevTrustPolicy(REQUIRE_REVINFO),
                    time_tolerance=TOLERANCE,
                ),
                policy_decl.RevocationInfoGatheringSpec(rule, self.status),
            ),
            diff_policy=Differences(
                result.sha256,
                signed=[signature.signed_revision for signature in reader.embedded_regular_signatures],
                stamped=[stamp.signed_revision for stamp in reader.embedded_timestamp_signatures],
                known={
                    signature.signed_revision: KNOWN[known[str(signature.field_name)]]
                    for signature in reader.embedded_regular_signatures
                    if known.get(str(signature.field_name)) in KNOWN
                },
            ),
        )

    def compare(self, signatures: Sequence[EmbeddedPdfSignature]) -> None:
        """The last signature first: see Differences."""
        for signature in reversed(signatures):
            try:
                signature.compute_integrity_info(self._spec.diff_policy)
            except BROKEN:
                continue  # `look_at` says what is wrong with it

    async def look_at(self, signatures: Sequence[EmbeddedPdfSignature]) -> None:
        for signature in signatures:
            try:
                await self._look(signature)
            except BROKEN as error:
                logging.getLogger(__name__).warning("A signature could not be judged: %s", error, exc_info=error)
                self._result.note("signature-unreadable", str(signature.field_name))

    async def _look(self, signature: EmbeddedPdfSignature) -> None:
        found: ades.AdESWithTimeValidationResult | ades.AdESLTAValidationResult
        if self._stamped_later(signature):
            found, level = await ades.ades_lta_validation(signature, self._spec, timing_info=self._timing), "B-LTA"
        else:  # nothing closes the file behind this signature: it counts while its certificate is good at this moment
            found, level = await self._present(signature), "B-LT" if "/DSS" in self._reader.root else "B-T"
        name, status = str(signature.field_name), found.api_status
        trusted = found.ades_subindic is AdESPassed.OK and status is not None and status.bottom_line
        intact = status is not None and status.intact and status.valid
        changes = status.modification_level if status is not None else None
        allowed = ModificationLevel.LTA_UPDATES if name == SEAL else ModificationLevel.FORM_FILLING
        unchanged = changes is not None and changes <= allowed and bool(status and status.docmdp_ok)
        codes = []
        if not intact:
            codes.append("broken")
        elif not unchanged:
            codes.append("changed")
        elif not trusted:
            codes.append(_why(found, away=bool(self.status.away)))
        moment = found.best_signature_time if found.best_signature_time != self._now else None
        if not codes and (own := self._out_of_days(signature, moment, present=level != "B-LTA")):
            codes.append(own)
        for code in codes:
            self._result.note(code, name)
        path = getattr(status, "validation_path", None)
        is_trial = path is not None and fingerprint(path.trust_anchor.authority.certificate.dump()) in self._trial
        self._report(
            signature,
            name,
            level,
            moment,
            intact=intact,
            trusted=trusted,
            changes=changes,
            is_trial=is_trial,
            valid=not codes,
        )

    async def _present(self, signature: EmbeddedPdfSignature) -> "ades.AdESWithTimeValidationResult":
        signature.compute_integrity_info(self._spec.diff_policy)
        return await ades.ades_with_time_validation(
            signature.signed_data,
            self._spec.signature_validation_spec,
            timing_info=self._timing,
            raw_digest=signature.compute_digest(),
            extra_status_kwargs=signature.summarise_integrity_info(),
            status_cls=PdfSignatureStatus,
        )

    def _out_of_days(self, signature: EmbeddedPdfSignature, moment: datetime | None, *, present: bool) -> str:
        """pyHanko may pass a time-stamped signature of a certificate that had expired before: the days are ours."""
        own = signature.signer_cert
        if not own.not_valid_before <= (moment or self._now) <= own.not_valid_after:
            return "expired"
        return "status-unknown" if present and self._now > own.not_valid_after else ""

    def _stamped_later(self, signature: EmbeddedPdfSignature) -> bool:
        return any(
            stamp.signed_revision > signature.signed_revision for stamp in self._reader.embedded_timestamp_signatures
        )

    def _report(
        self,
        signature: EmbeddedPdfSignature,
        name: str,
        level: str,
        moment: datetime | None,
        *,
        intact: bool,
        trusted: bool,
        changes: ModificationLevel | None,
        is_trial: bool,
        valid: bool,
    ) -> None:
        own = signature.signer_cert
        self._result.signatures.append(
            SignatureReport(
                field=name,
                signer=name_of(own.subject, "common_name"),
                title=name_of(own.subject, "title"),
                organ=name_of(own.subject, "organization_name"),
                issuer=name_of(own.issuer, "common_name"),
                serial=f"{own.serial_number:x}",
                fingerprint=fingerprint(own.dump()),
                signed_at=moment or signature.self_reported_timestamp,
                time_stamped=moment is not None,
                level=level,
                intact=intact,
                trusted=trusted,
                changes=CHANGES.get(changes, "other") if changes is not None else "other",
                is_trial=is_trial,
                valid=valid,
            )
        )


def _why(found: "ades.AdESWithTimeValidationResult | ades.AdESLTAValidationResult", *, away: bool) -> str:
    """Our code for what kept the certificate from being trusted."""
    reason = getattr(found.api_status, "trust_problem_indic", None) or found.ades_subindic
    name = getattr(reason, "name", str(reason))
    known = {
        "REVOKED": "revoked",
        "REVOKED_NO_POE": "revoked",
        "REVOKED_CA_NO_POE": "revoked",
        "EXPIRED": "expired",
        "NOT_YET_VALID": "expired",
        "OUT_OF_BOUNDS_NO_POE": "expired",
        "OUT_OF_BOUNDS_NOT_REVOKED": "expired",
        "NO_CERTIFICATE_CHAIN_FOUND": "untrusted",
        "NO_CERTIFICATE_CHAIN_FOUND_NO_POE": "untrusted",
        "SIG_CONSTRAINTS_FAILURE": "wrong-use",
        "CHAIN_CONSTRAINTS_FAILURE": "wrong-use",
    }
    return known.get(name, "status-unknown" if not away else "status-away")
