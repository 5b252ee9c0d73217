"""The public side of the trail: seals, keys, and the program that checks a proof."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.events import keys, sealing, verify_proof
from portal.events.models import Seal
from portal.events.views.paging import page_before


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found, next_url = page_before(request, Seal.objects.all(), "number")
    heads = [{"text": text} for text in (_("Seal"), _("Time"), _("Chains"), _("Root"))]
    rows = [
        [
            {"text": one.number},
            {"text": sealing.utc(one.at), "label": _("Time")},
            {"text": one.units, "label": _("Chains"), "numeric": True},
            {"text": bytes(one.root).hex(), "label": _("Root")},
        ]
        for one in found
    ]
    context = {"heads": heads, "rows": rows, "next_url": next_url, "keys": sorted(keys.trusted_keys())}
    return render(request, "events/seals.html", context)


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The same page as JSON, with signatures."""
    found, next_url = page_before(request, Seal.objects.all(), "number")
    return JsonResponse({"seals": [sealing.public_form(one) for one in found], "next": next_url or None})


@login_not_required
@require_safe
def key(request: HttpRequest, key_id: str) -> HttpResponse:
    try:
        pem = keys.pem_of(keys.trusted_keys()[key_id])
    except KeyError:
        raise Http404 from None
    return HttpResponse(pem, content_type="application/x-pem-file")


@login_not_required
@require_safe
def script(request: HttpRequest) -> FileResponse:
    path = Path(verify_proof.__file__)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/x-python")
