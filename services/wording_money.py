"""Money in words: states, ways, reasons, and how an amount was reckoned."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from services import wording
from services.fees import Line, LineKind
from services.money_rules import Exemption, money_rules_on
from services.money_states import Outcome, PaymentState, RefundReason, RefundState, Way

Label = str | Promise

WAYS: Mapping[str, Label] = {
    Way.GATEWAY: _("Online payment"),
    Way.TRANSFER: _("Bank transfer by QR"),
    Way.CASH: _("Cash at the desk"),
}
PAYMENT_STATES: Mapping[str, tuple[Label, str]] = {
    PaymentState.OPEN: (_("waiting for the bank"), "yellow"),
    PaymentState.PAID: (_("paid"), "green"),
    PaymentState.SETTLED: (_("paid, on the organ's account"), "green"),
    PaymentState.SURPLUS: (_("received, but not owed: it goes back"), "orange"),
    PaymentState.FAILED: (_("nothing was paid"), "red"),
    PaymentState.EXPIRED: (_("ended without payment"), "grey"),
}
REFUND_STATES: Mapping[str, tuple[Label, str]] = {
    RefundState.ASKED: (_("waiting for a decision"), "yellow"),
    RefundState.APPROVED: (_("approved"), "blue"),
    RefundState.SENT: (_("sent to the bank"), "blue"),
    RefundState.DONE: (_("given back"), "green"),
    RefundState.FAILED: (_("failed, has to be tried again"), "red"),
    RefundState.DENIED: (_("denied"), "grey"),
}
REASONS: Mapping[str, Label] = {
    RefundReason.WITHDRAWN: _("the dossier was withdrawn"),
    RefundReason.STOPPED: _("work on the dossier was stopped"),
    RefundReason.REFUSED: _("the dossier was not received"),
    RefundReason.EXPIRED: _("the dossier was not supplemented in time"),
    RefundReason.OTHER_AMOUNT: _("another amount came than was asked for"),
    RefundReason.TWICE: _("it was paid twice"),
    RefundReason.TOO_LATE: _("the money came after the dossier had ended"),
    RefundReason.REDUCED: _("the fee was assessed lower"),
}
OUTCOMES: Mapping[str, Label] = {
    Outcome.KEPT: _("waits to be judged"),
    Outcome.PAID: _("paid"),
    Outcome.REPEATED: _("known already"),
    Outcome.SETTLED: _("on the organ's account"),
    Outcome.SURPLUS: _("not owed, goes back"),
    Outcome.FAILED: _("nothing was paid"),
    Outcome.NOTHING: _("nothing new"),
    Outcome.UNKNOWN_ORDER: _("money for an order that is not ours"),
    Outcome.BAD_SIGNATURE: _("a wrong signature"),
    Outcome.UNREADABLE: _("no message that can be read"),
}


def dong(amount: int) -> str:
    """In one piece: an amount is never broken over two lines."""
    return wording.dong(amount).replace(" ", "\u00a0")


def in_language(texts: Mapping[str, str], name: str) -> str:
    english = (get_language() or "").startswith("en")
    return texts[f"{name}_en"] if english else texts[f"{name}_vi"]


def exemption(found: Exemption) -> str:
    return in_language(found.name, "name")


def line(one: Line) -> str:
    """How one line of the amount comes about."""
    each = dong(one.each)
    if one.kind is LineKind.COPIES:
        return gettext("%(count)d copies at %(each)s") % {"count": one.count, "each": each}
    if one.kind is LineKind.PAGES:
        told = {"name": one.name or "–", "pages": one.pages, "count": one.count, "each": each}
        return gettext("%(name)s: %(pages)d pages, %(count)d copies at %(each)s") % told
    if one.kind is LineKind.REDUCTION:
        return gettext("Exemption: %(percent)d %% less") % {"percent": one.each}
    if one.kind is LineKind.LATE and (rule := money_rules_on(localdate()).late.get(one.name)):
        return in_language(rule.name, "name")
    if one.kind is LineKind.BY_HAND:
        return gettext("As the desk assessed it")
    return gettext("For one dossier")
