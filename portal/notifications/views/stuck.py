"""Notifications that did not arrive, for those who mend connections. No text and no whole address is shown."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.once import FIELD, issue, sent_once
from portal.accounts.signing_in import user_of
from portal.isolation import Purpose, scope
from portal.notifications import queries
from portal.notifications.errors import NotStuckError
from portal.notifications.kinds import Channel, kind
from portal.notifications.models import Notification
from portal.notifications.operations import sending
from portal.notifications.policies import may_send_again
from portal.notifications.wording import masked, reason_in_words

SIZE = 50


def _mender(request: HttpRequest) -> User:
    user = user_of(request)
    if not may_send_again(user):
        raise PermissionDenied
    return user


@never_cache
@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    _mender(request)
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        page = Paginator(queries.stuck(), SIZE).get_page(request.GET.get("page"))
        rows = [_line(row) for row in page.object_list]
    return render(request, "notifications/failed.html", {"rows": rows, "page_obj": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def send_again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    user = _mender(request)
    if request.method == "POST":
        try:
            sending.send_again(key=key, actor=user, now=timezone.now())
        except NotStuckError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The notification is on its way again."))
        return redirect("notifications:failed")
    with transaction.atomic(), scope(purpose=Purpose.OPERATIONS):
        row = queries.stuck_one(key)
        line = _line(row) if row else None
    if line is None:
        raise Http404
    context = {"row": line, "token": issue(request), "field": FIELD}
    return render(request, "notifications/send_again.html", context)


def _line(row: Notification) -> dict[str, object]:
    return {
        "key": row.pk,
        "channel": Channel(row.channel).label,
        "to": masked(row.address) if row.address else "",
        "kind": kind(row.kind).title,
        "subject": row.content.get("code", ""),
        "ended_at": row.ended_at,
        "reason": reason_in_words(row),
    }
