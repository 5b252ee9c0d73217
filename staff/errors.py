"""Why a deed was not done. Each message says what to do next; nothing was saved."""

from django.utils.translation import gettext_lazy as _


class StaffError(Exception):
    message = _("This is not possible. Nothing was saved.")

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(StaffError):
    message = _("You have no right to do this at this unit. Nothing was saved.")


class OwnCaseError(StaffError):
    message = _("Nobody decides on their own assignment. Nothing was saved.")


class WrongTermError(StaffError):
    message = _("It has ended already, or has not begun yet. Nothing was saved.")


class NamedElsewhereError(StaffError):
    message = _("A document or a substitution names this appointment. Change that one first. Nothing was saved.")


class BadDaysError(StaffError):
    message = _("The days do not fit: the end must lie after the beginning and inside what it belongs to.")


class OverlapError(StaffError):
    message = _("This person already has a main assignment in these days. End that one first, or choose another kind.")


class UnitNotAliveError(BadDaysError):
    message = _("The unit does not exist on all of these days. Choose days within its life, or its successor.")


class HasAccountError(StaffError):
    message = _("This person has an account already. Give them a new one-time secret instead. Nothing was saved.")


class NoAccountError(StaffError):
    message = _("This person has no account yet. Open one first. Nothing was saved.")


class ClosedAccountError(StaffError):
    message = _("This account is closed. Open it again before you give a one-time secret. Nothing was saved.")


class NotFirstError(StaffError):
    message = _("The province has an administrator already, who opens accounts on the pages. Nothing was saved.")


class UnknownPostError(StaffError):
    message = _("The catalogue has no post of this code.")


class NotOwnRightError(StaffError):
    message = _("Only what one's own post brings can be delegated, and never given on. Nothing was saved.")


class NoDecisionError(StaffError):
    message = _("Without number and date of the decision nothing takes effect. Nothing was saved.")


class KnownPersonError(StaffError):
    message = _("A person with this personal number is in the registry already. Nothing was saved.")
