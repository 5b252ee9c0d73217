"""Why a deed of the registers was refused. Each message says what to do next; no number was taken."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RegisterError(Exception):
    message: str | Promise = _("This is not possible. No number was taken and nothing was saved.")

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(RegisterError):
    message = _("Only the clerk of this unit may do this in its register books. Nothing was saved.")


class SecretRefusedError(RegisterError):
    message = _(
        "State secrets must not enter this system, not even as a line of a register. Register the document in the "
        "paper book for secret documents. No number was taken."
    )


class UnknownSeriesError(RegisterError):
    message = _("There is no such series of numbers. Choose one of the organ's series. No number was taken.")


class WrongSeriesError(RegisterError):
    message = _("The head of the organ has decided that documents of this type run in another series. "
                "Take the number there. No number was taken.")  # fmt: skip


class UnitNotAliveError(RegisterError):
    message = _("The unit does not exist on this day. Take the number at its successor. No number was taken.")


class BookClosedError(RegisterError):
    message = _("This book is closed; nothing is changed in it any more. Date the document in the current year.")


class BackDatedError(RegisterError):
    message = _("The last number of this book bears a later date. A number cannot be dated before it: date the "
                "document today. No number was taken.")  # fmt: skip


class FutureDateError(RegisterError):
    message = _("The date lies in the future. Date the document today. No number was taken.")


class ClockBackwardsError(RegisterError):
    message = _("The clock of the server stands before the last entry of this book. Tell the administrator, and take "
                "the number when the clock is right again. No number was taken.")  # fmt: skip


class NumberTakenError(RegisterError):
    message = _("Another series of this organ has given the same number and notation this year. Use a notation that "
                "tells the series apart. No number was taken.")  # fmt: skip


class BadRowError(RegisterError):
    """A column of the entry is missing or too long."""

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message


class NoReasonError(RegisterError):
    message = _("Write the reason. Nothing was saved.")


class AlreadyVoidedError(RegisterError):
    message = _("This number has been voided already. Nothing was changed.")


class TooEarlyError(RegisterError):
    message = _("The year of this book is not over. It can be closed from 1 January. Nothing was changed.")


class UnitAliveError(RegisterError):
    message = _("The unit still exists, so its book is closed at the end of the year. Nothing was changed.")


class WrongColumnError(RegisterError):
    message = _("Books of this kind have no such column, or it needs a day. Nothing was saved.")


class UnknownDivisionError(RegisterError):
    message = _("This division has no abbreviation yet. The head of the organ decides on it. Nothing was saved.")


class BadRuleError(RegisterError):
    message = _("A decision with number and date is needed, and days and abbreviation that fit. Nothing was saved.")
