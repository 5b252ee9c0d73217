"""What stands against a hold or a package for the archive, in words for whoever tried it."""

from django.utils.translation import gettext_lazy as _

from services.errors import ServicesError


class HeldAlreadyError(ServicesError):
    message = _("The dossier is held for this cause already. Nothing was saved. Look at the hold that stands.")
    code = "held_already"


class MinimisedError(ServicesError):
    message = _(
        "The personal data of this dossier are gone by a rule of retention. Nothing was changed. "
        "Its code, dates and outcome are kept."
    )
    code = "minimised"


class NothingToArchiveError(ServicesError):
    message = _("No dossier of this unit and year waits for the archive. Nothing was made. Choose another year.")
    code = "nothing_to_archive"


class OtherDigestError(ServicesError):
    message = _(
        "The digest of the archive is not that of the package. Nothing was saved, and nothing will be removed. "
        "Make the package again and hand that one over."
    )
    code = "other_digest"
