"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from portal.calendar.events import Fact
from portal.events.wording import register

register(
    {
        Fact.SWAP_ADDED: _("A swapped working day was entered"),
        Fact.HOLIDAY_ADDED: _("A holiday was entered"),
        Fact.DAY_RETIRED: _("A day of the calendar was withdrawn"),
        Fact.HOURS_SET: _("Office hours were set"),
        Fact.UNIT_CLOSED: _("An office was closed for a time"),
        Fact.CLOSURE_RETIRED: _("The closing of an office was withdrawn"),
        Fact.SETTING_SET: _("A setting of the working calendar was changed"),
        Fact.DAYS_LOADED: _("Holidays and swapped days were loaded"),
    }
)
