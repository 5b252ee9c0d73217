"""Words for where a dossier and its steps stand, as officers read them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.sources import Outcome
from services.states import ItemState, Stage

ITEM_STATES: Mapping[str, tuple[str | Promise, str]] = {
    ItemState.WAITING: (_("its turn has not come"), "grey"),
    ItemState.OPEN: (_("being worked on"), "blue"),
    ItemState.DONE: (_("done"), "green"),
    ItemState.RETURNED: (_("returned"), "yellow"),
    ItemState.CANCELLED: (_("no longer needed"), "grey"),
}
OUTCOMES: Mapping[str, str | Promise] = {
    Outcome.ASKED: _("has not answered yet"),
    Outcome.FOUND: _("found"),
    Outcome.NOT_FOUND: _("nothing found"),
    Outcome.AWAY: _("did not answer; papers are taken"),
}
STAGES: Mapping[Stage, str | Promise] = {
    Stage.CONSULTING: _(
        "Other organs are asked. The work goes on when they have answered, or when you take the questions back that "
        "are no longer needed."
    ),
    Stage.CORRECTING: _("The issued result is wrong and was revoked. Propose it again as it is right."),
    Stage.AWAITING_CITIZEN: _(
        "The citizen has the draft to confirm. The result goes on by itself when it is confirmed, or when the time has "
        "passed without an answer."
    ),
    Stage.AWAITING_PERSONAL_NUMBER: _(
        "The population database is issuing the child's personal number. The result goes on by itself; "
        "there is nothing to do here."
    ),
    Stage.AWAITING_SIGNATURE: _("The result waits for its signature."),
    Stage.AWAITING_NUMBER: _("The result is signed and waits for number and seal."),
}
