"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from portal.events.wording import register
from units.events import Fact

register(
    {
        Fact.DRAFTED: _("A reorganisation of units was drafted"),
        Fact.ENTERED: _("A reorganisation in force was entered"),
        Fact.SIMULATED: _("A reorganisation was tried out"),
        Fact.REVISED: _("A reorganisation went back into drafting"),
        Fact.SIGNED: _("A reorganisation was signed"),
        Fact.SCHEDULED: _("The day of a reorganisation was set"),
        Fact.TOOK_EFFECT: _("A reorganisation took effect"),
        Fact.CORRECTED: _("A reorganisation was corrected"),
        Fact.WITHDRAWN: _("A reorganisation was withdrawn"),
        Fact.HELD_UP: _("A reorganisation could not take effect on its day"),
        Fact.GATHERED: _("What came to a unit while it ended went to its successor"),
        Fact.DECIDED: _("It was decided to which unit something of a split unit belongs"),
        Fact.DATE_CONFIRMED: _("The day of a reorganisation was confirmed"),
    }
)
