"""Who looked at my data: each time an officer opened it, with post, unit, purpose and dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.events.wording import actor_in_words
from services.queries.seen import Look, looks_at
from services.views.own_access import citizen_of

BEFORE = "truoc"


@never_cache
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    user = citizen_of(request)
    text = request.GET.get(BEFORE, "")
    before = int(text) if text.isdecimal() and text.isascii() and len(text) <= 18 else None
    found, more = looks_at(user, before=before)
    rows = [
        {
            "at": look.event.at,
            "who": _who(look, user.event_actor),
            "purpose": look.event.facts.get("purpose", ""),
            "dossier": look.dossier,
        }
        for look in found
    ]
    next_url = "?" + urlencode({BEFORE: found[-1].event.pk}) if more else ""
    return render(request, "services/own/looks.html", {"rows": rows, "next_url": next_url})


def _who(look: Look, own: str) -> str:
    if look.post:
        return _("%(post)s, %(unit)s") % {"post": look.post, "unit": look.unit}
    return actor_in_words(look.event.actor, own=own)
