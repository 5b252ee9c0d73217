"""Issued results: one's own for the citizen who is signed in, somebody's for the officer who needs them."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.errors import BadSearchError
from documents.forms import SearchForm
from documents.operations.result_searches import search_results
from documents.policies import units_with
from documents.queries.results import own_results, sealed_files
from documents.states import Capability
from documents.verification.words import Paper, found_tag, organ_name, paper
from portal.accounts.models import User
from staff.policies import today
from units.queries import version_at

SIZE = 20


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    if user.is_officer:
        raise Http404
    rows = own_results(user).select_related("document")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page", "1")[:6])
    files = sealed_files([row.document_id for row in page])
    on = timezone.localdate()
    papers: list[Paper] = [paper(row, files.get(row.document_id), on) for row in page]
    return render(request, "documents/own_results.html", {"papers": papers, "page_obj": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Asked by POST and answered on the same page, so that no personal number ever stands in an address."""
    user, on = cast("User", request.user), today()
    if not user.is_officer:
        raise Http404
    if not units_with(user, Capability.RESULT_SEARCH, on, is_below=False):
        raise PermissionDenied(_("Issued results are looked for by the officers of desk and processing."))
    form = SearchForm(request.POST if request.method == "POST" else None)
    rows = None
    if request.method == "POST" and form.is_valid():
        try:
            found = search_results(search=form.search(), actor=user, now=timezone.now())
        except BadSearchError as refusal:
            form.say(refusal)
        else:
            rows = [(one, found_tag(one, on), organ_name(version_at(one.unit_id, one.dated_on))) for one in found]
    context = {"form": form, "rows": rows}
    return render(request, "documents/result_search.html", context, status=400 if form.errors else 200)
