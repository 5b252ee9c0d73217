"""Questions to other units, and what goes between units, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.kinds import AskedFor, Given, Opinion
from services.states import ConsultationState

KINDS: Mapping[str, str | Promise] = {
    AskedFor.OPINION: _("an opinion"),
    AskedFor.VERIFICATION: _("a verification, answered with its minutes"),
    AskedFor.TASK: _("a part of the work, on the transfer slip"),
}
STATES: Mapping[str, tuple[str | Promise, str]] = {
    ConsultationState.WAITING: (_("its turn comes later"), "grey"),
    ConsultationState.OPEN: (_("waits for the answer"), "blue"),
    ConsultationState.ANSWERED: (_("answered"), "green"),
    ConsultationState.REVOKED: (_("taken back"), "grey"),
}
OPINIONS: Mapping[str, str | Promise] = {
    Opinion.AGREES: _("agrees"),
    Opinion.AGREES_IF: _("agrees under conditions"),
    Opinion.OBJECTS: _("does not agree"),
    Opinion.DONE: _("done, as asked"),
    Opinion.NOT_COMPETENT: _("is not competent for it"),
}
GIVEN: Mapping[str, str | Promise] = {
    Given.DOSSIER: _("electronic dossier"),
    Given.PAPERS: _("papers"),
    Given.RESULT: _("result"),
}
