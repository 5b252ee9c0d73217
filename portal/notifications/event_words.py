"""The facts of this app in words."""

from django.utils.translation import gettext_lazy as _

from portal.events.wording import register
from portal.notifications.events import Fact

register(
    {
        Fact.PREFERENCE_CHANGED: _("The choice of notifications was changed"),
        Fact.CODE_ASKED: _("A code was asked for, to confirm an address"),
        Fact.CODE_WRONG: _("A wrong code was entered for an address"),
        Fact.CODE_LOCKED: _("A code was entered wrongly too often and is good no more"),
        Fact.CODE_ENDED: _("A code was entered after its time"),
        Fact.CODE_REPLACED: _("A code was replaced by a newer one"),
        Fact.ADDRESS_CONFIRMED: _("An address for notifications was confirmed"),
        Fact.ORDERED: _("A notification was ordered"),
        Fact.BEGUN: _("A notification was handed over for sending"),
        Fact.SENT: _("A notification was sent"),
        Fact.REFUSED: _("A notification was not accepted by its receiver"),
        Fact.GIVEN_UP: _("A notification did not get through in all its tries"),
        Fact.MERGED: _("A notification that waited was replaced by a newer one"),
        Fact.SENT_AGAIN: _("A notification that had failed is sent again"),
        Fact.BOUNCED: _("A notification came back"),
        Fact.RECOGNISED: _("Earlier notifications became visible to their owner"),
        Fact.FORGOTTEN: _("Notifications were deleted after their time"),
    }
)
