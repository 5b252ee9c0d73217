"""Why a deed on a petition was not done. Each message says what happened, what was kept, and what to do next."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from services.errors import HeldByOtherError, NotAllowedError, ServicesError, StaleError, WrongStateError


class PetitionMovedError(WrongStateError):
    message = _(
        "The petition has moved on meanwhile, so this step is no longer possible. Nothing was saved. "
        "Open it again and look at where it stands."
    )


class PetitionStaleError(StaleError):
    message = _(
        "Somebody changed this petition while you were looking at it. Nothing was overwritten; what you typed is still "
        "on this page. Look at the newer version before you decide."
    )


class PetitionHeldError(HeldByOtherError):
    message = _("Another officer handles this petition. Nothing was saved. Ask them, or let your head reassign it.")


class ComplainedAboutError(NotAllowedError):
    message = _("Whoever a petition complains about does not handle it. Nothing was saved. Choose somebody else.")
    code = "complained_about"


class NobodyElseError(ServicesError):
    message = _(
        "Nobody would be left here to handle this petition. Nothing was saved. Forward it to the unit above instead."
    )
    code = "nobody_else"


class PersonalDataError(ServicesError):
    """`found` are the kinds of data, in words."""

    message = _(
        "This text still holds personal data: %(found)s. Nothing was sent. Take it out, or write it in general words."
    )
    code = "personal_data"

    def __init__(self, found: Sequence[str], field: str = "") -> None:
        super().__init__()
        self.found, self.field = tuple(found), field

    def __str__(self) -> str:
        return str(self.message) % {"found": ", ".join(self.found)}


class NotConfirmedCleanError(ServicesError):
    message = _("Read what will be public and confirm that no personal data is in it. Nothing was published.")
    code = "not_confirmed_clean"


class UnknownTypeError(ServicesError):
    message = _("There is no such type of petition. Nothing was saved. Choose one of the list.")
    code = "unknown_type"


class NoTextError(ServicesError):
    message = _("Nothing is written yet. Nothing was saved. Write it in a few words.")
    code = "no_text"


class SameUnitError(ServicesError):
    message = _("The petition is with this unit already. Nothing was saved. Choose another unit.")
    code = "same_unit"


class NotMergeableError(ServicesError):
    message = _(
        "Petitions are joined to another one of the same unit that is still being handled. Nothing was saved. "
        "Check its reference."
    )
    code = "not_mergeable"


class TooManyFilesError(ServicesError):
    message = _("These are more files than a petition takes. Nothing was sent. Choose the most important ones.")
    code = "too_many_files"


class OthersWaitError(ServicesError):
    message = _(
        "Others who told the same wait for the answer to your petition, so it stays with the unit. "
        "Nothing was changed. Your name is published nowhere."
    )
    code = "others_wait"


class AlreadyRatedError(WrongStateError):
    message = _("You have said already how satisfied you are. Nothing was changed.")
    code = "already_rated"


class RatedOfficerError(NotAllowedError):
    message = _("Whoever was rated does not answer the rating. Nothing was saved. Another head answers it.")
    code = "rated_officer"


class ReplyGivenError(WrongStateError):
    message = _("This rating has been answered already. Nothing was saved; what you typed is still on this page.")


class ReplyStaleError(StaleError):
    message = _("Somebody changed this while you were looking at it. Nothing was overwritten. Look at it again.")
