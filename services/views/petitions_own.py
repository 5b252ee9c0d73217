"""A citizen's own petitions, and each of them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.once import sent_once
from services.models import Petition
from services.queries.petitions import as_sender_sees
from services.views.own_access import citizen_of
from services.views.petition_words import Sender
from services.wording_petitions import standing_of, type_in_words

SIZE = 20


@never_cache
@require_safe
def own_petitions(request: HttpRequest) -> HttpResponse:
    user = citizen_of(request)
    rows = Petition.objects.of_citizen(user).order_by("-filed_at", "id")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page", "1")[:6])
    lines = [(row, standing_of(row.state), type_in_words(row.kind)) for row in page.object_list]
    return render(request, "services/petitions/own.html", {"page_obj": page, "lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def own_petition(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    found = Petition.objects.of_citizen(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    words = Sender(request, as_sender_sees(found), by_code=False)
    if request.method == "POST" and (told := words.act()):
        messages.success(request, told)
        return redirect("services:own-petition", found.pk)
    return words.page()
