"""Ratings before the head of a unit: figures that name nobody, and the low ones to answer."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
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
from portal.accounts.once import sent_once
from portal.events import viewed
from services.errors import NotAllowedError, ServicesError
from services.forms.ratings import PeriodForm, ReplyForm
from services.models import RatingReply
from services.operations.moving import people
from services.operations.ratings import answer_rating
from services.petition_policies import reply_abilities
from services.petition_rules import petition_rules_on, rating_items
from services.petition_states import ReplyState
from services.queries.petitions import units_with_right
from services.queries.ratings import months_before, open_replies, replies_of, reports
from services.states import Capability
from services.views.desk_access import officer_of, status_of
from staff.policies import today
from units.queries.nearest import nearest_versions

SIZE = 25


def head_of(request: HttpRequest) -> tuple[User, list[int]]:
    """Raises Http404 for everybody but officers, PermissionDenied for those who answer no ratings."""
    user = officer_of(request)
    units = units_with_right(user, Capability.RATING_ANSWER, today())
    if not units:
        raise PermissionDenied(_("Ratings are shown to the head of the unit."))
    return user, units


@never_cache
@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    user, units = head_of(request)
    now, on = timezone.now(), today()
    months = months_before(on)
    names = {unit: version.full_name for unit, version in nearest_versions(units, on).items()}
    form = PeriodForm(request.GET, months=months, units=[(unit, names.get(unit, str(unit))) for unit in units])
    valid = form.is_valid()
    unit, first = form.chosen(units[0], months[0]) if valid else (units[0], months[0])
    page = Paginator(open_replies(user, units), SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "form": form,
        "unit": names.get(unit, ""),
        "reports": reports(unit, first, _month_after(first)),
        "smallest": petition_rules_on(on).smallest_group,
        "page_obj": page,
        "now": now,
    }
    return render(request, "services/ratings/ratings.html", context, status=200 if valid else 400)


def _month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def rating_reply(request: HttpRequest, pk: int) -> HttpResponse:
    user, units = head_of(request)
    found = replies_of(units).filter(pk=pk).first()
    if found is None or found.rating.officer_id == user.pk:
        raise Http404
    form, status = ReplyForm(request.POST if request.method == "POST" else None, revision=found.revision), 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with transaction.atomic():
                answer_rating(reply=found, text=said["text"], actor=user, now=timezone.now(), revision=said["revision"])
        except ServicesError as refusal:
            status = _refused(form, found, refusal)
        else:
            messages.success(request, _("Your answer was sent. Whoever rated reads it on the page of the dossier."))
            following = open_replies(user, units).first()
            return redirect("services:rating-reply", following.pk) if following else redirect("services:ratings")
    return _show(request, user, found, form, status)


def _refused(form: forms.Form, found: RatingReply, refusal: ServicesError) -> int:
    form.add_error("text", str(refusal))
    found.refresh_from_db(fields=["revision", "state"])
    form.data = {**form.data, "revision": str(found.revision)}
    return HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowedError) else status_of(refusal)


def _show(request: HttpRequest, user: User, found: RatingReply, form: forms.Form, status: int) -> HttpResponse:
    rating, names = found.rating, rating_items()
    dossier = rating.dossier
    viewed(
        dossier,
        actor=user,
        unit=found.unit_id,
        purpose=str(_("answering a rating")),
        at=timezone.now(),
        concerns=people(dossier),
    )
    context: dict[str, Any] = {
        "reply": found,
        "rating": rating,
        "dossier": dossier,
        "items": [(names[key].name, value) for key, value in rating.items.items() if key in names],
        "form": form,
        "may_answer": reply_abilities(user, found)["answer"],
        "is_late": found.state == ReplyState.OPEN and found.due_at < timezone.now(),
    }
    refused = 400 if form.errors else 200
    return render(request, "services/ratings/reply.html", context, status=max(status, refused))
