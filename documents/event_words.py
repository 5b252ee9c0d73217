"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from documents.events import Fact
from documents.registers.events import Fact as RegisterFact
from documents.signing.events import Fact as SigningFact
from portal.events.wording import register

register(
    {
        RegisterFact.BOOK_OPENED: _("A register book was opened"),
        RegisterFact.BOOK_CLOSED: _("A register book was closed"),
        RegisterFact.ENTRY_NUMBERED: _("A number was taken in a register book"),
        RegisterFact.ENTRY_VOIDED: _("A number in a register book was voided"),
        RegisterFact.REMARK_ADDED: _("A remark was added to an entry of a register book"),
        RegisterFact.ABBREVIATION_FIXED: _("The abbreviation of an organ was fixed"),
        RegisterFact.SERIES_SPLIT: _("The series of numbers of a document type was decided"),
        SigningFact.CERTIFICATE_REGISTERED: _("A signing certificate was registered"),
        SigningFact.CERTIFICATE_SUSPENDED: _("A signing certificate was suspended"),
        SigningFact.CERTIFICATE_RESUMED: _("A suspended signing certificate was put to use again"),
        SigningFact.CERTIFICATE_REVOKED: _("A signing certificate was revoked"),
        SigningFact.ANCHOR_TRUSTED: _("A certificate authority was entered as trusted"),
        SigningFact.ANCHOR_REMOVED: _("A certificate authority was struck from the trusted ones"),
        SigningFact.SIGNATURE_MADE: _("A document was signed"),
        Fact.FILE_MADE: _("The portal made a file"),
        Fact.FILE_UPLOADED: _("A file was sent in"),
        Fact.FILE_CLEARED: _("No virus was found in a file"),
        Fact.FILE_REFUSED: _("A virus was found in a file, and the file was shut away"),
        Fact.FILE_SHARED: _("A file was shared with another unit"),
    }
)
