"""An officer asks: why may I do this, and who works beside me?"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from staff.models import Assignment, Delegation
from staff.policies import grounds, today
from staff.states import Term
from staff.work import main_unit
from units.queries import versions_at

MOST = 50


def _officer(request: HttpRequest) -> User:
    """Raises Http404 for citizens, who have no such pages."""
    if not isinstance(request.user, User) or not request.user.is_officer:
        raise Http404
    return request.user


@require_GET
@login_required
def colleagues(request: HttpRequest) -> HttpResponse:
    """To the officers of the unit where one works today."""
    on = today()
    unit_id = main_unit(Assignment.objects.of(_officer(request)).on(on).order_by("id")[:MOST], on)
    return redirect("staff:unit-officers", unit_id) if unit_id else redirect("staff:own-rights")


@require_GET
@login_required
def own_rights(request: HttpRequest) -> HttpResponse:
    """Own assignments with past and future ones, delegations both ways, and each capability with its reason."""
    user = _officer(request)
    on = today()
    assignments = list(Assignment.objects.of(user).select_related("post").order_by("-valid", "id")[:MOST])
    given = Delegation.objects.filter(giver__user=user)
    taken = Delegation.objects.to(user)
    delegations = list((given | taken).select_related("giver__post", "taker__post").order_by("-valid", "id")[:MOST])
    found = sorted(grounds(user, on), key=lambda ground: (ground.capability, ground.unit_id))
    places = {row.unit_id for row in assignments} | {ground.unit_id for ground in found}
    units = versions_at(sorted(places), on)
    context = {
        "assignments": [(row, units.get(row.unit_id), row.term(on)) for row in assignments],
        "delegations": [(row, row.taker.user_id == user.pk, row.term(on)) for row in delegations],
        "grounds": [(ground, units.get(ground.unit_id)) for ground in found],
        "term": Term,
    }
    return render(request, "staff/own_rights.html", context)
