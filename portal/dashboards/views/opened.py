"""Open data: what there is, its description for machines, and the whole catalogue as linked data."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from portal.dashboards import linked
from portal.dashboards.queries.opened import as_of
from portal.dashboards.views.public import open_page
from services.models import ProcedureVersion

LINKED_DATA = "application/ld+json"
NOTHING_HIDDEN: dict[str, Any] = {"ensure_ascii": False}


@open_page
def page(request: HttpRequest) -> HttpResponse:
    context = {
        "statistics_url": reverse("api:dashboards:unit-statistics"),
        "sheet_url": reverse("api:dashboards:unit-statistics-csv"),
        "as_of": as_of(),
    }
    return render(request, "dashboards/open_data.html", context)


@open_page
def description(request: HttpRequest) -> JsonResponse:
    def whole(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    body = linked.catalogue_of(
        whole("dashboards:open-data-description"),
        statistics=whole("api:dashboards:unit-statistics"),
        sheet=whole("api:dashboards:unit-statistics-csv"),
        procedures=whole("dashboards:open-catalogue"),
        page=whole("dashboards:open-data"),
        changed=as_of(),
    )
    return JsonResponse(body, content_type=LINKED_DATA, json_dumps_params=NOTHING_HIDDEN)


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> StreamingHttpResponse:
    """Streamed: some hundred procedures with all their parts."""

    def address(code: str) -> str:
        return request.build_absolute_uri(reverse("services:procedure", kwargs={"code": code}))

    response = StreamingHttpResponse(_graph(address), content_type=LINKED_DATA)
    response["Cache-Control"] = "public, max-age=300"
    return response


def _graph(address: Any) -> Iterator[str]:
    yield json.dumps(linked.HEAD, **NOTHING_HIDDEN)[:-1] + ', "@graph": ['
    with transaction.atomic():
        rows = ProcedureVersion.objects.at(localdate()).select_related("procedure").order_by("id")
        for place, node in enumerate(linked.procedures_of(rows.iterator(chunk_size=100), address)):
            yield (",\n" if place else "\n") + json.dumps(node, **NOTHING_HIDDEN)
    yield "]}"
