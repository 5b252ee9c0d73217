"""Why a deed on statistics was refused; the words are for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DashboardsError(Exception):
    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowedError(DashboardsError):
    sentence = _("Your post does not allow this here. Nothing was saved.")


class NotOverError(DashboardsError):
    sentence = _("This period is not over yet, so its report can still change. Freeze it afterwards.")


class FrozenAlreadyError(DashboardsError):
    sentence = _("The report of this period was frozen already. It stays as it was.")
