"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from portal.events.wording import register
from services.events import Fact

register(
    {
        Fact.PROCEDURE_PUBLISHED: _("A version of a procedure was published"),
        Fact.PROCEDURE_WITHDRAWN: _("A procedure was withdrawn"),
        Fact.CATALOGUE_LOADED: _("The catalogue of procedures was loaded"),
    }
)
