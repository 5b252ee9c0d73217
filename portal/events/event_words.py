"""The facts of the trail itself in words."""

from django.utils.translation import gettext_lazy as _

from portal.events.lateness import Name
from portal.events.wording import register

register(
    {
        Name.LATE: _("The seal of the record is late"),
        Name.STOPPED: _("Changes were stopped because the seal of the record was missing"),
        Name.RESUMED: _("The record is sealed again"),
        "events.delivery.died": _("A message did not get through in all its tries"),
        "events.delivery.replayed": _("A message that had failed was sent again"),
    }
)
