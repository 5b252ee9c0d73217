"""What an officer is told whose post followed its unit: once, on their own page, while it is news."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.work import Panel, Row
from staff.models import Assignment
from staff.reorganisation import AWAITING
from staff.states import Term
from units.models import ReorgEvent, UnitVersion
from units.states import ActState

NEWS = timedelta(days=30)
STANDING = (ActState.EFFECTIVE, ActState.CORRECTED)


def moved_panel(assignments: Iterable[Assignment], units: dict[int, UnitVersion], on: date) -> Panel | None:
    """One row for each assignment that began by the number of an act; the row itself is the notice, so none is doubled.

    Who waits for a post is told for as long as they wait.
    """
    began = [row for row in assignments if row.term(on) is Term.CURRENT and _is_news(row, on)]
    if not began:
        return None
    numbers = {row.decision_no for row in began}
    acts = ReorgEvent.objects.filter(legal_no__in=numbers, state__in=STANDING).exclude(unit=None)
    known = set(acts.values_list("legal_no", "legal_date", "effective_on")[:100])
    followed = [row for row in began if (row.decision_no, row.decision_on, row.first_day) in known]
    rows = [_row(row, units.get(row.unit_id)) for row in followed]
    return Panel(_("Your unit was reorganised"), rows) if rows else None


def _is_news(row: Assignment, on: date) -> bool:
    return row.post.code == AWAITING or on - row.first_day < NEWS


def _row(row: Assignment, unit: UnitVersion | None) -> Row:
    told = {"act": row.decision_no, "day": row.first_day.strftime("%d/%m/%Y")}
    if row.post.code == AWAITING:
        words = _(
            "You keep your place there without rights until somebody appoints you. Please turn to its staff office."
        )
    else:
        words = _("Your post and your open work came along. Delegations ended: have them given anew where needed.")
    return Row(
        key=_("By %(act)s, from %(day)s you work at") % told,
        value=unit.full_name if unit else "",
        link=reverse("units:card", kwargs={"pk": row.unit_id}) if unit else "",
        source=words,
        tag=_("waits for a post") if row.post.code == AWAITING else "",
        lang="vi",
    )
