"""An officer asks: why may I do this?"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from staff.models import Assignment, Delegation
from staff.policies import grounds, today
from staff.states import Term
from units.queries import versions_at

MOST = 50


@require_GET
@login_required
def own_rights(request: HttpRequest) -> HttpResponse:
    """Own assignments with past and future ones, delegations both ways, and each capability with its reason."""
    if not request.user.is_officer:
        raise Http404
    on = today()
    assignments = list(Assignment.objects.of(request.user).select_related("post").order_by("-valid", "id")[:MOST])
    given = Delegation.objects.filter(giver__user=request.user)
    taken = Delegation.objects.to(request.user)
    delegations = list((given | taken).select_related("giver__post", "taker__post").order_by("-valid", "id")[:MOST])
    found = sorted(grounds(request.user, on), key=lambda ground: (ground.capability, ground.unit_id))
    places = {row.unit_id for row in assignments} | {ground.unit_id for ground in found}
    units = versions_at(sorted(places), on)
    context = {
        "assignments": [(row, units.get(row.unit_id), row.term(on)) for row in assignments],
        "delegations": [(row, row.taker.user_id == request.user.pk, row.term(on)) for row in delegations],
        "grounds": [(ground, units.get(ground.unit_id)) for ground in found],
        "term": Term,
    }
    return render(request, "staff/own_rights.html", context)
