"""Petitions for everybody: what was published, sending one in, following it by code and PIN. No account is needed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework.request import Request

from portal.accounts.models import Citizen, User
from portal.accounts.once import sent_once
from portal.events import context
from portal.ui.errors import Step, problem_page
from portal.ui.views.errors import too_many_requests
from services.errors import LookUpLockedError, UnknownReceiptError
from services.forms.petitions import FollowForm, PublicFilter
from services.models import PublishedPetition
from services.operations.petition_look_up import look_petition_up
from services.petition_links import is_fresh, petition_of, token_of
from services.petition_rate import PetitionThrottle
from services.queries.petitions import Followed, followed, published_petitions
from services.views.look_up import _actor as actor_of
from services.views.look_up import _seconds_to_wait as seconds_to_wait
from services.views.petition_sending import Sending
from services.views.petition_words import Sender
from services.wording_petitions import type_in_words
from units.queries import BadText, ended
from units.queries.nearest import nearest_versions

SIZE = 20
UNIT_DIGITS = 18


@login_not_required
@require_safe
def petitions(request: HttpRequest) -> HttpResponse:
    """What was published, with the ways to send one in and to follow one's own."""
    form = PublicFilter(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    try:
        rows = published_petitions(text=said.get("q", ""), kind=said.get("loai", ""))
    except BadText:
        rows = PublishedPetition.objects.none()
    page = Paginator(rows, SIZE).get_page(request.GET.get("page", "1")[:6])
    found = list(page.object_list)
    names = _names(found)
    lines = [(row, names.get(row.unit_id, ""), type_in_words(row.kind)) for row in found]
    asked = any(request.GET.get(name) for name in ("q", "loai"))
    told = {"form": form, "page_obj": page, "lines": lines, "asked": asked}
    return render(request, "services/petitions/home.html", told, status=400 if form.errors else 200)


def _names(rows: list[PublishedPetition]) -> dict[int, str]:
    versions = nearest_versions({row.unit_id for row in rows}, timezone.localdate())
    return {unit: version.full_name for unit, version in versions.items()}


@login_not_required
@require_safe
def published_petition(request: HttpRequest, pk: int) -> HttpResponse:
    row = published_petitions().filter(pk=pk).first()
    if row is None:
        raise Http404
    told = {"row": row, "unit": _names([row]).get(row.unit_id, ""), "type": type_in_words(row.kind)}
    return render(request, "services/petitions/published.html", told)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def petition_new(request: HttpRequest) -> HttpResponse:
    """Leads to the page with code and PIN."""
    if request.method == "POST" and (wait := _too_often(request)):
        return too_many_requests(request, retry_after_seconds=wait)
    sending = Sending(request, initial=_known(request))
    if request.method == "POST" and (sent := sending.send()) is not None:
        return redirect("services:petition-follow", token_of(sent.pk, fresh=True))
    return sending.page("services/petitions/new.html")


def _too_often(request: HttpRequest) -> int:
    throttle = PetitionThrottle()
    return 0 if throttle.allow_request(Request(request), None) else int(throttle.wait() or 60) + 1


def _known(request: HttpRequest) -> dict[str, Any]:
    """What need not be typed: one's own name, and what the page before was about."""
    user = request.user
    known: dict[str, Any] = {
        "dossier_code": request.GET.get("ho_so", "")[:60],
        "procedure": request.GET.get("thu_tuc", "")[:20],
        "kind": request.GET.get("loai", "")[:20],
    }
    unit = request.GET.get("don_vi", "")
    if unit.isascii() and unit.isdecimal() and len(unit) < UNIT_DIGITS:
        gone = ended(int(unit), timezone.localdate())  # links on old pages name the unit of their day
        known["unit"] = {"unit": gone.heir.unit_id if gone and gone.heir else int(unit)}
    if isinstance(user, User) and user.is_citizen:
        citizen = Citizen.objects.filter(pk=user.pk).first()
        known["name"] = citizen.name if citizen else ""
    return known


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def petition_look_up(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "services/petitions/look_up.html", {"form": FollowForm()})
    if wait := seconds_to_wait(request):
        return too_many_requests(request, retry_after_seconds=wait)
    form, status = FollowForm(request.POST), HTTPStatus.BAD_REQUEST
    if form.is_valid():
        said, ip = form.cleaned_data, context.current().ip or "unknown"
        try:
            found = look_petition_up(
                code=said["code"], pin=said["pin"], ip=ip, actor=actor_of(request), now=timezone.now()
            )
        except LookUpLockedError as locked:
            status = HTTPStatus.TOO_MANY_REQUESTS
            form.add_error("code", str(locked))
        except UnknownReceiptError:
            form.add_error("code", _("Code and PIN do not belong together. Compare both with what you were given."))
        else:
            return redirect("services:petition-follow", token_of(found))
    return render(request, "services/petitions/look_up.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def petition_follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where it stands; a reply to what is asked for, and how satisfied one is, are sent to the same address."""
    if wait := seconds_to_wait(request):
        return too_many_requests(request, retry_after_seconds=wait)
    key = petition_of(token)
    seen = followed(key) if key else None
    if seen is None:
        return _over(request)
    words = Sender(request, seen, by_code=True)
    if request.method == "POST" and (told := words.act()):
        messages.success(request, told)
        return redirect("services:petition-follow", token_of(seen.petition.pk))
    return words.page(pin=_pin(token, seen))


def _pin(token: str, seen: Followed) -> str:
    """Only on the page right after sending."""
    return seen.petition.pin if is_fresh(token) else ""


def _over(request: HttpRequest) -> HttpResponse:
    title = _("This page has been closed for your safety")
    detail = _("The address of a petition is good for two hours. Nothing was lost.")
    steps = [Step(_("Enter code and PIN again"), reverse("services:petition-look-up"))]
    return problem_page(request, HTTPStatus.NOT_FOUND, title, detail, steps)
