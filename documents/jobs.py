"""What a signing job carries out of the transaction that claimed it, and brings back. Plain data.

A job is claimed in one short transaction, worked on without any (laying out, signing and sealing talk to services
outside and take seconds), and stored in another one if its document is still what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from documents.layouts.words import day
from documents.signing.kinds import DATE, NUMBER, Anchor, Credential, Signed, Verdict
from documents.states import Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What is laid out before a signature."""

    code: str
    version: int
    on: date
    data: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """`pdf` is the newest file so far, empty before the first; `is_filled` says that number and date stand in it."""

    item_id: UUID
    goal: Goal
    revision: int
    layout: Layout
    pdf: bytes = field(default=b"", repr=False)
    is_filled: bool = False
    number: str = ""
    dated_on: date | None = None
    credential: Credential | None = field(default=None, repr=False)  # of the person who signs, or of the organ
    anchors: tuple[Anchor, ...] = field(default=(), repr=False)
    prints: Mapping[str, str] = field(default_factory=dict)  # field -> fingerprint of the certificate it must bear
    activation: str = field(default="", repr=False)

    @property
    def values(self) -> dict[str, str]:
        """What is filled in after the signature, as it is printed."""
        return {NUMBER: self.number, DATE: day(self.dated_on)} if self.dated_on else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files that were made, each the last and one revision more; `verdict` is the judgement of the sealed one."""

    revision: int
    prepared: bytes = field(default=b"", repr=False)
    signed: Signed | None = field(default=None, repr=False)
    numbered: bytes = field(default=b"", repr=False)
    sealed: Signed | None = field(default=None, repr=False)
    verdict: Verdict | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was made, and another try would not help."""

    reason: str
