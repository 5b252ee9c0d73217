"""What stands against a deed; the sentence is for people."""

from django.utils.translation import gettext_lazy as _


class NotificationsError(Exception):
    """Base: its text tells the person what happened, what was kept and what to do."""

    sentence = _("This cannot be done. Nothing was changed.")
    code = "not_possible"
    pointer = ""

    def __str__(self) -> str:
        return str(self.sentence)


class StaleError(NotificationsError):
    sentence = _(
        "Your choice was changed in another window meanwhile. Nothing was saved here: look at what holds now and "
        "choose again."
    )
    code = "stale"


class NotStuckError(NotificationsError):
    sentence = _("This notification is not among the failed ones any more. Nothing was changed.")
    code = "not_stuck"


class NotSentError(NotificationsError):
    sentence = _("This notification does not count as sent. Nothing was changed.")
    code = "not_sent"


class NotAllowedError(NotificationsError):
    sentence = _("You may not do this. Nothing was changed.")
    code = "not_allowed"


class AlreadyConfirmedError(NotificationsError):
    sentence = _("This address is confirmed already. Nothing was sent.")
    code = "confirmed_already"


class NothingToConfirmError(NotificationsError):
    sentence = _("There is no address to confirm here. Save your e-mail address or mobile number first.")
    code = "nothing_to_confirm"


class NotConnectedError(NotificationsError):
    sentence = _("No code can be sent this way at present. Nothing was changed; the VNeID app needs no code.")
    code = "not_connected"


class TooSoonError(NotificationsError):
    sentence = _("A code was sent less than a minute ago. Wait until it arrives before you ask for another one.")
    code = "too_soon"


class TooManyCodesError(NotificationsError):
    sentence = _(
        "No more codes are sent there today, so that nobody is disturbed. Your address is kept: try again tomorrow."
    )
    code = "too_many_codes"


class NoChannelError(NotificationsError):
    sentence = _("Choose at least one channel: what the law orders us to tell you must reach you.")
    code = "no_channel"
    pointer = "/channels"


class NoAddressError(NotificationsError):
    """`channel` was chosen, and nothing to reach it by was given."""

    code = "no_address"
    SENTENCES = {
        "email": _("You chose e-mail: enter your e-mail address, or choose another channel."),
        "sms": _("You chose SMS: enter your mobile number, or choose another channel."),
    }

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel
        self.sentence = self.SENTENCES[channel]
        self.pointer = f"/{'email' if channel == 'email' else 'phone'}"
