"""Every layout with its sample, for the people who build; only where UI_CATALOGUE is on."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_safe

from documents.layouts import UnknownLayoutError, render
from documents.layouts.catalogue import layouts
from documents.layouts.samples import ON, sample


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All versions, those of today and those that still explain old documents."""
    return render_page(request, "documents/layouts.html", {"layouts": layouts(), "on": ON})


@login_not_required
@require_safe
def sample_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The sample of one layout, printed now."""
    try:
        printed = render(code, sample(code), on=ON)
    except (UnknownLayoutError, FileNotFoundError) as unknown:
        raise Http404 from unknown
    headers = {"Content-Disposition": f'inline; filename="{code}.pdf"'}
    return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)
