"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from documents.events import Fact
from documents.registers.events import Fact as RegisterFact
from documents.signing.events import Fact as SigningFact
from portal.events.wording import register

register(
    {
        Fact.DOCUMENT_DRAFTED: _("A document was drafted"),
        Fact.DOCUMENT_REVISED: _("A draft was changed"),
        Fact.DOCUMENT_SUBMITTED: _("A draft was submitted for review"),
        Fact.DOCUMENT_WITHDRAWN: _("A draft was taken back from review"),
        Fact.DOCUMENT_REVIEWED: _("The content of a draft was reviewed"),
        Fact.DOCUMENT_CHECKED: _("The form of a draft was checked"),
        Fact.DOCUMENT_APPROVED: _("A document was approved for signature"),
        Fact.DOCUMENT_RETURNED: _("A document was returned to its drafter"),
        Fact.DOCUMENT_CANCELLED: _("A draft was cancelled"),
        Fact.ACT_REPORT_ASKED_FOR: _("The report on a reorganisation was to be drafted anew"),
        Fact.DOCUMENT_CALLED_OFF: _("A document was called off because what asked for it has ended"),
        Fact.DOCUMENT_SIGNED: _("A document was signed"),
        Fact.DOCUMENT_NUMBERED: _("A document was numbered and dated"),
        Fact.DOCUMENT_SEALED: _("A document was sealed by its organ"),
        Fact.DOCUMENT_ISSUED: _("A document was issued"),
        Fact.DOCUMENT_REPLACED: _("An issued document was replaced by another"),
        Fact.DOCUMENT_REVOKED: _("An issued document was revoked"),
        Fact.BATCH_CONFIRMED: _("Signing was confirmed"),
        Fact.BATCH_CANCELLED: _("The rest of a signing batch was called off"),
        Fact.ITEM_ORDERED: _("A signature or seal was ordered"),
        Fact.ITEM_DONE: _("An ordered signature or seal was made"),
        Fact.ITEM_FAILED: _("An ordered signature or seal was not made"),
        Fact.ITEM_CANCELLED: _("An ordered signature or seal was called off"),
        Fact.RESULT_ENTERED: _("A result was entered in the register of issued results"),
        Fact.RESULTS_SEARCHED: _("Issued results of a person were looked for"),
        Fact.RESULT_REPLACED: _("An issued result was replaced by another"),
        Fact.RESULT_REVOKED: _("An issued result was revoked"),
        RegisterFact.BOOK_OPENED: _("A register book was opened"),
        RegisterFact.BOOK_CLOSED: _("A register book was closed"),
        RegisterFact.BOOK_REOPENED: _("A register book was opened again: its unit lives again"),
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
        Fact.UPLOAD_BEGUN: _("A file was announced"),
        Fact.UPLOADS_CLEARED: _("Files that never arrived whole were thrown away"),
        Fact.FILE_UPLOADED: _("A file was sent in"),
        Fact.FILE_CLEARED: _("No virus was found in a file"),
        Fact.FILE_REFUSED: _("A virus was found in a file, and the file was shut away"),
        Fact.FILE_REMOVED: _("A file was removed because its time was over"),
        Fact.FILE_SHARED: _("A file was shared with another unit"),
        Fact.FILE_SHARED_NO_MORE: _("A file is no longer shared with another unit"),
    }
)
