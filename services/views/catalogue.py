"""The public catalogue: search, one procedure with all its published parts, and the same as linked data."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from portal.ui.errors import Step, problem_page
from services.forms.search import CatalogueForm, day_asked
from services.linked_data import as_json_ld
from services.models import ProcedureVersion
from services.queries import catalogue as queries
from services.views import catalogue_words as words

PAGE_SIZE = 20
PAGES = 100
MAX_AGE = 300  # seconds
BEGIN = "services:begin"  # the first page of a filing, once there is one


def _public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Caches may keep what a visitor without sign-in sees."""
    patch_vary_headers(response, ["Cookie", "Save-Data"])
    if response.status_code == 200 and not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=MAX_AGE)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


@login_not_required
@require_safe
@conditional_page
def catalogue(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    form = CatalogueForm(request.GET, fields=queries.fields(on))
    valid = form.is_valid()
    rows = queries.search(form.filter(), on=on).order_by(*queries.KEYS)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1")[:4])
    context = {
        "form": form,
        "page_obj": page,
        "lines": [words.line(version) for version in page],
        "asked": valid and any(form.cleaned_data.values()),
        "text": request.GET.get("q", "")[: queries.TEXT_LIMIT],
    }
    return _public(request, render(request, "services/catalogue.html", context, status=200 if valid else 400))


@login_not_required
@require_safe
@conditional_page
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """As of `?ngay=`, today without."""
    on = day_asked(request.GET.get("ngay", "")[:10])
    version = queries.nearest_version(code, on)
    if version is None:
        return no_such_procedure(request, code)
    context: dict[str, Any] = {
        "version": version,
        "on": on,
        "holds": queries.version_on(code, on) is not None,
        "begin_url": begin_url(version),
        "versions": [words.version_line(one, version) for one in queries.versions_of(code)],
        **words.facts(version),
    }
    return _public(request, render(request, "services/procedure.html", context))


@login_not_required
@require_safe
@conditional_page
def linked_data(request: HttpRequest, code: str) -> HttpResponse:
    """CPSV-AP 3.2.0. A page of its own, because the content policy allows nothing inline."""
    version = queries.nearest_version(code, day_asked(request.GET.get("ngay", "")[:10]))
    if version is None:
        return no_such_procedure(request, code)
    page = request.build_absolute_uri(reverse("services:procedure", kwargs={"code": code}))
    body = as_json_ld(version, page)
    response = JsonResponse(body, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})
    return _public(request, response)


def begin_url(version: ProcedureVersion) -> str:
    """Where filing online begins: here, elsewhere, or nowhere."""
    if version.filing == "hand_off":
        return version.deep_link
    try:
        return reverse(BEGIN, kwargs={"code": version.code}) if version.filing == "here" else ""
    except NoReverseMatch:
        return ""


def no_such_procedure(request: HttpRequest, code: str) -> HttpResponse:
    return problem_page(
        request,
        404,
        _("There is no such procedure"),
        _("The catalogue has no procedure %(code)s.") % {"code": code},
        [Step(_("Search the catalogue"), reverse("services:catalogue"))],
    )
