"""Words for where a petition stands: for whoever sent it, and for officers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.petition_rules import petition_types
from services.petition_states import ClockKind, PetitionState

Words = str | Promise


@dataclass(frozen=True, slots=True)
class PetitionStanding:
    phase: Words
    next_step: Words
    colour: str


STANDINGS: Mapping[PetitionState, PetitionStanding] = {
    PetitionState.WAITING: PetitionStanding(
        _("Waits to be received"), _("The unit receives it, or says within the limit why not."), "blue"
    ),
    PetitionState.PROCESSING: PetitionStanding(
        _("Being handled"), _("The unit looks into it and answers you here."), "blue"
    ),
    PetitionState.SUPPLEMENT: PetitionStanding(
        _("Waits for a supplement"), _("Please add what the unit asks for; it goes on with it then."), "yellow"
    ),
    PetitionState.ANSWERED: PetitionStanding(
        _("Answered, waits for publication"),
        _("The answer is below. It is published without anything about you, unless it is a personal matter."),
        "green",
    ),
    PetitionState.PUBLISHED: PetitionStanding(
        _("Answered and published"), _("The answer is below and on the public list."), "green"
    ),
    PetitionState.REFUSED: PetitionStanding(
        _("Refused"), _("The reason is below. You may send another petition with more detail."), "red"
    ),
    PetitionState.FORWARDED: PetitionStanding(
        _("Forwarded"), _("The competent unit receives it and answers you here."), "purple"
    ),
    PetitionState.CLOSED: PetitionStanding(
        _("Answered to you alone"), _("The answer is below. It is not published."), "green"
    ),
    PetitionState.MERGED: PetitionStanding(
        _("Joined to another petition"),
        _("Somebody told the same before. You read the answer to both here as soon as it is given."),
        "grey",
    ),
    PetitionState.LAPSED: PetitionStanding(
        _("Ended without a supplement"), _("Nothing more was added in time. You may send a new petition."), "grey"
    ),
    PetitionState.WITHDRAWN: PetitionStanding(
        _("Withdrawn"), _("You took it back; nobody handles it any more. You may send a new petition."), "grey"
    ),
}
CLOCKS: Mapping[str, Words] = {
    ClockKind.REFUSE: _("Receive or refuse"),
    ClockKind.ASK: _("Ask for a supplement"),
    ClockKind.FORWARD: _("Forward to the competent unit"),
    ClockKind.ANSWER: _("Answer"),
    ClockKind.PUBLISH: _("Publish, or close without publishing"),
}


def standing_of(state: str) -> PetitionStanding:
    return STANDINGS[PetitionState(state)]


def type_in_words(kind: str) -> str:
    known = petition_types().get(kind)
    return known.name if known else kind
