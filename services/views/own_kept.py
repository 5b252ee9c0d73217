"""What is kept of the citizen's own dossier until when, in plain words."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from services.queries import retention as queries
from services.views.own_access import citizen_of, own_dossier
from services.views.retention import rule_in_words
from services.wording_retention import KINDS


@never_cache
@require_safe
def kept(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found, now = own_dossier(citizen_of(request), pk), timezone.now()
    on = timezone.localdate(now)
    context = {
        "dossier": found,
        "procedure": found.version.name_vi,
        "untils": [(KINDS[one.rule.kind], one, rule_in_words(one.rule, on)) for one in queries.untils_of(found, now)],
        "is_held": found.closed_at is not None and queries.held(found),
    }
    return render(request, "services/retention/own.html", context)
