"""What a citizen finds on "việc của tôi": the dossiers that wait for something from them."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.models import Dossier
from services.queries import own
from services.queries.own import Part
from services.states import ConfirmationState, RequestState, State
from services.wording_citizen import standing


def contribution(request: HttpRequest) -> Contribution:
    user = request.user
    if not isinstance(user, User) or not user.is_citizen:
        return Contribution()
    waiting = (
        own.mine(user, part=Part.NEEDED)
        .prefetch_related("supplements", "confirmations")
        .order_by("-submitted_at", "id")
    )
    items = [
        WorkItem(
            title=f"{row}: {row.version.name_vi}",
            url=reverse("services:own-dossier", args=[row.pk]),
            kind=str(standing(row).phase),
            due_at=_until(row),
        )
        for row in waiting[:ITEMS_PER_SOURCE]
    ]
    url, number = reverse("services:own-dossiers"), own.mine(user, part=Part.OPEN).count()
    counts = [Count(_("Being worked on"), number, f"{url}?phan={Part.OPEN.value}")]
    return Contribution(counts=counts, items=items)


def _until(dossier: Dossier) -> datetime | None:
    """By when the citizen answers what is asked for now."""
    asked = [one.deadline_at for one in dossier.confirmations.all() if one.state == ConfirmationState.OPEN]
    if State(dossier.state) is State.SUPPLEMENT:
        asked = [one.deadline_at for one in dossier.supplements.all() if one.state == RequestState.OPEN]
    return next(iter(asked), None)
