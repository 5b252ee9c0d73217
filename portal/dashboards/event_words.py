"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from portal.dashboards.events import Fact
from portal.events.wording import register

register(
    {
        Fact.REBUILT: _("The statistics were counted anew from the dossiers"),
        Fact.FROZEN: _("A report of the index was frozen"),
    }
)
