"""The closed lists of filters and batches in words."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.kinds import Paper, StepRole
from services.models import LeaveCover
from services.queries.lists import Lateness, Order, Part
from services.states import BatchDeed, BatchItemState
from services.versions import STEPS

Words = str | Promise
LATENESSES: Mapping[str, Words] = {
    Lateness.LATE.value: _("Late"),
    Lateness.SOON.value: _("Due within two days"),
    Lateness.IN_TIME.value: _("In time"),
    Lateness.PAUSED.value: _("The clock stands still"),
}
ORDERS: Mapping[str, Words] = {
    Order.NEWEST.value: _("The newest first"),
    Order.OLDEST.value: _("The oldest first"),
}
PARTS: Mapping[str, Words] = {
    Part.RESPONSIBLE.value: _("Responsible now"),
    Part.RECEIVING.value: _("Has received it"),
    Part.COMPETENT.value: _("Decides"),
    Part.RETURNING.value: _("Hands out the result"),
}
ROLES: Mapping[str, Words] = {role.value: words for role, words in STEPS.items() if role is not StepRole.RECEPTION}
DEEDS: Mapping[str, Words] = {
    BatchDeed.ASSIGN.value: _("Hand the step over to an officer"),
    BatchDeed.TAKE.value: _("Take the step"),
    BatchDeed.ACCEPT.value: _("Receive officially"),
    BatchDeed.FINISH.value: _("Finish the step"),
    BatchDeed.HAND_OUT.value: _("Hand out the result"),
    BatchDeed.PRINT.value: _("Print papers"),
    BatchDeed.UNDO.value: _("Take back the handing over"),
}
PAPERS: Mapping[str, Words] = {
    Paper.RECEIPT.value: _("Form 01: receipt and date of the result"),
    Paper.SUPPLEMENT.value: _("Form 02: request for a supplement"),
    Paper.REFUSAL.value: _("Form 03: refusal"),
    Paper.EXTENSION.value: _("Form 04: apology with a later date"),
    Paper.STOP.value: _("Form 05: end without a result"),
    Paper.CONTROL.value: _("Form 06: who handed it to whom"),
    Paper.FEE.value: _("Fee receipts"),
    Paper.RESULT.value: _("The result, as it was issued"),
}
ITEM_STATES: Mapping[str, tuple[Words, str]] = {
    BatchItemState.FAILED.value: (_("not done"), "red"),
    BatchItemState.WAITING.value: (_("waiting"), "blue"),
    BatchItemState.CANCELLED.value: (_("called off"), "grey"),
    BatchItemState.DONE.value: (_("done"), "green"),
}


def term_of(leave: LeaveCover, on: date) -> tuple[Words, str]:
    """Where a leave stands on a day, in words and with its colour."""
    if leave.ended_at is not None or on > leave.last_day:
        return _("ended"), "grey"
    return (_("coming"), "blue") if on < leave.first_day else (_("away now"), "yellow")
