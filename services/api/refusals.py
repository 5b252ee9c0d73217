"""What refusals of dossiers are over REST, and what programs may be granted here."""

from django.utils.translation import gettext_lazy as _

from documents.errors import DocumentsError, FileNotYoursError, WrongStateError
from documents.errors import NotAllowedError as NoRightError
from documents.registers.errors import RegisterError
from portal.accounts import machines
from portal.api import refusals
from portal.api.problems import Kind
from portal.calendar.ledger import LedgerError
from services import errors, money_errors
from services.states import Capability


def register() -> None:
    """Called in AppConfig.ready. What officials decide stays with people: no program is let in to their deeds."""
    refusals.register(
        {
            errors.ServicesError: Kind.NOT_POSSIBLE,
            errors.NotAllowedError: Kind.FORBIDDEN,
            errors.LevelTooLowError: Kind.FORBIDDEN,
            errors.WrongStateError: Kind.CONFLICT,
            errors.HeldByOtherError: Kind.CONFLICT,
            errors.ConsultingError: Kind.CONFLICT,
            errors.StaleError: Kind.CONFLICT,
            errors.DeskClosedError: Kind.CONFLICT,
            errors.ExpiredError: Kind.CONFLICT,
            errors.NumberTakenError: Kind.CONFLICT,
            errors.VersionEndedError: Kind.CONFLICT,
            money_errors.FourEyesError: Kind.FORBIDDEN,
            LedgerError: Kind.NOT_POSSIBLE,
            DocumentsError: Kind.NOT_POSSIBLE,
            NoRightError: Kind.FORBIDDEN,
            FileNotYoursError: Kind.FORBIDDEN,
            WrongStateError: Kind.CONFLICT,
            RegisterError: Kind.NOT_POSSIBLE,
        }
    )
    machines.open_to_programs(
        {
            Capability.VIEW: _("See the dossiers of a unit"),
            Capability.FILE_FOR_CITIZEN: _("File dossiers for citizens"),
        }
    )
