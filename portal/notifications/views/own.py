"""What a citizen chooses about being told, and what they were told."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.once import FIELD, issue, sent_once
from portal.notifications import kinds
from portal.notifications.backends import connected
from portal.notifications.errors import NotificationsError, StaleError
from portal.notifications.forms import PreferenceForm
from portal.notifications.kinds import Channel
from portal.notifications.models import Notification, NotificationPreference
from portal.notifications.operations.preferences import choose
from portal.notifications.queries import (
    ADDRESSED,
    address_of,
    bad_channels,
    own_notifications,
    preference_of,
    unconfirmed,
)
from portal.notifications.rules import rules_on
from portal.notifications.wording import STATES, masked, reason_in_words, shown_text

SIZE = 20


def citizen_of(request: HttpRequest) -> User:
    """Officers are told of their work on their own pages; to them this one does not exist."""
    user = request.user
    if not isinstance(user, User) or not user.is_citizen:
        raise Http404
    return user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def preferences(request: HttpRequest) -> HttpResponse:
    user, now = citizen_of(request), timezone.now()
    row, rules = preference_of(user, localdate(now)), rules_on(localdate(now))
    if request.method != "POST":
        return _show(request, row, PreferenceForm(None, preference=row, rules=rules))
    form = PreferenceForm(request.POST, preference=row, rules=rules)
    if not form.is_valid():
        return _show(request, row, form, status=HTTPStatus.BAD_REQUEST)
    try:
        choose(user=user, choice=form.choice(), revision=form.cleaned_data["revision"], actor=user, now=now)
    except NotificationsError as refusal:
        form.data = request.POST.copy()
        form.data["revision"] = str(row.revision)
        form.add_error(None, str(refusal))
        status = HTTPStatus.CONFLICT if isinstance(refusal, StaleError) else HTTPStatus.BAD_REQUEST
        return _show(request, row, form, status=status)
    return _saved(request, user, now)


def _saved(request: HttpRequest, user: User, now: datetime) -> HttpResponse:
    """Where an address of a chosen channel still wants its code, the next page asks for it."""
    messages.success(request, _("Your choice was saved. It holds from the next notification on."))
    row = preference_of(user, localdate(now))
    waiting = [channel for channel in unconfirmed(row) if channel in row.channels and connected(channel)]
    if waiting:
        return redirect("notifications:confirm-address", waiting[0])
    return redirect("notifications:preferences")


def _show(
    request: HttpRequest, row: NotificationPreference, form: PreferenceForm, *, status: int = 200
) -> HttpResponse:
    bad = bad_channels(row)
    open_to_code = unconfirmed(row)
    addresses = [
        {"channel": channel, "label": channel.label, "to": to, "confirmed": str(channel) not in open_to_code}
        for channel in ADDRESSED
        if (to := address_of(row, channel))
    ]
    context = {
        "form": form,
        "addresses": addresses,
        "bad_email": row.email if Channel.EMAIL in bad else "",
        "bad_phone": row.phone if Channel.SMS in bad else "",
        "ordered": kinds.ordered(),
        "token": issue(request),
        "field": FIELD,
    }
    return render(request, "notifications/preferences.html", context, status=status)


@never_cache
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    page = Paginator(own_notifications(citizen_of(request)), SIZE).get_page(request.GET.get("page"))
    rows = [_line(row) for row in page.object_list]
    return render(request, "notifications/told.html", {"rows": rows, "page_obj": page})


def _line(row: Notification) -> dict[str, Any]:
    said, (words, colour) = row.content, STATES[row.state]
    waits = row.not_before if row.state == "pending" and row.not_before > row.created_at else None
    return {
        "at": row.created_at,
        "channel": Channel(row.channel).label,
        "to": masked(row.address) if row.address else "",
        "title": said["title"],
        "text": shown_text(row),
        "language": row.language,
        "link": urlsplit(said.get("link", "")).path,
        "state": words,
        "colour": colour,
        "sent_at": row.sent_at,
        "waits": waits,
        "reason": reason_in_words(row),
    }
