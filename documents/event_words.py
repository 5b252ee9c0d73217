"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from documents.registers.events import Fact as RegisterFact
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
    }
)
