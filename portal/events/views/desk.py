"""The desk of dead letters: effects that did not happen in 24 tries, and sending them again."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.events import operations
from portal.events.actors import Actor
from portal.events.models import Delivery
from portal.events.policies import can_replay
from portal.isolation import Purpose, scope

SIZE = 50
MASK = "•••"


def _check(request: HttpRequest) -> Actor:
    if not can_replay(request.user):
        raise PermissionDenied
    return cast("Actor", request.user)


def masked(value: Any) -> Any:
    """The shape of a payload without what it says: keys and numbers stay, texts don't."""
    if isinstance(value, dict):
        return {key: masked(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner) for inner in value]
    return MASK if isinstance(value, str) else value


@never_cache
@require_safe
def dead_letters(request: HttpRequest) -> HttpResponse:
    _check(request)
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        page = Paginator(Delivery.objects.dead(), SIZE).get_page(request.GET.get("page"))
        rows = [(delivery, masked(delivery.payload)) for delivery in page.object_list]
    return render(request, "events/dead_letters.html", {"rows": rows, "page_obj": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replay(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    actor = _check(request)
    if request.method != "POST":
        return render(request, "events/replay.html", {"one": delivery_id})
    try:
        operations.replay(delivery_id=delivery_id, actor=actor, now=timezone.now())
    except operations.NotDeadError:
        messages.warning(request, _("This delivery is no longer on the list. Nothing was changed."))
    else:
        messages.success(request, _("The delivery will be sent again within a second."))
    return redirect("events:dead-letters")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replay_all(request: HttpRequest) -> HttpResponse:
    actor = _check(request)
    if request.method != "POST":
        return render(request, "events/replay.html", {"limit": operations.AT_ONCE})
    count = operations.replay_all(actor=actor, now=timezone.now())
    text = ngettext("%(count)d delivery will be sent again.", "%(count)d deliveries will be sent again.", count)
    messages.success(request, text % {"count": count})
    return redirect("events:dead-letters")
