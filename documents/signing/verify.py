"""Is this PDF what somebody signed? Works for ours and for anybody's; unknown means not valid."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from documents.queries.certificates import trusted_anchors
from documents.signing.kinds import Anchor, Examination, Expected, Finding, SignatureReport, Verdict


def judge(pdf: bytes, *, expected: Expected | None = None, now: datetime) -> Verdict:
    """`expected` is what we know of a document that we issued; every rule must hold then, byte for byte."""
    return judged(pdf, anchors=trusted_anchors(), expected=expected, now=now)


def judged(pdf: bytes, *, anchors: Sequence[Anchor], expected: Expected | None, now: datetime) -> Verdict:
    """As `judge`, for whoever names the trusted authorities."""
    from documents.signing.engine import judging  # pyHanko takes a second to import

    known = expected.changes if expected and expected.sha256 == sha256(pdf).hexdigest() else {}
    return concluded(judging.examine(pdf, anchors=anchors, now=now, known=known), expected)


def concluded(found: Examination, expected: Expected | None) -> Verdict:
    """The verdict on a file that was examined a moment ago."""
    findings = list(found.findings)
    if expected is not None:
        findings += _compare(expected, found.sha256, found.values, found.signatures)
    valid = bool(found.signatures) and not any(finding.bad for finding in findings)
    bad = {finding.field for finding in findings if finding.bad}
    reports = tuple(replace(report, valid=report.valid and report.field not in bad) for report in found.signatures)
    if any(report.is_trial for report in reports):
        findings.append(Finding("trial", bad=False))
    if valid:
        findings.insert(0, Finding("valid", bad=False))
    return Verdict(valid, found.sha256, tuple(findings), reports)


def _compare(
    expected: Expected, sha256: str, values: dict[str, str], signatures: list[SignatureReport]
) -> list[Finding]:
    findings = []
    if expected.sha256 and expected.sha256 != sha256:
        findings.append(Finding("other-bytes", bad=True))
    for name, value in expected.values.items():
        if values.get(name) != value:
            findings.append(Finding("other-value", bad=True, field=name))
    made = {report.field: report.fingerprint for report in signatures}
    for name, fingerprint in expected.fingerprints.items():
        if name not in made:
            findings.append(Finding("signature-stripped", bad=True, field=name))
        elif made[name] != fingerprint:
            findings.append(Finding("other-signer", bad=True, field=name))
    if expected.fingerprints:
        findings += [
            Finding("extra-signature", bad=True, field=name) for name in made if name not in expected.fingerprints
        ]
    return findings
