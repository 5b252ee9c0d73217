"""What an officer of the desk finds on "việc của tôi": how much waits, and what is due first."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.queries import dossiers as queries
from services.queries.dossiers import Wish, units_with
from services.queries.outage import left_behind
from services.queries.postal import counts as postal_counts
from services.states import Capability, State
from services.views.desk import calendars_for, left
from services.wording_desk import STATES, state_in_words
from staff.policies import today


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`; nothing for those who have no desk."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    units = queries.desk_units(user, today())
    if not units:
        return Contribution()
    now, url = timezone.now(), reverse("services:desk")
    number = queries.counts(units)
    found = list(queries.queue(units, Wish(), now).select_related("version")[:ITEMS_PER_SOURCE])
    calendars = calendars_for(found, now)
    late = sum(1 for row in found if row.next_due_at and row.next_due_at < now)
    counts = [
        Count(STATES[state], number[state], f"{url}?trang_thai={state}")
        for state in (State.SUBMITTED, State.SUPPLEMENT, State.DECIDED)
    ]
    to_send, back = postal_counts(units_with(user, Capability.RETURN, today()))
    counts += [
        Count(words, count, f"{reverse('services:post')}?nhom={group}")
        for words, count, group in ((_("To be sent by post"), to_send, "cho-gui"), (_("Came back by post"), back, "ve"))
        if count
    ]
    if paper := left_behind(units_with(user, Capability.RECEIVE, today()), today()):
        counts.append(Count(_("Codes on paper not accounted for"), paper, reverse("services:outage"), late=True))
    if late:
        counts.insert(0, Count(_("Overdue at the desk"), late, f"{url}?tre=on", late=True))
    items = [
        WorkItem(
            title=f"{row}: {row.version.name_vi}, {row.owner_name}",
            url=reverse("services:desk-dossier", args=[row.pk]),
            kind=state_in_words(row.state, row.stage),
            due_at=row.next_due_at,
            deadline=left(row, now, calendars.get(row.responsible_unit_id)),
        )
        for row in found
    ]
    return Contribution(counts=counts, items=items)
