"""What "việc của tôi" says of steps: those one holds, and how many of the unit nobody has taken."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.queries.work import open_steps, steps_to_take, units_of_work


def contribution(request: HttpRequest) -> Contribution:
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    units = units_of_work(user, timezone.localdate())
    if not units:
        return Contribution()
    items = [
        WorkItem(
            title=f"{item.dossier.code}: {item.name}",
            url=reverse("services:work-item", args=[item.pk]),
            kind=item.dossier.version.name_vi,
            due_at=item.due_at,
        )
        for item in open_steps(user, units, mine=True)[:ITEMS_PER_SOURCE]
    ]
    free = steps_to_take(user, units).count()
    return Contribution(counts=[Count(_("Steps to take"), free, reverse("services:work-queue"))], items=items)
