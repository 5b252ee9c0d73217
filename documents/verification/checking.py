"""Is this file what was issued, and are its signatures good? Unknown means not valid."""

from dataclasses import dataclass
from datetime import datetime

from documents.layouts.words import day
from documents.queries.verification import Issued
from documents.signing import verify
from documents.signing.kinds import DATE, NUMBER, Expected, Verdict
from documents.signing.wording import describe, field_name


@dataclass(frozen=True, slots=True)
class Check:
    """`is_same` is None for a file that was compared with no issued document."""

    verdict: Verdict
    is_same: bool | None

    @property
    def reasons(self) -> list[str]:
        """Why it is not valid."""
        return [finding.words for finding in self.verdict.findings if finding.bad]

    @property
    def remarks(self) -> list[str]:
        return [finding.words for finding in self.verdict.findings if not finding.bad]

    @property
    def signatures(self) -> list[tuple[str, list[str]]]:
        return [(capital(field_name(one.field)), describe(one)) for one in self.verdict.signatures]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def check(pdf: bytes, issued: Issued | None, *, now: datetime) -> Check:
    verdict = verify.judge(pdf, expected=expected_of(issued) if issued else None, now=now)
    return Check(verdict, verdict.sha256 == issued.version.sha256 if issued else None)


def expected_of(issued: Issued) -> Expected:
    document, report = issued.document, issued.version.report
    prints = {one["field"]: one["fingerprint"] for one in report.get("signatures", ())}
    values = {NUMBER: document.number, DATE: day(document.dated_on)} if document.dated_on else {}
    changes = {one["field"]: one["changes"] for one in report.get("signatures", ())}
    return Expected(issued.version.sha256, prints, values, changes if report.get("valid") else {})
