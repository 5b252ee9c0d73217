"""What the trail says about oneself: who did what, who looked, and the proof of it."""

import uuid
from contextlib import AbstractContextManager
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.events.actors import Actor
from portal.events.models import Event
from portal.events.proof import NotSealedYetError, prove
from portal.events.views.paging import page_before
from portal.events.wording import actor_in_words, details_in_words, event_in_words
from portal.isolation import Scope, scope


def _own(request: HttpRequest) -> AbstractContextManager[Scope]:
    """Everybody may see what concerns themselves, officers too."""
    return scope(citizen=cast("uuid.UUID", request.user.pk))


@never_cache
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    with _own(request) as own:
        found, next_url = page_before(request, Event.objects.of_person(own.citizen), "id")
    rows = [
        {
            "moment": date_format(timezone.localtime(event.at), "H:i d/m/Y"),
            "what": event_in_words(event.name, purpose=event.facts.get("purpose", "")),
            "details": details_in_words(event.name, event.facts),
            "who": actor_in_words(event.actor, own=cast("Actor", request.user).event_actor),
            "pk": event.pk,
        }
        for event in found
    ]
    return render(request, "events/own.html", {"rows": rows, "next_url": next_url})


@never_cache
@require_safe
def proof(request: HttpRequest, event_id: int) -> HttpResponse:
    try:
        with _own(request) as own:
            if event_id >= 2**63 or not Event.objects.of_person(own.citizen).filter(pk=event_id).exists():
                raise Http404
            content = prove(event_id)
    except NotSealedYetError:
        body = {"detail": _("This entry is not sealed yet. Please ask again in a minute.")}
        return JsonResponse(body, status=409, headers={"Retry-After": "60"})
    name = f"bang-chung-{event_id}.json"
    return JsonResponse(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})
