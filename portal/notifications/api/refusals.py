"""What refusals of notifications are over REST, and what a carrier's program may be granted."""

from django.utils.translation import gettext_lazy as _

from portal.accounts import machines
from portal.api import refusals
from portal.api.problems import Kind
from portal.notifications import errors
from portal.notifications.policies import Capability


def register() -> None:
    """Called in AppConfig.ready."""
    refusals.register(
        {
            errors.NotificationsError: Kind.NOT_POSSIBLE,
            errors.NotAllowedError: Kind.FORBIDDEN,
            errors.NotSentError: Kind.CONFLICT,
            errors.NotStuckError: Kind.CONFLICT,
            errors.AlreadyConfirmedError: Kind.CONFLICT,
            errors.TooSoonError: Kind.TOO_MANY,
            errors.TooManyCodesError: Kind.TOO_MANY,
            errors.StaleError: Kind.CONFLICT,
        }
    )
    machines.open_to_programs({Capability.REPORT: _("Say which notifications did not arrive")})
