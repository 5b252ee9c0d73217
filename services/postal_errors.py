"""What stands against a deed on a result that goes by post, in words for whoever tried it."""

from django.utils.translation import gettext_lazy as _

from services.errors import ServicesError, WrongStateError


class InPostError(WrongStateError):
    message = _(
        "The result is on its way by post. Nothing was saved. Enter first whether it was delivered or came back, or "
        "take it off its slip."
    )
    code = "in_post"


class NotForPostError(WrongStateError):
    message = _("This result does not wait to be sent by post any more. Nothing was saved for it.")
    code = "not_for_post"


class NoPostalAddressError(ServicesError):
    message = _("There is no address to send it to. Nothing was saved for it. Enter the address first.")
    code = "no_postal_address"


class TooManyAttemptsError(ServicesError):
    message = _(
        "It was sent as often as is allowed and came back. Nothing was saved. It waits at the desk to be collected."
    )
    code = "too_many_attempts"


class BadTrackingError(ServicesError):
    message = _("A tracking number does not look like one of this carrier. Nothing was saved. Look at the envelope.")
    code = "bad_tracking"


class PostalMomentError(ServicesError):
    message = _(
        "The moment does not fit: it lies before the item was made or sent, or in the future. Nothing was saved; what "
        "you typed is kept here."
    )
    code = "postal_moment"


class NothingToSendError(ServicesError):
    message = _("Tick at least one result, and choose who carries it. Nothing was saved.")
    code = "nothing_to_send"


class SlipGoneError(WrongStateError):
    message = _("The slip was given to the carrier already, or nothing is on it any more. Nothing was saved.")
    code = "slip_gone"
