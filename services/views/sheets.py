"""A list taken away as a file: which columns, as what, and what for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.api.tables import MOST_ROWS
from services.forms.lists import SheetForm
from services.list_files import too_many
from services.sheets import SHEETS, Wish, sent
from services.views.desk_access import officer_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, key: str) -> HttpResponseBase:
    """The rest of the address is that of the list's page. Who may not see the page gets no file of it."""
    found, user, now = SHEETS.get(key), officer_of(request), timezone.now()
    if found is None:
        raise Http404
    rows, query = found.rows(request), request.GET.urlencode()
    offered, number = found.offered(now), rows.count()
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        columns=[(name, column.title) for name, column in offered.items()],
        picked=found.ticked(now),
        personal=frozenset(name for name, column in offered.items() if column.is_personal),
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            if not (refusal := too_many(number, said["format"])):
                wish = Wish(said["cot"], said["format"], said["purpose"], query)
                return sent(found, rows, wish, user=user, now=now)
            form.add_error("format", refusal)
    back = f"{reverse(found.page)}?{query}" if query else reverse(found.page)
    context = {"form": form, "title": found.title, "back": back, "number": number, "most": MOST_ROWS}
    page: HttpResponse = render(request, "services/lists/sheet.html", context, status=status)
    return page
