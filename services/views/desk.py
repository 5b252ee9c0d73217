"""The queue of the desk, the soonest due first."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.calendar import remaining
from portal.calendar.loading import load
from portal.calendar.remaining import Level, Remaining
from portal.calendar.working import Calendar
from portal.ui.wording import Deadline, deadline
from services.forms.desk import QUEUE_STATES, QueueFilter
from services.models import Dossier
from services.models.dossiers import DossierQuerySet
from services.queries import dossiers as queries
from services.queries.dossiers import Wish
from services.queries.staffing import unworked
from services.states import State
from services.views.desk_access import officer_of, units_of_desk
from services.wording import CHANNELS
from services.wording_desk import COLOURS, STATES, state_in_words

SIZE = 25


@never_cache
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    units = units_of_desk(officer_of(request))
    now = timezone.now()
    form = QueueFilter(request.GET, queries.procedures_of(units))
    valid = form.is_valid()
    wish = _wish(form.cleaned_data) if valid else Wish()
    found = queries.queue(units, wish, now).select_related("version")
    asked = bool(wish.late or wish.procedure or wish.text)
    number = queries.counts(units)
    pages = Paginator(found, SIZE)
    if not asked:  # the tabs have counted it already
        pages.count = sum(number[state] for state in ([State(wish.state)] if wish.state else queries.DESK))
    page = pages.get_page(request.GET.get("page", "1")[:6])
    context = {
        "form": form,
        "page_obj": page,
        "rows": lines(page.object_list, now),
        "tabs": _tabs(number, wish.state),
        "unworked": unworked(units, localdate(now)),
        "asked": asked,
    }
    return render(request, "services/desk/queue.html", context, status=200 if valid else 400)


def listed(request: HttpRequest) -> DossierQuerySet:
    """The whole list of the page, for a file."""
    units = units_of_desk(officer_of(request))
    form = QueueFilter(request.GET, queries.procedures_of(units))
    return queries.queue(units, _wish(form.cleaned_data) if form.is_valid() else Wish(), timezone.now())


def _wish(data: dict[str, Any]) -> Wish:
    return Wish(state=data["trang_thai"], late=data["tre"], procedure=data["thu_tuc"], text=data["q"])


def _tabs(number: Counter[str], chosen: str) -> list[tuple[str, str, bool]]:
    """States with how many stand in each, as links."""
    url = reverse("services:desk")
    return [
        (f"{STATES[state]} ({number[state]})", f"{url}?trang_thai={state}", chosen == state) for state in QUEUE_STATES
    ]


def lines(found: Iterable[Dossier], now: datetime) -> list[dict[str, Any]]:
    rows = list(found)
    calendars = calendars_for(rows, now)
    return [
        {
            "url": reverse("services:desk-dossier", args=[row.pk]),
            "name": str(row),
            "owner": row.owner_name,
            "procedure": row.version.name_vi,
            "state": state_in_words(row.state, row.stage),
            "colour": COLOURS.get(State(row.state), "grey"),
            "channel": CHANNELS[row.channel],
            "due_at": row.next_due_at,
            "deadline": left(row, now, calendars.get(row.responsible_unit_id)),
        }
        for row in rows
    ]


def calendars_for(rows: list[Dossier], now: datetime) -> dict[int, Calendar]:
    """Of each unit that answers for one of the rows; a person has few units, so these are few statements."""
    moments = [row.next_due_at for row in rows if row.next_due_at] or [now]
    first, last = localdate(min(now, *moments)), localdate(max(now, *moments))
    units = sorted({row.responsible_unit_id for row in rows})
    return {unit: load(unit, first=first, last=last) for unit in units}


def left(dossier: Dossier, now: datetime, calendar: Calendar | None) -> Deadline | None:
    """The working time until the desk must have answered, or until the legal due moment; None when nothing is due."""
    if dossier.decided_at is not None and dossier.next_due_at is None:
        return deadline(Remaining(Level.STOPPED))
    if dossier.paused_at is not None:
        return deadline(Remaining(Level.PAUSED))
    if dossier.next_due_at is None or calendar is None:
        return None
    return deadline(remaining(now=now, due=dossier.next_due_at, calendar=calendar))
