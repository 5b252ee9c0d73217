"""What citizens were told about a dossier, on which channel, and what became of it: asked at the counter every day."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.events import viewed
from portal.notifications.kinds import Channel, kind
from portal.notifications.models import Notification
from portal.notifications.states import State
from portal.notifications.wording import STATES, masked, reason_in_words, shown_text
from services.models import Dossier
from services.operations.moving import people
from services.queries.told import told_about
from services.views.desk_access import officer_of, visible_dossier

SIZE = 25


@never_cache
@require_safe
def told(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    viewed(
        found,
        actor=user,
        unit=found.responsible_unit_id,
        purpose=str(_("handling the dossier")),
        at=timezone.now(),
        concerns=people(found),
    )
    page = Paginator(told_about(found).select_related("user"), SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "dossier": found,
        "rows": [_line(found, row) for row in page.object_list],
        "page_obj": page,
    }
    return render(request, "services/desk/told.html", context)


def _line(dossier: Dossier, row: Notification) -> dict[str, Any]:
    """The address shortened: enough for the citizen at the counter to know it again."""
    words, colour = STATES[row.state]
    waits = row.state == State.PENDING and row.not_before > row.created_at
    return {
        "at": row.created_at,
        "to": _whom(dossier, row),
        "channel": Channel(row.channel).label,
        "address": masked(row.address) if row.address else "",
        "kind": kind(row.kind).title,
        "text": shown_text(row),
        "language": row.language,
        "state": words,
        "colour": colour,
        "sent_at": row.sent_at,
        "waits": row.not_before if waits else None,
        "reason": reason_in_words(row),
    }


def _whom(dossier: Dossier, row: Notification) -> str:
    if row.user_id is None:
        return str(_("the contact of the dossier"))
    return str(_("the owner")) if row.user_id == dossier.owner_id else str(_("the filer"))
