"""Why a deed was not done. Each message says what to do next; nothing was saved."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _


class ServicesError(Exception):
    message = _("This is not possible. Nothing was saved.")

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(ServicesError):
    message = _("You have no right to publish procedures. Nothing was saved.")


class NotPublishableError(ServicesError):
    """`faults` name each place, for the person who writes the description."""

    message = _("The description of the procedure is not complete. Nothing was published.")

    def __init__(self, code: str, faults: Sequence[str]) -> None:
        self.code, self.faults = code, tuple(faults)
        super().__init__(code, *faults)

    def __str__(self) -> str:
        return " ".join([str(self.message), f"{self.code}:", "; ".join(self.faults)])


class OutOfOrderError(ServicesError):
    message = _("A version already begins on this day or later. Choose a later first day. Nothing was published.")


class EndedError(ServicesError):
    message = _("This version has an end already, or would end before it begins. Nothing was saved.")
