"""Why something about money was not done. Each message says what happened, what was kept, and what to do next."""

from django.utils.translation import gettext_lazy as _

from services.errors import ServicesError, WrongStateError


class NotAssessedError(ServicesError):
    message = _("The desk has not assessed the fee yet. Nothing was saved. Assess it first, then take the money.")
    code = "not_assessed"


class NothingOwedError(WrongStateError):
    message = _("Nothing is to be paid for this dossier any more. Nothing was taken. Look at the list of payments.")
    code = "nothing_owed"


class OtherAmountError(ServicesError):
    message = _(
        "The amount to be paid has changed meanwhile. Nothing was taken. Look at the new amount before you go on."
    )
    code = "other_amount"


class NoEvidenceError(ServicesError):
    message = _("An exemption needs its evidence: number and day of the paper. Nothing was saved. Write both.")
    code = "no_evidence"


class NoSuchExemptionError(ServicesError):
    message = _("The law names no such exemption for this procedure. Nothing was saved. Choose one of the list.")
    code = "no_such_exemption"


class NoAccountError(ServicesError):
    message = _("This unit has no account for fees on this day. Nothing was taken. Pay in cash at the desk.")
    code = "no_account"


class NoGatewayError(ServicesError):
    message = _("Online payment is not connected here. Nothing was taken. Pay at the desk, in cash or by transfer.")
    code = "no_gateway"


class TooMuchError(ServicesError):
    message = _("No more can be given back than was paid. Nothing was saved. Correct the amount.")
    code = "too_much"


class MustGoBackError(ServicesError):
    message = _("This money is owed to nobody, so its refund cannot be denied. Nothing was saved. Approve it.")
    code = "must_go_back"


class FourEyesError(ServicesError):
    message = _("Whoever asked for a refund does not approve it. Nothing was saved. Let a colleague decide.")
    code = "four_eyes"


class AccountInOrderError(ServicesError):
    message = _("An account begins after the one before. Nothing was saved. Choose a later first day.")
    code = "account_order"
