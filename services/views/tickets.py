"""Numbers: the machine at the door, the slip, the board in the hall, and the counter of the officer."""

import uuid
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events.actors import ANONYMOUS, Actor
from portal.isolation import scope
from portal.ui.errors import Step, problem_page
from portal.ui.wording import day
from services.errors import ServicesError
from services.forms.tickets import CounterForm, DrawForm
from services.kiosks import token_of, unit_of
from services.models import Errand, Ticket
from services.operations import tickets as deeds
from services.queries import tickets as queries
from services.queries.dossiers import units_with
from services.states import Capability
from services.tickets import TicketState
from services.views.desk_access import officer_of
from staff.policies import today
from units.models import UnitVersion
from units.queries import Ended, ended, version_at
from units.queries.nearest import nearest_version

BOARD_AGAIN = 10  # seconds
DEEDS = {"goi", "goi-lai", "xong", "vang"}


def _unit(unit_id: int) -> UnitVersion:
    """Raises Http404."""
    found = version_at(unit_id, today())
    if found is None:
        raise Http404
    return found


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    unit_id = unit_of(token)
    if unit_id is None:
        return _kiosk_ended(request)
    unit, form, status = _unit(unit_id), DrawForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            drawn = _draw(unit_id, form, request)
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = HTTPStatus.CONFLICT
        else:
            return redirect("services:ticket", drawn.pk)
    status = HTTPStatus.BAD_REQUEST if form.errors and status == HTTPStatus.OK else status
    waiting = queries.day_of(unit_id, localdate()).waiting
    return render(
        request, "services/tickets/kiosk.html", {"unit": unit, "form": form, "waiting": waiting}, status=status
    )


def _draw(unit_id: int, form: DrawForm, request: HttpRequest) -> Ticket:
    data, user = form.cleaned_data, request.user
    actor: Actor = user if isinstance(user, User) else ANONYMOUS
    errand, now = Errand(data["errand"]), timezone.now()
    with scope(units=[unit_id]):  # the signed address of the machine is the right to draw there
        return deeds.draw_ticket(unit_id=unit_id, errand=errand, priority=data["priority"], actor=actor, now=now)


def _kiosk_ended(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.NOT_FOUND,
        _("Numbers are not drawn at this address any more"),
        _("The address holds for one day. No number was drawn."),
        [Step(_("Ask at the desk for a number; the officer opens the machine anew under “Call numbers”."))],
    )


