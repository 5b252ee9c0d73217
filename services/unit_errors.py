"""Why a unit cannot be chosen for a deed. Each message says what happened, what was kept, and what to do next."""

from django.utils.translation import gettext_lazy as _

from services.errors import ServicesError


class NobodyWorksError(ServicesError):
    message = _(
        "Nobody at this unit may work on dossiers today. Nothing was saved. Let whoever keeps the staff of the unit "
        "give an officer a post there that works on dossiers, then try again; or choose another unit."
    )
    code = "nobody_works"


class NotOpenUnitError(ServicesError):
    message = _(
        "The unit takes nothing new: it has ended, or it ends without successor. "
        "Choose the unit that follows it, or the one above it. Nothing was saved."
    )
    code = "unit_ended"
