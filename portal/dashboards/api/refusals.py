"""What refusals are over REST, and what programs may be granted here."""

from django.utils.translation import gettext_lazy as _

from portal.accounts import machines
from portal.api import refusals
from portal.api.problems import Kind
from portal.dashboards import errors
from portal.dashboards.states import Capability


def register() -> None:
    """Called in AppConfig.ready. Freezing a report stays with people."""
    refusals.register(
        {
            errors.DashboardsError: Kind.NOT_POSSIBLE,
            errors.NotAllowedError: Kind.FORBIDDEN,
            errors.FrozenAlreadyError: Kind.CONFLICT,
        }
    )
    machines.open_to_programs({Capability.STATISTICS_VIEW: _("See the statistics of a unit")})
