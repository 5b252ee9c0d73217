"""Notifications in words, for their people and for those who mend connections."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.notifications.kinds import kind
from portal.notifications.models import Notification
from portal.notifications.operations.confirming import Answer
from portal.notifications.states import Reason, State

Words = str | Promise
STATES: Mapping[str, tuple[Words, str]] = {
    State.PENDING: (_("Waits to be sent"), "yellow"),
    State.SENDING: (_("Is being sent"), "yellow"),
    State.SENT: (_("Sent"), "green"),
    State.FAILED: (_("Not delivered"), "red"),
    State.DEAD: (_("Not delivered"), "red"),
    State.MERGED: (_("Replaced by a newer one"), "grey"),
}
REASONS: Mapping[str, Words] = {
    Reason.NONE: "",
    Reason.BAD_ADDRESS: _("The address or number does not exist, or takes nothing."),
    Reason.NOT_ACCEPTED: _("The carrier refused what it says, or who sends it."),
    Reason.OUTCOME_UNKNOWN: _("The connection broke while it was handed over, and nobody can say whether it arrived."),
    Reason.NO_ADDRESS: _("The account has no address any more."),
}
DEAD = _("The carrier could not be reached in all tries.")


def reason_in_words(row: Notification) -> Words:
    return DEAD if row.state == State.DEAD else REASONS.get(row.reason, "")


ANSWERS: Mapping[Answer, Words] = {
    Answer.CONFIRMED: _("This address is confirmed. From the next notification on we use it."),
    Answer.WRONG: _("This is not the code that was sent last. Look again, or ask for another code."),
    Answer.LOCKED: _("The code was entered wrongly too often and is good no more. Ask for another one."),
    Answer.ENDED: _("The time of this code is over. Ask for another one."),
    Answer.NOTHING: _("No code is waiting for this address. Ask for one."),
}
NOT_SHOWN = _("The code itself is shown only in the message.")


def shown_text(row: Notification) -> Words:
    """What a log shows. A code proves that somebody reads that address: here it would prove nothing."""
    text: str = row.content["text"]
    return NOT_SHOWN if kind(row.kind).own_deed else text


def masked(address: str) -> str:
    """Enough to know one's own, too little to learn another's."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if at else vault.mask(address)
