"""Looking a dossier up without signing in: by code and PIN, or by the signed address in the QR of the receipt.

Without the cache that counts wrong PINs nothing is looked up.
"""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.request import Request

from portal.events import context
from portal.events.actors import ANONYMOUS, Actor
from portal.ui.errors import Step, problem_page
from portal.ui.views.errors import too_many_requests
from portal.ui.wording import moment
from services.errors import LookUpLockedError, UnknownReceiptError, WrongStateError
from services.forms.own import LookUpForm, RatingForm
from services.forms.ratings import answered_items
from services.links import dossier_of, token_of
from services.look_up_rate import LookUpThrottle
from services.models import Moment
from services.operations import look_up as operation
from services.operations.citizen import rate_by_receipt
from services.queries.look_up import Status, status_of
from services.queries.ratings import replies_by_receipt
from services.views.own_deeds import MOMENTS
from services.wording_citizen import standing

NAMES = {moment: name for name, moment in MOMENTS.items()}


def _seconds_to_wait(request: HttpRequest) -> int:
    throttle = LookUpThrottle()
    return 0 if throttle.allow_request(Request(request), None) else int(throttle.wait() or 60) + 1


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    return user if user.is_authenticated else ANONYMOUS


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Leads to the signed address, which shows the status."""
    if request.method != "POST":
        return render(request, "services/look_up.html", {"form": LookUpForm()})
    if wait := _seconds_to_wait(request):
        return too_many_requests(request, retry_after_seconds=wait)
    form = LookUpForm(request.POST)
    return _try(request, form) if form.is_valid() else _refused(request, form)


def _try(request: HttpRequest, form: LookUpForm) -> HttpResponse:
    code, pin, ip = form.cleaned_data["code"], form.cleaned_data["pin"], context.current().ip or "unknown"
    try:
        found = operation.look_up(code=code, pin=pin, ip=ip, actor=_actor(request), now=timezone.now())
    except LookUpLockedError as locked:
        form.add_error("code", str(locked))
        return _refused(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    except UnknownReceiptError as unknown:
        form.add_error("code", str(unknown))
        return _refused(request, form)
    return redirect("services:look-up-link", token_of(found))


def _refused(request: HttpRequest, form: LookUpForm, status: int = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    return render(request, "services/look_up.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The QR of a receipt: one tap. Whoever holds it may know where the dossier stands, and not whose it is."""
    if wait := _seconds_to_wait(request):
        return too_many_requests(request, retry_after_seconds=wait)
    dossier_id = dossier_of(token)
    status = status_of(dossier_id) if dossier_id else None
    if status is None:
        return _nothing(request)
    dossier, told = status.dossier, standing(status.dossier)
    operation.note_look_up(dossier_id=dossier.pk, actor=_actor(request), now=timezone.now())
    found = {
        "dossier": dossier,
        "standing": told,
        "procedure": dossier.version.name_vi,
        "rows": _rows(status),
        "replies": replies_by_receipt(dossier.pk),
        "ratings": [(moment is Moment.RESULT, _rating(token, moment)) for moment in status.to_rate],
    }
    return render(request, "services/look_up_status.html", found)


def _rating(token: str, moment: Moment) -> str:
    return reverse("services:look-up-rating", args=[token, NAMES[moment]])


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str, when: str) -> HttpResponse:
    """For people without an account: the QR of their receipt is enough. Once for each moment."""
    if wait := _seconds_to_wait(request):
        return too_many_requests(request, retry_after_seconds=wait)
    dossier_id = dossier_of(token)
    status = status_of(dossier_id) if dossier_id else None
    if status is None or when not in MOMENTS:
        return _nothing(request)
    moment, back = MOMENTS[when], reverse("services:look-up-link", args=[token])
    if moment not in status.to_rate:
        return _too_late(request, back)
    form = RatingForm(request.POST if request.method == "POST" else None, moment=moment)
    if form.is_valid():
        data = form.cleaned_data
        try:
            rate_by_receipt(
                dossier_id=status.dossier.pk,
                moment=moment,
                score=data["score"],
                text=data["text"],
                items=answered_items(data),
                actor=_actor(request),
                now=timezone.now(),
            )
        except WrongStateError:
            return _too_late(request, back)
        messages.success(request, _("Thank you. Your rating counts; reports name nobody."))
        return redirect(back)
    context = {
        "dossier": status.dossier,
        "procedure": status.dossier.version.name_vi,
        "form": form,
        "is_result": moment is Moment.RESULT,
        "back": back,
    }
    return render(request, "services/own/rating.html", context, status=400 if form.errors else 200)


def _too_late(request: HttpRequest, back: str) -> HttpResponse:
    title = _("This cannot be rated now")
    detail = _("Each dossier is rated once at the receipt and once at the result.")
    steps = [Step(_("Look at where the dossier stands"), back)]
    return problem_page(request, HTTPStatus.CONFLICT, title, detail, steps)


def _rows(status: Status) -> list[dict[str, Any]]:
    dossier, told = status.dossier, standing(status.dossier)
    rows: list[dict[str, Any]] = [{"key": _("Where it stands"), "value": told.phase}]
    if dossier.is_open:
        rows.append(
            {"key": _("Who holds it now"), "value": status.units.get(dossier.responsible_unit_id, ""), "lang": "vi"}
        )
    rows.append({"key": _("What happens next"), "value": told.next_step})
    if status.due_at is not None:
        rows.append({"key": _("At the latest"), "value": moment(status.due_at)})
    rows.append({"key": _("Filed"), "value": moment(dossier.submitted_at)})
    if dossier.accepted_at is not None:
        rows.append({"key": _("Received"), "value": moment(dossier.accepted_at)})
    if dossier.closed_at is not None:
        rows.append({"key": _("Finished"), "value": moment(dossier.closed_at)})
    returning = status.units.get(dossier.returning_unit_id, "")
    return [*rows, {"key": _("Result is handed out at"), "value": returning, "lang": "vi"}]


def _nothing(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.NOT_FOUND,
        _("This address belongs to no dossier"),
        _("It may be cut short, or the QR was not read whole."),
        [
            Step(_("Scan the QR of the receipt again.")),
            Step(_("Look the dossier up by code and PIN"), reverse("services:look-up")),
        ],
    )
