"""What refusals of notifications are over REST."""

from portal.api import refusals
from portal.api.problems import Kind
from portal.notifications import errors


def register() -> None:
    """Called in AppConfig.ready."""
    refusals.register(
        {
            errors.NotificationsError: Kind.NOT_POSSIBLE,
            errors.NotAllowedError: Kind.FORBIDDEN,
            errors.NotStuckError: Kind.CONFLICT,
            errors.StaleError: Kind.CONFLICT,
        }
    )
