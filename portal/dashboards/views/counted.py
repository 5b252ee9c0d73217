"""The lists behind figures that are no dossiers: petitions, and procedures."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.api.tables import read
from portal.dashboards.forms import PetitionFilter, ProcedureFilter
from portal.dashboards.indicators.catalogue import OF_PROCEDURES, indicators
from portal.dashboards.indicators.reporting import count
from portal.dashboards.indicators.subject import Counted, Subject
from portal.dashboards.models import PetitionFact
from portal.dashboards.queries import petitions as queries
from portal.dashboards.queries.names import procedures as names_of
from portal.dashboards.queries.reading import answers
from portal.dashboards.states import PetitionMeasure
from portal.dashboards.views import files, tables
from portal.dashboards.views.access import Look, figures_of, look_of
from portal.dashboards.views.listing import MOST_ROWS, files_of, page_of
from portal.dashboards.views.overview import tabs
from portal.dashboards.wording import PETITIONS, number
from portal.isolation import scope
from portal.ui.wording import moment
from services.petition_rules import petition_types
from services.petition_states import PetitionState
from services.queries.petitions import visible_petitions
from services.wording_petitions import STANDINGS

HEAD = ("reference", "type", "state", "filed", "answerDue", "handled", "late", "repeated", "score")
FIELDS = (
    "reference", "kind", "state", "filed_at", "answer_due_at", "handled_at", "late_from", "repeated", "score",
)  # fmt: skip


@never_cache
@require_GET
def petitions(request: HttpRequest) -> HttpResponseBase:
    """Without a word of what they say. The figure is whole; the list leaves out what complains about the reader."""
    look = look_of(request, PetitionFilter)
    valid = look.form.is_valid()
    told: dict[str, Any] = look.form.cleaned_data if valid else {}
    measure, lacking = told.get("chi_so") or PetitionMeasure.FILED, bool(told.get("thieu"))
    ending = request.GET.get("tep", "")
    with figures_of(look.place):
        counted, kinds = answers(queries.ask(look.wish), queries.ask_by_kind(look.wish))
    with scope(units=look.place.ids, citizen=look.user.pk):
        found = queries.listed(measure, look.wish, lacking=lacking)
        if valid and ending in files.ENDINGS:
            return _file(look, measure, ending, lacking=lacking)
        rows, links = page_of(request, found, queries.KEYS)
        seen = _readable(look.user, rows)
    whole = counted[queries.WHOLE.get(measure, PetitionMeasure.FILED)]
    name = str(PETITIONS[measure])
    context = {
        "look": look,
        **links,
        "title": _("Not counted in: %(name)s") % {"name": name} if lacking else name,
        "count": number(whole - counted[measure] if lacking else counted[measure]),
        "rows": [_line(row, look, seen) for row in rows],
        "heads": [tables.head(text) for text in _headings()],
        "kinds": [
            [tables.cell(_kind(kind), numeric=False), tables.cell(number(value))] for kind, value in kinds.items()
        ],
        "kind_heads": [tables.head(_("Type")), tables.head(_("Petitions sent in"), numeric=True)],
        "tabs": tabs(look, "report"),
        "files": files_of(request),
    }
    return render(request, "dashboards/petitions.html", context, status=200 if valid else 400)


def _readable(user: User, rows: list[PetitionFact]) -> set[Any]:
    keys = [row.pk for row in rows]
    return set(visible_petitions(user, localdate()).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _headings() -> list[str]:
    return [_("Petition"), _("Type"), _("State"), _("Sent in"), _("Answer due"), _("Handled"), _("What lowers it")]


def _line(row: PetitionFact, look: Look, seen: set[Any]) -> list[tables.Cell]:
    heads = _headings()
    texts = [
        _kind(row.kind), str(STANDINGS[PetitionState(row.state)].phase), moment(row.filed_at),
        moment(row.answer_due_at) or "–", moment(row.handled_at) or "–", _lowering(row, look) or "–",
    ]  # fmt: skip
    url = reverse("services:petition", args=[row.pk]) if row.pk in seen else ""
    cells = zip(texts, heads[1:], strict=True)
    return [
        tables.cell(row.reference, url=url, numeric=False),
        *(tables.cell(text, label=label, numeric=False) for text, label in cells),
    ]


def _kind(key: str) -> str:
    kind = petition_types().get(key)
    return kind.name if kind else key


def _lowering(row: PetitionFact, look: Look) -> str:
    end = queries.end_of(look.wish)
    found = {
        _("late"): row.late_from is not None and row.late_from < end,
        _("sent again"): row.repeated,
        _("answer rated %(score)s of 5") % {"score": row.score}: queries.is_disliked(row, look.wish),
    }
    return ", ".join(text for text, so in found.items() if so)


def _file(look: Look, measure: PetitionMeasure, ending: str, *, lacking: bool) -> HttpResponseBase:
    found = queries.listed(measure, look.wish, lacking=lacking)
    if found[: MOST_ROWS + 1].count() > MOST_ROWS:
        return files.too_many(look, MOST_ROWS)
    name = f"petitions-{measure.value}-{look.wish.period.code}-{look.place.unit_id}"
    if ending == "csv":
        return files.csv(name, HEAD, _rows(look, measure, lacking=lacking))
    return files.xlsx(name, str(PETITIONS[measure]), HEAD, _rows(look, measure, lacking=lacking))


def _rows(look: Look, measure: PetitionMeasure, *, lacking: bool) -> Iterator[list[object]]:
    """Consumed after the request, in a transaction of its own."""

    def written(value: Any) -> str:
        return localtime(value).isoformat(timespec="minutes") if value else ""

    end = queries.end_of(look.wish)
    with transaction.atomic(), scope(units=look.place.ids, citizen=look.user.pk):
        for row in read(queries.listed(measure, look.wish, lacking=lacking), *FIELDS):
            yield [
                row["reference"], row["kind"], row["state"], written(row["filed_at"]), written(row["answer_due_at"]),
                written(row["handled_at"]), int(row["late_from"] is not None and row["late_from"] < end),
                int(row["repeated"]), row["score"] if row["score"] is not None else "",
            ]  # fmt: skip


# --- Procedures ------------------------------------------------------------------------------------------------------


@never_cache
@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """Of an indicator that counts procedures: which of them count, or which do not."""
    look = look_of(request, ProcedureFilter)
    valid = look.form.is_valid()
    told: dict[str, Any] = look.form.cleaned_data if valid else {}
    key, lacking = told.get("chi_so") or OF_PROCEDURES[0], bool(told.get("thieu"))
    indicator = next(one for one in indicators() if one.id == key)
    with figures_of(look.place):
        subject = Subject(look.place, look.wish)
        subject.read({})
        counted = count(indicator, subject)
        listed = names_of(_chosen(counted, lacking=lacking))
    name = f"{indicator.id} {indicator.name}"
    context = {
        "look": look,
        "title": _("Not counted in: %(name)s") % {"name": name} if lacking else name,
        "count": number(len(listed)),
        "why": counted.why if not counted.denominator else "",
        "heads": [tables.head(_("Code")), tables.head(_("Procedure"))],
        "rows": [_procedure(code, words) for code, words in sorted(listed.values())],
        "tabs": tabs(look, "report"),
    }
    return render(request, "dashboards/procedures.html", context, status=200 if valid else 400)


def _chosen(counted: Counted, *, lacking: bool) -> frozenset[int]:
    found = counted.procedures or frozenset()
    return counted.among - found if lacking else found


def _procedure(code: str, name: str) -> list[tables.Cell]:
    url = reverse("services:procedure", kwargs={"code": code})
    return [tables.cell(code, url=url, numeric=False), tables.cell(name, label=_("Procedure"), numeric=False)]
