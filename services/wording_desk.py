"""States, stages and kinds of proof in the words of the desk."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.kinds import Form
from services.states import ClaimState, CorrectionState, ExtensionState, FormState, Stage, State

STATES: Mapping[State, str | Promise] = {
    State.SUBMITTED: _("Waiting for reception"),
    State.ACCEPTED: _("Received"),
    State.REFUSED: _("Not received"),
    State.PROCESSING: _("Being processed"),
    State.SUPPLEMENT: _("Waiting for a supplement"),
    State.PAYMENT: _("Waiting for payment"),
    State.WITHDRAWN: _("Withdrawn"),
    State.STOPPED: _("Processing stopped"),
    State.DECIDED: _("Result to hand out"),
    State.RETURNED: _("Result handed out"),
}
STAGES: Mapping[Stage, str | Promise] = {
    Stage.RECEPTION: _("before reception"),
    Stage.CONSULTING: _("asking another organ"),
    Stage.AWAITING_CITIZEN: _("the citizen confirms the draft"),
    Stage.AWAITING_PERSONAL_NUMBER: _("waiting for the personal number"),
    Stage.AWAITING_SIGNATURE: _("waiting for the signature"),
    Stage.AWAITING_NUMBER: _("waiting for number and seal"),
    Stage.READY_FOR_PICKUP: _("ready to be picked up"),
    Stage.IN_POST: _("goes by post"),
    Stage.CORRECTING: _("being corrected"),
    Stage.NOT_COMPLETED: _("not supplemented in time"),
}
COLOURS: Mapping[State, str] = {
    State.SUBMITTED: "blue",
    State.ACCEPTED: "purple",
    State.PROCESSING: "teal",
    State.SUPPLEMENT: "yellow",
    State.PAYMENT: "yellow",
    State.DECIDED: "green",
}


def state_in_words(state: str, stage: str) -> str:
    told = str(STATES[State(state)])
    return f"{told}, {STAGES[Stage(stage)]}" if stage and Stage(stage) in STAGES else told


FORMS: Mapping[Form, str | Promise] = {
    Form.RECEIPT: _("Form 01: receipt and appointment"),
    Form.SUPPLEMENT: _("Form 02: request for a supplement"),
    Form.REFUSAL: _("Form 03: refusal"),
    Form.EXTENSION: _("Form 04: apology and new date"),
    Form.STOP: _("Form 05: notice that processing was stopped"),
    Form.FEE: _("Receipt of the fee"),
}
CORRECTION_STATES: Mapping[CorrectionState, tuple[str | Promise, str]] = {
    CorrectionState.ASKED: (_("waits for the head"), "yellow"),
    CorrectionState.BEGUN: (_("being corrected"), "blue"),
    CorrectionState.DECLINED: (_("the result stands"), "grey"),
    CorrectionState.DONE: (_("corrected"), "green"),
}
CLAIM_STATES: Mapping[ClaimState, tuple[str | Promise, str]] = {
    ClaimState.CLAIMED: (_("waits for the head"), "yellow"),
    ClaimState.CONFIRMED: (_("confirmed"), "green"),
    ClaimState.REFUSED: (_("not accepted"), "grey"),
}
EXTENSION_STATES: Mapping[ExtensionState, tuple[str | Promise, str]] = {
    ExtensionState.ASKED: (_("waits for the head"), "yellow"),
    ExtensionState.APPROVED: (_("set"), "green"),
    ExtensionState.DECLINED: (_("declined"), "grey"),
    ExtensionState.LAPSED: (_("not decided in time"), "red"),
}
FORM_STATES: Mapping[FormState, tuple[str | Promise, str]] = {
    FormState.ORDERED: (_("being made"), "blue"),
    FormState.UNSIGNED: (_("not sealed yet"), "yellow"),
    FormState.SIGNED: (_("sealed"), "green"),
    FormState.FAILED: (_("could not be made"), "red"),
}
