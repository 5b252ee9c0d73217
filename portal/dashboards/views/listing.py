"""The list behind a figure, as a page, CSV and XLSX; and an officer's own."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.api.pagination import Cursor
from portal.api.pagination import page as page_by_key
from portal.api.parameters import WrongError
from portal.api.tables import Row, read
from portal.dashboards.forms import LateFilter, ListFilter, OwnFilter
from portal.dashboards.measures import Wish
from portal.dashboards.models import DossierFact, DossierFactQuerySet
from portal.dashboards.periods import Period
from portal.dashboards.queries import figures
from portal.dashboards.queries.lists import KEYS, dossiers, with_extension
from portal.dashboards.queries.names import ask_officers, ask_procedures
from portal.dashboards.queries.opened import ask_as_of
from portal.dashboards.queries.procedures import procedure_of
from portal.dashboards.queries.reading import Question, answer, answers
from portal.dashboards.states import NOW, Cause, Measure, Role
from portal.dashboards.views import files
from portal.dashboards.views.access import Look, figures_of, look_of, officer_of
from portal.dashboards.views.overview import tabs
from portal.dashboards.wording import CAUSES, MEASURES, minutes, number
from portal.isolation import scope
from portal.ui.wording import moment
from services.queries.dossiers import visible_to
from services.states import State
from services.wording_desk import STATES

SIZE = 25
CURSOR = "trang"
MOST_ROWS = 50_000
T = TypeVar("T", bound=Model)


@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    look = look_of(request, ListFilter)
    return _answer(request, look)


@never_cache
@require_GET
def late(request: HttpRequest) -> HttpResponseBase:
    """What is late or about to be, where its time went, who holds it, whether the citizen was told."""
    return _answer(request, look_of(request, LateFilter), name="late")


def _answer(request: HttpRequest, look: Look, name: str = "list") -> HttpResponseBase:
    valid = look.form.is_valid()
    told: dict[str, Any] = look.form.cleaned_data if valid else {}
    measure = told.get("chi_so") or Measure.OVERDUE
    lacking, cause = bool(told.get("thieu")), told.get("nguyen_nhan")
    ending = request.GET.get("tep", "")
    with figures_of(look.place):
        found = dossiers(measure, look.wish, cause=cause, lacking=lacking)
        if valid and ending in files.ENDINGS:
            return _file(look, found, measure, ending)
        page, links = page_of(request, with_extension(found))
        length = figures.ask_length(measure, look.wish, found, whole=not lacking and not cause)
        count, *known = answers(length, *ask_known(page, look.user))
    context = {
        "look": look,
        **links,
        "title": title_of(measure, lacking=lacking),
        "is_now": measure in NOW,
        "count": number(count),
        "rows": lines(page, known),
        "tabs": tabs(look, name),
        "files": files_of(request),
        "kinds": _kinds(look, measure) if name == "late" else [],
    }
    return render(request, "dashboards/list.html", context, status=200 if valid else 400)


def page_of(request: HttpRequest, found: QuerySet[T], keys: Sequence[str] = KEYS) -> tuple[list[T], dict[str, str]]:
    """By the last row seen: the hundredth page of a long list costs what the first does. Raises Http404."""
    query = request.GET.copy()
    text = query.pop(CURSOR, [""])[0]
    selection = f"{request.path}?{query.urlencode()}"
    try:
        cursor = Cursor.decode(text[:1000]) if text else None
    except WrongError:
        raise Http404 from None
    if cursor and cursor.selection != selection:
        raise Http404
    shown = page_by_key(found, keys=keys, limit=SIZE, cursor=cursor, selection=selection)

    def url(one: Cursor | None) -> str:
        return f"?{urlencode({**query.dict(), CURSOR: one.encode()})}" if one else ""

    return shown.rows, {"previous_url": url(shown.prev), "next_url": url(shown.next)}


def _kinds(look: Look, chosen: Measure) -> list[tuple[str, str, bool]]:
    path = reverse("dashboards:late")
    kinds = (Measure.OVERDUE, Measure.DUE_SOON, Measure.LATE)
    return [(str(MEASURES[one]), look.address(path, chi_so=one.value), one is chosen) for one in kinds]


def title_of(measure: Measure, *, lacking: bool) -> str:
    name = str(MEASURES[measure])
    return _("Not counted in: %(name)s") % {"name": name} if lacking else name


def ask_known(rows: list[DossierFact], user: User) -> tuple[Question[Any], ...]:
    """What stands beside them: names of procedures and officers, and which dossiers the reader may open."""
    seen = visible_to(user, localdate()).filter(pk__in=[row.pk for row in rows]).order_by("id").values("pk")
    return (
        ask_procedures({row.procedure_id for row in rows}),
        ask_officers({row.officer_id for row in rows if row.officer_id}),
        Question(seen, lambda found: {UUID(row["pk"]) for row in found}),
    )


def lines(rows: list[DossierFact], known: Sequence[Any]) -> list[dict[str, Any]]:
    """Only a dossier that the reader may open is a link."""
    names, held, seen = known
    return [
        {
            "code": row.code,
            "url": reverse("services:desk-dossier", args=[row.pk]) if row.pk in seen else "",
            "procedure": names.get(row.procedure_id, ("", ""))[1],
            "state": STATES[State(row.state)],
            "received": moment(row.received_at),
            "due": moment(row.due_at),
            "finished": moment(row.finished_at),
            "net": minutes(row.net_minutes),
            "cause": CAUSES[Cause(row.cause)],
            "officer": held.get(row.officer_id, "") if row.officer_id else "",
            "extended": getattr(row, "extended", False),
        }
        for row in rows
    ]


def files_of(request: HttpRequest) -> list[tuple[str, str]]:
    query = request.GET.copy()
    query.pop(CURSOR, None)
    return [
        (ending.upper(), f"{request.path}?{urlencode({**query.dict(), 'tep': ending})}") for ending in files.ENDINGS
    ]


HEAD = (
    "code", "procedure", "state", "channel", "received", "due", "finished", "netMinutes", "late", "cause",
    "supplements",
)  # fmt: skip
FIELDS = (
    "code", "procedure__code", "state", "channel", "received_at", "due_at", "finished_at", "net_minutes", "late",
    "cause", "supplements",
)  # fmt: skip


def _file(look: Look, found: DossierFactQuerySet, measure: Measure, ending: str) -> HttpResponseBase:
    if found[: MOST_ROWS + 1].count() > MOST_ROWS:
        return files.too_many(look, MOST_ROWS)
    name = f"{measure.value}-{look.wish.period.code}-{look.place.unit_id}"
    if ending == "csv":
        return files.csv(name, HEAD, _rows(look, found))
    return files.xlsx(name, str(MEASURES[measure]), HEAD, map(_plain, read(found, *FIELDS)))


def _rows(look: Look, found: DossierFactQuerySet) -> Iterator[list[object]]:
    """Consumed after the request, in a transaction of its own."""
    with transaction.atomic(), scope(units=look.place.ids):
        yield from map(_plain, read(found, *FIELDS))


def _plain(row: Row) -> list[object]:
    def written(value: Any) -> str:
        return localtime(value).isoformat(timespec="minutes") if value else ""

    return [
        row["code"], row["procedure__code"], row["state"], row["channel"], written(row["received_at"]),
        written(row["due_at"]), written(row["finished_at"]),
        row["net_minutes"] if row["net_minutes"] is not None else "", int(row["late"]), row["cause"],
        row["supplements"],
    ]  # fmt: skip


# --- An officer's own ------------------------------------------------------------------------------------------------


def own_wish(user: User, form: OwnFilter) -> Wish:
    now = timezone.now()
    told: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    period = told.get("ky") or Period.around(localdate(now))
    procedure = procedure_of(told.get("thu_tuc", ""))
    return Wish(Role.COMPETENT, (), period, now, procedure=procedure, officer=user.pk)


@never_cache
@require_GET
def own_list(request: HttpRequest) -> HttpResponse:
    user = officer_of(request)
    form = OwnFilter(request.GET, units=[], on=localdate())
    wish = own_wish(user, form)
    asked = request.GET.get("chi_so", "")
    measure = Measure(asked) if asked in {one.value for one in Measure} else Measure.OPEN
    with scope(citizen=user.pk):
        found = dossiers(measure, wish, cause=None, lacking=False)
        (rows, links), count = page_of(request, found), answer(figures.ask_length(measure, wish, found, whole=False))
    *known, counted_until = answers(*ask_known(rows, user), ask_as_of())
    context = {
        "title": title_of(measure, lacking=False),
        "form": form,
        "count": number(count),
        **links,
        "rows": lines(rows, known),
        "as_of": counted_until,
        "period": wish.period,
        "is_now": measure in NOW,
        "back_url": f"{reverse('dashboards:own')}?{urlencode({'ky': wish.period.code})}",
    }
    return render(request, "dashboards/own_list.html", context, status=200 if form.is_valid() else 400)
