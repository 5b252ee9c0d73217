"""Why something about an API client was not done. Each message says what to do next; nothing was saved."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ClientError(Exception):
    message: str | Promise = _("This is not possible. Nothing was saved.")
    field = ""

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(ClientError):
    message = _("You have no right to do this at this unit. Nothing was saved.")


class NotForProgramsError(ClientError):
    message = _("Programs cannot be given this right. Choose among those listed. Nothing was saved.")
    field = "capabilities"


class BadTermError(ClientError):
    message = _("The last day must lie after the first, and at most five years ahead. Nothing was saved.")
    field = "until"


class WrongStateError(ClientError):
    message = _("The program is not in a state that allows this. Open its page again. Nothing was saved.")


class TokenRefusedError(Exception):
    """`code` is one of RFC 6749 §5.2."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