@login_not_required
@never_cache
@require_safe
def ticket(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The slip: on paper, or on the phone of whoever waits."""
    found = get_object_or_404(Ticket, pk=pk)
    context = {
        "ticket": found,
        "unit": nearest_version(found.unit_id, today()),  # the slip of yesterday may be of a unit that has ended
        "ahead": queries.ahead_of(found),
        "is_waiting": found.state == TicketState.WAITING,
        "is_called": found.state == TicketState.CALLED,
        "board": reverse("services:board", args=[found.unit_id]),
    }
    response = render(request, "services/tickets/ticket.html", context)
    return _again(request, response) if found.state in {TicketState.WAITING, TicketState.CALLED} else response


@login_not_required
@never_cache
@require_safe
def board(request: HttpRequest, unit: int) -> HttpResponse:
    """For the screen in the hall. It shows numbers and counters, nobody's name. `?tieng=`: a script sounds."""
    gone = ended(unit, today())
    if gone is not None:
        return _board_ended(request, gone)
    sounds = "tieng" in request.GET
    context = {
        "unit": _unit(unit),
        "day": queries.day_of(unit, localdate()),
        "stands": "dung" in request.GET,
        "sounds": sounds,
    }
    shown = render(request, "services/tickets/board.html", context)
    return shown if sounds else _again(request, shown)


def _board_ended(request: HttpRequest, gone: Ended) -> HttpResponse:
    """The screen in the hall goes on with the board of the unit that came after."""
    if gone.heir is not None:
        return redirect("services:board", gone.heir.unit_id)
    after = [{"text": one.full_name, "url": reverse("services:board", args=[one.unit_id])} for one in gone.after]
    told = {"name": gone.version.full_name, "on": day(gone.on), "after": after}
    return render(request, "services/tickets/board_ended.html", {"ended": told})


def _again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Shown anew by itself, unless whoever reads it asked that it stand still. WCAG 2.2.2"""
    if "dung" not in request.GET:
        response["Refresh"] = str(BOARD_AGAIN)
    return response


def _desks(user: User) -> list[tuple[int, str]]:
    """Raises PermissionDenied for officers who receive nowhere."""
    desks = [(unit, version_at(unit, today())) for unit in units_with(user, Capability.RECEIVE, today())]
    named = [(unit, version.full_name) for unit, version in desks if version]
    if not named:
        raise PermissionDenied(_("Numbers are called by those who receive dossiers."))
    return named


@never_cache
@require_safe
def counter(request: HttpRequest) -> HttpResponse:
    """`?ban=` and `?quay=`: the desk and the counter at which the officer sits."""
    desks = _desks(officer_of(request))
    form = CounterForm(request.GET if "quay" in request.GET else None, desks=desks)
    if not form.is_valid():
        context: dict[str, Any] = {"form": form}
        return render(request, "services/tickets/counter.html", context, status=400 if form.errors else 200)
    unit, name, day = form.cleaned_data["ban"], form.cleaned_data["quay"], localdate()
    context = {
        "unit": unit,
        "unit_name": dict(desks)[unit],
        "counter": name,
        "current": queries.at_counter(unit, day, name),
        "day": queries.day_of(unit, day),
        "draw": DrawForm(None),
        "kiosk": reverse("services:kiosk", args=[token_of(unit)]),
        "board": reverse("services:board", args=[unit]),
    }
    return render(request, "services/tickets/counter.html", context)


@never_cache
@require_POST
@sent_once
def call(request: HttpRequest) -> HttpResponse:
    """`viec`: call the next number, the same again, or say that it is served or did not come."""
    user = officer_of(request)
    form, deed = CounterForm(request.POST, desks=_desks(user)), request.POST.get("viec", "")
    if not form.is_valid() or deed not in DEEDS:
        return redirect("services:counter")
    unit, name = form.cleaned_data["ban"], form.cleaned_data["quay"]
    try:
        told = _act(deed, unit, name, request.POST.get("so", ""), user)
    except ServicesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return _back_to(form)


def _act(deed: str, unit: int, counter: str, chosen: str, user: User) -> str:
    """What was done, in words. Raises ServicesError."""
    now = timezone.now()
    if deed == "goi-lai":
        called = deeds.call_again(ticket=_chosen(unit, chosen), counter=counter, actor=user, now=now)
        return _("Called again: %(number)s") % {"number": called}
    if deed in {"xong", "vang"}:
        left = deeds.leave_counter(unit_id=unit, counter=counter, came=deed == "xong", actor=user, now=now)
        return _("The counter is free.") if left else _("Nobody was called to this counter.")
    following = deeds.call_next(unit_id=unit, counter=counter, actor=user, now=now)
    return _("Called: %(number)s") % {"number": following} if following else _("Nobody waits now.")


def _chosen(unit: int, chosen: str) -> Ticket:
    """Raises Http404."""
    try:
        return get_object_or_404(Ticket, pk=uuid.UUID(chosen), unit=unit)
    except ValueError as error:
        raise Http404 from error


@never_cache
@require_POST
@sent_once
def hand(request: HttpRequest) -> HttpResponse:
    """The officer draws a number for somebody who does not use the machine."""
    user = officer_of(request)
    place, form = CounterForm(request.POST, desks=_desks(user)), DrawForm(request.POST)
    if not place.is_valid():
        return redirect("services:counter")
    if not form.is_valid():
        messages.error(request, _("No number was drawn: choose what brings the person here."))
        return _back_to(place)
    try:
        drawn = _draw(place.cleaned_data["ban"], form, request)
    except ServicesError as refusal:
        messages.error(request, str(refusal))
        return _back_to(place)
    return redirect("services:ticket", drawn.pk)


def _back_to(place: CounterForm) -> HttpResponse:
    chosen = {name: place.cleaned_data[name] for name in ("ban", "quay")}
    return redirect(f"{reverse('services:counter')}?{urlencode(chosen)}")
