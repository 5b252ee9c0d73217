"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from documents.events import Fact
from portal.events.wording import register

register(
    {
        Fact.FILE_MADE: _("The portal made a file"),
        Fact.FILE_UPLOADED: _("A file was sent in"),
        Fact.FILE_CLEARED: _("No virus was found in a file"),
        Fact.FILE_REFUSED: _("A virus was found in a file, and the file was shut away"),
        Fact.FILE_SHARED: _("A file was shared with another unit"),
    }
)
