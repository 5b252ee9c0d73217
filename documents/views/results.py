"""Results that were issued to the citizen who is signed in."""

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.queries.results import own_results, sealed_files
from documents.verification.words import Paper, paper
from portal.accounts.models import User

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
    today = timezone.localdate()
    papers: list[Paper] = [paper(row, files.get(row.document_id), today) for row in page]
    return render(request, "documents/own_results.html", {"papers": papers, "page_obj": page})
