"""What reorganisations put on somebody's list of work: acts to sign, and things of a split unit to decide."""

from django.db.models import Count as Number
from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.ui.work import Contribution, Count, Panel, Row
from units.policies import Capability
from units.queries.acts import desk_acts, undecided_for
from units.states import ActState

MOST = 10  # acts


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`. Says nothing where nothing waits."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    counts, panels = [], []
    if user.has_perm(Capability.SIGN):
        number = desk_acts(user).filter(state=ActState.SIMULATED).count()
        counts.append(Count(_("Reorganisations to sign"), number, reverse("units:acts")))
    if user.has_perm(Capability.DECIDE) and (rows := _undecided(user)):
        waiting = undecided_for(user)
        number, late = waiting.count(), waiting.filter(due_at__lt=timezone.now()).exists()
        counts.append(Count(_("To decide after a split"), number, reverse("units:undecided"), late=late))
        panels.append(Panel(_("Waiting for your decision after a reorganisation"), rows))
    return Contribution(counts=[count for count in counts if count.number], panels=panels)


def _undecided(user: User) -> list[Row]:
    """One row for each act, the most urgent first."""
    waiting = undecided_for(user).order_by().values("event__legal_no", "event")
    found = waiting.annotate(number=Number("id"), due=Min("due_at")).order_by("due", "event")[:MOST]
    now = timezone.now()
    return [
        Row(
            key=row["event__legal_no"],
            value=ngettext(
                "%(number)s thing of a split unit", "%(number)s things of split units", row["number"]
            ) % {"number": row["number"]},
            source=_("the first is to be decided before %(moment)s")
            % {"moment": timezone.localtime(row["due"]).strftime("%H:%M %d/%m/%Y")},
            tag=_("late") if row["due"] < now else "",
        )
        for row in found
    ]  # fmt: skip
