"""What somebody gives when they draft: plain data, checked in one place, for pages, REST and upper floors alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from documents.kinds import NO_SECRECY, Capacity, RecipientKind, Urgency

SUBJECT_LIMIT = 500
RECIPIENTS_LIMIT = 100
RECIPIENT_LIMIT = 200
CONTENT_LIMIT = 256 * 1024  # bytes of JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientLine:
    """One line of "Nơi nhận"; with a unit of the portal, that unit sees the document once it is issued."""

    name: str
    kind: RecipientKind = RecipientKind.MAIN
    unit_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """To whom a result is made out. `user_id` is the account that gets it: theirs, or the filer's."""

    number: str = field(repr=False)
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked for it on an upper floor, as text: `services.dossier` and its key."""

    type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole draft. `signer_id` is the assignment that shall sign; `layout` a code of the catalogue of layouts."""

    unit_id: int
    type_code: str
    layout: str
    subject: str
    signer_id: int
    content: Mapping[str, Any] = field(repr=False)
    recipients: tuple[RecipientLine, ...] = ()
    capacity: Capacity = Capacity.OWN
    division: str = ""
    urgency: Urgency = Urgency.NORMAL
    secrecy: str = NO_SECRECY
    due_at: datetime | None = None
    owner: Owner | None = None
    result_code: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    origin: Origin | None = None
    replaces: UUID | None = None
