"""What waits after splits for this person's decision, as "việc của tôi" tells it to those who own the question."""

from django.db.models import Count, Min
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ui.work import Contribution, Panel, Row
from units.queries.acts import undecided_for
from units.states import Capability

MOST = 10  # acts


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`: one row for each act, the most urgent first."""
    user = request.user
    if not user.is_authenticated or not user.has_perm(Capability.DECIDE):
        return Contribution()
    waiting = undecided_for(user).order_by().values("event__legal_no", "event")
    found = waiting.annotate(number=Count("id"), due=Min("due_at")).order_by("due", "event")[:MOST]
    now = timezone.now()
    rows = [
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
    return Contribution(panels=[Panel(_("Waiting for your decision after a reorganisation"), rows)] if rows else [])
