"""What "việc của tôi" says of lateness: warnings to whoever holds a dossier, decisions and breaches to its head."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.models import Correction, DueWarning, Extension, RealMoment
from services.queries import lateness as queries
from services.queries.corrections import waiting_corrections
from services.queries.lateness import Apology, Kind
from services.queries.real_moments import waiting_moments
from services.states import CorrectionState
from staff.policies import today


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    now, units = timezone.now(), queries.heads_units(user, today())
    items = [_warned(row) for row in queries.warnings_for(user, now)[:ITEMS_PER_SOURCE]]
    counts: list[Count] = []
    if units:
        items += [_to_decide(row) for row in queries.waiting_extensions(units)[:ITEMS_PER_SOURCE]]
        to_correct = waiting_corrections(units)
        late_now = [row for row in to_correct if row.breached_at is not None]
        items += [_to_correct(row) for row in to_correct if row.state == CorrectionState.ASKED or row.breached_at]
        items += [_to_confirm(row) for row in waiting_moments(units) if row.claimed_by_id != user.pk]
        late, soon = queries.head_counts(units, now)
        url = reverse("services:late")
        if late_now:
            address = f"{url}?muc={Kind.CORRECTED_LATE.value}"
            counts.append(Count(_("Corrections past their three days"), len(late_now), address, late=True))
        if late:
            address = f"{url}?muc={Kind.LATE.value}&xin_loi={Apology.NONE.value}"
            counts.append(Count(_("Overdue without apology"), late, address, late=True))
        if soon:
            counts.append(Count(_("Soon due"), soon, f"{url}?muc={Kind.SOON.value}"))
    return Contribution(counts=counts, items=items[:ITEMS_PER_SOURCE])


def _warned(row: DueWarning) -> WorkItem:
    left = ngettext("Due in %(n)s working day", "Due in %(n)s working days", row.days_left) % {"n": row.days_left}
    return WorkItem(
        title=f"{row.dossier}: {row.dossier.version.name_vi}",
        url=reverse("services:desk-dossier", args=[row.dossier_id]),
        kind=left,
        due_at=row.due_at,
    )


def _to_decide(row: Extension) -> WorkItem:
    return WorkItem(
        title=f"{row.dossier}: {row.dossier.version.name_vi}",
        url=reverse("services:extension", args=[row.pk]),
        kind=_("Later date to decide"),
        due_at=row.old_due_at,
    )


def _to_correct(row: Correction) -> WorkItem:
    return WorkItem(
        title=f"{row.dossier}: {row.dossier.version.name_vi}",
        url=reverse("services:correction", args=[row.pk]),
        kind=_("Correction past its three days") if row.breached_at else _("Mistake in a result"),
        due_at=row.due_at,
    )


def _to_confirm(row: RealMoment) -> WorkItem:
    return WorkItem(
        title=f"{row.dossier}: {row.dossier.version.name_vi}",
        url=reverse("services:real-moment", args=[row.pk]),
        kind=_("Real moment to confirm"),
    )
