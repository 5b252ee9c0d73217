"""Where a dossier stands, in the words of everyday life. Nothing here names a person: the look-up shows it too."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.kinds import Channel
from services.models import Dossier
from services.states import Stage, State

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Standing:
    """`phase` is one phrase, `next_step` one sentence."""

    phase: Text
    colour: str
    next_step: Text


PHASES: Mapping[State, tuple[Text, str]] = {
    State.SUBMITTED: (_("Filed, waiting for the desk to receive it"), "blue"),
    State.ACCEPTED: (_("Received"), "purple"),
    State.PROCESSING: (_("Being worked on"), "teal"),
    State.SUPPLEMENT: (_("Waiting for you to supplement it"), "yellow"),
    State.PAYMENT: (_("Waiting for your payment"), "yellow"),
    State.DECIDED: (_("The result is there"), "green"),
    State.RETURNED: (_("Finished, the result was handed out"), "grey"),
    State.REFUSED: (_("Not received"), "red"),
    State.WITHDRAWN: (_("Withdrawn"), "grey"),
    State.STOPPED: (_("Stopped, no result"), "red"),
}
NEXT: Mapping[State, Text] = {
    State.SUBMITTED: _(
        "The one-stop desk checks the papers and answers: received, something to supplement, or why not."
    ),
    State.ACCEPTED: _("The dossier goes to the officer who works on it."),
    State.PROCESSING: _("The commune examines the dossier and prepares the result."),
    State.SUPPLEMENT: _("You supplement what is listed. Until then no time of the commune runs."),
    State.PAYMENT: _("You pay the fee; then the work goes on."),
    State.DECIDED: _("You collect the result at the desk."),
    State.RETURNED: _("Nothing more has to be done."),
    State.REFUSED: _("The reason says what to do. You may file again at any time."),
    State.WITHDRAWN: _("Nothing more happens with it. You may file again at any time."),
    State.STOPPED: _("The reason is given in writing. You may file again at any time."),
}
STAGES: Mapping[Stage, tuple[Text, Text]] = {
    Stage.CONSULTING: (
        _("Another organ is asked for its opinion"),
        _("When the other organ has answered, the commune goes on."),
    ),
    Stage.AWAITING_CITIZEN: (
        _("You check the draft of the result"),
        _("You confirm the draft or say what is wrong in it."),
    ),
    Stage.AWAITING_PERSONAL_NUMBER: (
        _("The personal number is being issued"),
        _("The population database issues the personal number; then the result is signed."),
    ),
    Stage.AWAITING_SIGNATURE: (
        _("The result waits for its signature"),
        _("The head of the commune signs the result; then it gets its number and seal."),
    ),
    Stage.AWAITING_NUMBER: (
        _("The result is signed"),
        _("The clerk gives the result its number and seal; then you can have it."),
    ),
    Stage.CORRECTING: (_("The result is being corrected"), _("You get the corrected result.")),
    Stage.NOT_COMPLETED: (
        _("Closed, because it was not supplemented in time"),
        _("You may file again at any time, with all papers."),
    ),
}
HANDED: Mapping[str, Text] = {
    Channel.DESK: _("You collect the result at the desk. Bring the receipt or your identity card."),
    Channel.ONLINE: _("The result lies under “My papers”. You may also collect a copy at the desk."),
    Channel.POST: _("The result is sent to your address by post."),
}


def standing(dossier: Dossier) -> Standing:
    state = State(dossier.state)
    phase, colour = PHASES[state]
    told = STAGES.get(Stage(dossier.stage))
    if told:
        return Standing(told[0], colour, told[1])
    if state is State.DECIDED:
        came_back = dossier.return_channel == Channel.POST and dossier.stage == Stage.READY_FOR_PICKUP
        return Standing(phase, colour, HANDED[Channel.DESK if came_back else dossier.return_channel])
    return Standing(phase, colour, NEXT[state])
