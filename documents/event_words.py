"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from documents.signing.events import Fact as SigningFact
from portal.events.wording import register

register(
    {
        SigningFact.CERTIFICATE_REGISTERED: _("A signing certificate was registered"),
        SigningFact.CERTIFICATE_SUSPENDED: _("A signing certificate was suspended"),
        SigningFact.CERTIFICATE_RESUMED: _("A suspended signing certificate was put to use again"),
        SigningFact.CERTIFICATE_REVOKED: _("A signing certificate was revoked"),
        SigningFact.ANCHOR_TRUSTED: _("A certificate authority was entered as trusted"),
        SigningFact.ANCHOR_REMOVED: _("A certificate authority was struck from the trusted ones"),
        SigningFact.SIGNATURE_MADE: _("A document was signed"),
    }
)
