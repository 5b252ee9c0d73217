"""What the list of work says of questions between organs: what one's unit has to answer, and what came late."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.queries.consultations import head_units, inbox, late_for_head
from services.queries.handovers import coming, units_of_hand
from services.queries.work import units_of_work


def contribution(request: HttpRequest) -> Contribution:
    """Late answers stand with the head of the desk. NĐ 118/2025 Đ.19.4b"""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    now, url = timezone.now(), reverse("services:consultations")
    units, heads = units_of_work(user, timezone.localdate()), head_units(user, timezone.localdate())
    items, counts = [], []
    if units:
        for row in inbox(units)[:ITEMS_PER_SOURCE]:
            title = f"{row.asked['code']}: {row.asked['procedure']}"
            address = reverse("services:consultation", args=[row.pk])
            items.append(WorkItem(title=title, url=address, kind=_("Question of another organ"), due_at=row.due_at))
    hands = units_of_hand(user, timezone.localdate())
    if hands and (waiting := coming(hands).count()):
        counts.append(Count(_("To receive from other units"), waiting, reverse("services:handovers")))
    if heads and (late := late_for_head(heads, now).count()):
        counts.append(Count(_("Late answers of other organs"), late, f"{url}?nhom=tre", late=True))
    return Contribution(counts=counts, items=items)
