"""Plain shapes that signing and judging share. Nothing here needs a PDF library."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

PERSON, SEAL = "KyNguoi", "KyCoQuan"  # names of signature fields that have a meaning of their own
NUMBER, DATE = "so_ky_hieu", "ngay_ban_hanh"  # text fields, filled after the person's signature and before the seal


class Holder(StrEnum):
    """Whose key it is: a person signs, an organ seals."""

    PERSON = "person"
    ORGAN = "organ"


class Place(Protocol):
    """Where a signature is drawn: page from 0, points from the lower left corner."""

    @property
    def page(self) -> int: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...
    @property
    def x2(self) -> float: ...
    @property
    def y2(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A Place of our own."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Credential:
    """What it takes to sign as somebody. `certificate` and `chain` are DER, `key` is the backend's name for the key."""

    holder: Holder
    certificate: bytes
    chain: tuple[bytes, ...]
    backend: str
    key: str
    picture: bytes  # PNG
    is_trial: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """A certificate authority that is trusted, and the hosts that may be asked for the status of what it issued."""

    certificate: bytes  # DER
    hosts: tuple[str, ...]
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was made. Digests are SHA-256 in hexadecimal; `status_digest` is that of the status answers.

    `found` is what the judge saw in a file that was sealed.
    """

    pdf: bytes
    field: str
    level: str
    fingerprint: str
    time_stamped_at: datetime
    digest_before: str
    digest_after: str
    status_digest: str
    found: "Examination | None" = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """What we know of a document that we issued: its digest, whose certificate signed which field, the filled texts.

    `changes` is what was found behind each signature when it was sealed (SignatureReport): with the digest it holds
    for ever, because it follows from the bytes alone.
    """

    sha256: str = ""
    fingerprints: Mapping[str, str] = dataclasses.field(default_factory=dict)
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    changes: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; `bad` findings make the verdict. `words` are translated when they are read."""

    code: str
    bad: bool
    field: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def words(self) -> str:
        from documents.signing.wording import say  # wording imports this module

        return say(self)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature of a file, as it was judged. Names are those of the certificate."""

    field: str
    signer: str
    title: str
    organ: str
    issuer: str
    serial: str
    fingerprint: str
    signed_at: datetime | None
    time_stamped: bool
    level: str
    intact: bool
    trusted: bool
    changes: str  # none, long-term data, filled fields, other
    is_trial: bool
    valid: bool


@dataclass
class Examination:
    """What was found in a file; `values` are the texts of its form fields, `away` what did not answer."""

    sha256: str
    findings: list[Finding] = dataclasses.field(default_factory=list)
    signatures: list[SignatureReport] = dataclasses.field(default_factory=list)
    values: dict[str, str] = dataclasses.field(default_factory=dict)
    away: list[str] = dataclasses.field(default_factory=list)

    def note(self, code: str, field: str = "", *, bad: bool = True, **facts: str) -> None:
        self.findings.append(Finding(code, bad, field, facts))


@dataclass(frozen=True, slots=True)
class Verdict:
    """hợp lệ or không hợp lệ, and why."""

    valid: bool
    sha256: str
    findings: tuple[Finding, ...]
    signatures: tuple[SignatureReport, ...]

    def sentences(self) -> list[str]:
        return [finding.words for finding in self.findings]

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}

    def to_json(self) -> dict[str, Any]:
        """As a SignatureRecord keeps it."""
        return {
            "valid": self.valid,
            "sha256": self.sha256,
            "findings": [
                {"code": f.code, "bad": f.bad, "field": f.field, "facts": dict(f.facts)} for f in self.findings
            ],
            "signatures": [
                {
                    name: value.isoformat() if isinstance(value, datetime) else value
                    for name in SignatureReport.__slots__
                    for value in [getattr(signature, name)]
                }
                for signature in self.signatures
            ],
        }
