"""What reorganisations put on somebody's list of work: acts to sign, and things of a split unit to decide."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import Contribution, Count
from units.policies import Capability
from units.queries.acts import desk_acts, undecided_for
from units.states import ActState


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`. Says nothing where nothing waits."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    counts = []
    if user.has_perm(Capability.SIGN):
        number = desk_acts(user).filter(state=ActState.SIMULATED).count()
        counts.append(Count(_("Reorganisations to sign"), number, reverse("units:acts")))
    if user.has_perm(Capability.DECIDE):
        waiting = undecided_for(user)
        number, late = waiting.count(), waiting.filter(due_at__lt=timezone.now()).exists()
        counts.append(Count(_("To decide after a split"), number, reverse("units:undecided"), late=late))
    return Contribution(counts=[count for count in counts if count.number])
