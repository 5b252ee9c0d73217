"""Who works at a unit: names, titles and office phones are published. NĐ 118/2025 Đ.9.8"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.accounts.policies import may_manage
from portal.isolation import Purpose, scope
from portal.ui.wording import day
from staff import catalogue
from staff.models import Assignment
from staff.policies import Capability, may_edit, today
from units.queries import Ended, ended, version_at

MOST = 200  # posts of one unit on one day; NĐ 118/2025 knows no commune with more


@login_not_required
@require_GET
def unit_officers(request: HttpRequest, unit_id: int) -> HttpResponse:
    on = today()
    unit, gone = version_at(unit_id, on), None
    if unit is None:
        gone = ended(unit_id, on)
        if gone is None:
            raise Http404
        unit = gone.version
    with scope(purpose=Purpose.DIRECTORY):
        rows = list(
            Assignment.objects.at_unit(unit_id)
            .on(on)
            .select_related("person", "post")
            .only("person__name", "post__code", "post__title", "post__phone", "kind", "valid")
            .order_by("post__code", "person__name", "id")[:MOST]
        )
    places = {code: place for place, code in enumerate(catalogue.kinds())}  # the catalogue begins with the leaders
    rows.sort(key=lambda row: places.get(row.post.code, len(places)))
    return render(
        request,
        "staff/unit_officers.html",
        {"unit": unit, "assignments": rows, "ended": _after(gone), **_links(request, unit_id)},
    )


def _after(gone: Ended | None) -> dict[str, Any] | None:
    """Since when the unit is no more, with the officers of those that came after it."""
    if gone is None:
        return None
    after = [{"text": one.full_name, "url": reverse("staff:unit-officers", args=[one.unit_id])} for one in gone.after]
    return {"name": gone.version.full_name, "on": day(gone.on), "after": after}


def _links(request: HttpRequest, unit_id: int) -> dict[str, bool]:
    """Which pages of administrators this reader may open."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return {}
    return {
        "may_open_accounts": may_edit(user, Capability.ACCOUNT_OPEN, unit_id),
        "may_manage_clients": may_manage(user, unit_id),
    }
