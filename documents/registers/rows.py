"""What is written into a book, before it has a number. Lengths follow the fields in use for digitised documents."""

import unicodedata
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.registers.errors import BadRowError
from documents.registers.states import BookKind

LENGTHS = {
    "type_code": 40,
    "notation": 30,
    "subject": 500,
    "author": 200,
    "reference": 60,
    "signer": 100,
    "recipients": 1000,
    "keeper": 200,
    "file_code": 60,
    "permitted_by": 100,
    "note": 500,
}
MOST_COPIES = 100_000
# What the law's columns need in each kind of book; the rest may stay empty.
NEEDED = {
    BookKind.OUTGOING: ("notation", "subject", "signer"),
    BookKind.INCOMING: ("author", "subject"),
    BookKind.POST: ("reference", "recipients"),
    BookKind.COPY_USE: ("reference", "subject", "recipients", "permitted_by"),
}
LONE = ("Cs", "Cc", "Cn")
WORDS = {
    "notation": gettext_lazy("Notation"),
    "subject": gettext_lazy("Type and subject line of the document"),
    "author": gettext_lazy("Author"),
    "reference": gettext_lazy("Number, notation of the document"),
    "signer": gettext_lazy("Signed by"),
    "recipients": gettext_lazy("Recipients"),
    "keeper": gettext_lazy("Unit or person who keeps the copy"),
    "file_code": gettext_lazy("Number and notation of the work file"),
    "permitted_by": gettext_lazy("Permitted by"),
    "note": gettext_lazy("Notes"),
    "type_code": gettext_lazy("Document type"),
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """The columns of one entry.

    outgoing: `notation`, `subject` (type and subject line), `signer`, `recipients`, `keeper` (who keeps the copy),
    `copies`. incoming: `author`, `reference` (their number and notation), `reference_on`, `subject`, `recipients` (the
    unit or person it goes to). post: `reference`, `recipients`, `copies` (envelopes). Use of copies: `recipients` (who
    uses it), `reference`, `reference_on`, `subject`, `file_code`, `permitted_by`.

    With `type_code` the number is refused where the head of the organ has given this type another series.
    """

    notation: str = ""
    subject: str = ""
    signer: str = ""
    recipients: str = ""
    keeper: str = ""
    copies: int = 1
    note: str = ""
    type_code: str = ""
    author: str = ""
    reference: str = ""
    reference_on: date | None = field(default=None)
    file_code: str = ""
    permitted_by: str = ""

    def cleaned(self, kind: BookKind) -> "EntryRow":
        """In NFC, on one line, within the limits. Raises BadRowError, which names the column."""
        texts: dict[str, Any] = {name: clean(getattr(self, name)) for name in LENGTHS}
        for name, text in texts.items():
            if len(text) > LENGTHS[name]:
                raise BadRowError(
                    _("The column “%(column)s” holds at most %(limit)d characters. No number was taken.")
                    % {"column": WORDS[name], "limit": LENGTHS[name]}
                )
        for name in NEEDED[kind]:
            if not texts[name]:
                raise BadRowError(_("The column “%(column)s” is empty. No number was taken.") % {"column": WORDS[name]})
        if not 0 <= self.copies <= MOST_COPIES:
            raise BadRowError(_("The number of copies is not possible. No number was taken."))
        return replace(self, **texts)

    def columns(self) -> dict[str, object]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def clean(text: str) -> str:
    """One line in NFC; what cannot be printed becomes a space."""
    shown = "".join(" " if unicodedata.category(letter) in LONE else letter for letter in text)
    return unicodedata.normalize("NFC", " ".join(shown.split()))
