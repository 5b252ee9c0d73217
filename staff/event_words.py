"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from portal.events.wording import register
from staff.events import Fact

register(
    {
        Fact.ACCOUNT_OPENED: _("An officer's account was opened"),
        Fact.PERSON_ENTERED: _("An officer was entered"),
        Fact.POST_CREATED: _("A post was created"),
        Fact.ASSIGNMENT_MADE: _("Somebody was appointed to a post"),
        Fact.ASSIGNMENT_ENDED: _("An assignment to a post was ended"),
        Fact.ASSIGNMENT_TAKEN_BACK: _("An appointment that had not begun was taken back"),
        Fact.ASSIGNMENT_MOVED: _("Somebody was moved to another post"),
        Fact.ASSIGNMENT_CORRECTED: _("An entry about an assignment was corrected"),
        Fact.DELEGATION_GIVEN: _("Powers were delegated"),
        Fact.DELEGATION_REVOKED: _("A delegation was revoked"),
    }
)
