"""What citizens do with a dossier after filing, each with its small page."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.once import FIELD, issue, sent_once
from services.errors import ServicesError
from services.forms.desk import WordsForm
from services.forms.own import RatingForm, WithdrawalForm
from services.forms.ratings import answered_items
from services.models import Moment, Rating
from services.operations import citizen
from services.queries import own as queries
from services.views import own
from services.views.desk_access import status_of
from services.views.own_access import citizen_of, own_dossier, too_late
from services.views.own_words import may_withdraw


@never_cache
@require_POST
def message(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    found = own_dossier(user, pk)
    form = WordsForm(request.POST, label=_("Message to the desk"), prefix="message")
    if not form.is_valid():
        return own.show(request, user, found, form=form, status=400)
    try:
        citizen.send_message(dossier=found, text=form.cleaned_data["text"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        form.add_error("text", str(refusal))
        return own.show(request, user, found, form=form, status=status_of(refusal))
    messages.success(request, _("Your message was sent. The desk answers here."))
    return redirect("services:own-dossier", found.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@sent_once
def withdrawal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """NĐ 118/2025 Đ.21.1"""
    user = citizen_of(request)
    found = own_dossier(user, pk)
    if not may_withdraw(user, found):
        detail = _("A dossier is withdrawn until its result is issued. Nothing was changed.")
        return too_late(request, found, _("This dossier cannot be withdrawn any more"), detail)
    form = WithdrawalForm(request.POST or None, revision=found.revision)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            citizen.withdraw(
                dossier=found, reason=data["reason"], actor=user, now=timezone.now(), revision=data["revision"]
            )
        except ServicesError as refusal:
            status = status_of(refusal)
            form.add_error(None, str(refusal))
            found.refresh_from_db(fields=["revision"])
            form.data = {**form.data, "revision": str(found.revision)}
        else:
            messages.success(request, _("The dossier was withdrawn."))
            return redirect("services:own-dossier", found.pk)
    context = {
        "dossier": found,
        "procedure": found.version.name_vi,
        "form": form,
        "is_received": found.accepted_at is not None,
        "token": issue(request),
        "field": FIELD,
    }
    return render(request, "services/own/withdrawal.html", context, status=max(status, 400 if form.errors else 200))


@never_cache
@require_http_methods(["GET", "POST"])
@sent_once
def rating(request: HttpRequest, pk: uuid.UUID, when: str) -> HttpResponse:
    """Once at the receipt, once at the result."""
    user = citizen_of(request)
    found = own_dossier(user, pk)
    if when not in MOMENTS:
        raise Http404
    moment = MOMENTS[when]
    if moment not in queries.moments_to_rate(found):
        given = Rating.objects.filter(dossier=found, moment=moment).exists()
        title = _("You have rated this already") if given else _("This is rated when the result is there")
        return too_late(request, found, title, _("Each dossier is rated once at the receipt and once at the result."))
    form = RatingForm(request.POST or None, moment=moment)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            citizen.rate(
                dossier=found,
                moment=moment,
                score=data["score"],
                text=data["text"],
                items=answered_items(data),
                actor=user,
                now=timezone.now(),
            )
        except ServicesError as refusal:
            status = status_of(refusal)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your rating counts; reports name nobody."))
            return redirect("services:own-dossier", found.pk)
    context = {
        "dossier": found,
        "procedure": found.version.name_vi,
        "form": form,
        "is_result": moment is Moment.RESULT,
        "back": reverse("services:own-dossier", args=[found.pk]),
        "token": issue(request),
        "field": FIELD,
    }
    return render(request, "services/own/rating.html", context, status=max(status, 400 if form.errors else 200))


MOMENTS = {"bien-nhan": Moment.RECEIPT, "ket-qua": Moment.RESULT}
