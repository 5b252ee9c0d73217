"""What a citizen finds on "việc của tôi": the dossiers that wait for something from them."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.queries import own
from services.queries.own import Part
from services.states import RequestState, State
from services.wording_citizen import standing


def contribution(request: HttpRequest) -> Contribution:
    user = request.user
    if not isinstance(user, User) or not user.is_citizen:
        return Contribution()
    waiting = own.mine(user, part=Part.NEEDED).prefetch_related("supplements").order_by("-submitted_at", "id")
    items = [
        WorkItem(
            title=f"{row}: {row.version.name_vi}",
            url=reverse("services:own-dossier", args=[row.pk]),
            kind=str(standing(row).phase),
            due_at=next((one.deadline_at for one in row.supplements.all() if one.state == RequestState.OPEN), None)
            if row.state == State.SUPPLEMENT
            else None,
        )
        for row in waiting[:ITEMS_PER_SOURCE]
    ]
    url, number = reverse("services:own-dossiers"), own.mine(user, part=Part.OPEN).count()
    counts = [Count(_("Being worked on"), number, f"{url}?phan={Part.OPEN.value}")]
    return Contribution(counts=counts, items=items)
