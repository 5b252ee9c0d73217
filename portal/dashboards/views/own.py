"""An officer's own figures: nobody else's work, and seen by nobody else here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.dashboards.forms import OwnFilter
from portal.dashboards.policies import units_of
from portal.dashboards.queries import figures
from portal.dashboards.queries.opened import ask_as_of
from portal.dashboards.queries.reading import answers
from portal.dashboards.states import Measure
from portal.dashboards.views import tables
from portal.dashboards.views.access import officer_of
from portal.dashboards.views.listing import own_wish
from portal.dashboards.wording import CAUSES, number
from portal.isolation import scope


@never_cache
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    user = officer_of(request)
    form = OwnFilter(request.GET, units=[], on=localdate())
    wish = own_wish(user, form)
    link = tables.own_address({"ky": wish.period.code})
    with scope(citizen=user.pk):
        flow, before, stock, times, causes, counted_until = answers(
            figures.ask_flow(wish),
            figures.ask_flow(wish.for_period(wish.period.before())),
            figures.ask_stock(wish),
            figures.ask_times(wish),
            figures.ask_causes(wish),
            ask_as_of(),
        )
    context: dict[str, Any] = {
        "form": form,
        "period": wish.period,
        "as_of": counted_until,
        "standing": tables.standing(stock, link)[:4],  # what waits for reception is nobody's yet
        "tiles": tables.tiles(flow, before, times, link),
        "causes": [
            {"text": CAUSES[cause], "number": number(count), "url": link(Measure.LATE)}
            for cause, count in causes.items()
        ],
        "has_units": bool(units_of(user, localdate())),
        "title": _("My figures"),
    }
    return render(request, "dashboards/own.html", context, status=200 if form.is_valid() else 400)
