"""Where a result stands that goes by post, in words for the desk and for its citizen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.models import PostalItem
from services.postal_rules import carrier_name, reason_in_words
from services.states import PostalState

STATES: Mapping[PostalState, tuple[str | Promise, str]] = {
    PostalState.PREPARED: (_("packed, not with the post yet"), "yellow"),
    PostalState.SENT: (_("on its way by post"), "blue"),
    PostalState.DELIVERED: (_("delivered"), "green"),
    PostalState.CAME_BACK: (_("came back"), "red"),
    PostalState.TAKEN_OFF: (_("taken off the slip"), "grey"),
}


def line(item: PostalItem) -> dict[str, Any]:
    words, colour = STATES[PostalState(item.state)]
    return {
        "row": item,
        "state": words,
        "colour": colour,
        "carrier": carrier_name(item.slip.carrier),
        "reason": reason_in_words(item.reason) if item.reason else "",
    }


def lines(items: Sequence[PostalItem]) -> list[dict[str, Any]]:
    return [line(item) for item in items]
