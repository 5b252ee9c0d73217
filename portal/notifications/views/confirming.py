"""A code to an address, and back: the only way by which an address comes into use."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.once import FIELD, issue, sent_once
from portal.notifications.backends import connected
from portal.notifications.errors import NotificationsError
from portal.notifications.forms import CodeForm
from portal.notifications.kinds import Channel
from portal.notifications.operations.confirming import Answer, ask_code, confirm_address
from portal.notifications.queries import ADDRESSED, address_of, is_confirmed, preference_of, waiting_code
from portal.notifications.views.own import citizen_of
from portal.notifications.wording import ANSWERS


def _channel(name: str) -> Channel:
    if name not in {str(channel) for channel in ADDRESSED}:
        raise Http404
    return Channel(name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def confirm(request: HttpRequest, channel: str) -> HttpResponse:
    user, way, now = citizen_of(request), _channel(channel), timezone.now()
    if request.method != "POST":
        return _show(request, way, CodeForm(None))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(request, way, form, status=HTTPStatus.BAD_REQUEST)
    try:
        answer = confirm_address(user=user, channel=way, code=form.cleaned_data["code"], actor=user, now=now)
    except NotificationsError as refusal:
        messages.warning(request, str(refusal))
        return redirect("notifications:preferences")
    if answer is Answer.CONFIRMED:
        messages.success(request, str(ANSWERS[answer]))
        return redirect("notifications:preferences")
    form.add_error("code", str(ANSWERS[answer]))
    return _show(request, way, form, status=HTTPStatus.BAD_REQUEST)


@never_cache
@require_POST
@sent_once
def send_code(request: HttpRequest, channel: str) -> HttpResponse:
    """What stands against it is told on the page it leads to."""
    user, way = citizen_of(request), _channel(channel)
    try:
        ask_code(user=user, channel=way, actor=user, now=timezone.now())
    except NotificationsError as refusal:
        messages.warning(request, str(refusal))
    return redirect("notifications:confirm-address", channel)


def _show(request: HttpRequest, way: Channel, form: CodeForm, *, status: int = 200) -> HttpResponse:
    """Without an address, or with a confirmed one, there is nothing to do here."""
    user, now = citizen_of(request), timezone.now()
    to = address_of(preference_of(user, localdate(now)), way)
    if not to or is_confirmed(user, way, to):
        return redirect("notifications:preferences")
    code = waiting_code(user, way, to)
    context = {
        "form": form,
        "channel": way,
        "is_phone": way is Channel.SMS,
        "to": to,
        "sent": code is not None and code.expires_at > now,
        "until": code.expires_at if code else None,
        "connected": connected(way),
        "token": issue(request),
        "again": issue(request),
        "field": FIELD,
    }
    return render(request, "notifications/confirm_address.html", context, status=status)
