"""The tree as of a day, and the search in old and new names."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.api.pagination import FORWARD, Cursor, Page
from portal.ui.wording import day as day_in_words
from units import queries
from units.forms import DAY, DayForm, SearchForm
from units.kinds import Level
from units.models import UnitVersion
from units.queries.counts import types_by_province
from units.views import words
from units.views.shared import PAGE_SIZE, cursor_of, page_urls, public_page, sheet_url, show, unit_url


@public_page
def tree(request: HttpRequest) -> HttpResponse:
    days = DayForm.asked(request.GET)
    search = SearchForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {
        "form": search if search.errors else days,
        "days": days,
        "search": search,
        "on": days.day,
        "asked_day": request.GET.get(DAY, ""),
        "asked_text": request.GET.get("q", ""),
        "ahead": days.day > timezone.localdate(),
    }
    if search.is_bound and search.is_valid():
        context |= _results(request, search.cleaned_data["q"], days.day)
    else:
        context |= _provinces(days.day)
    return show(request, "units/tree.html", context, wrong=not days.is_valid() or bool(search.errors))


def _results(request: HttpRequest, text: str, on: date) -> dict[str, Any]:
    selection = f"q {text} {on}"
    cursor = cursor_of(request, selection)
    rows = queries.search(text, on=on, limit=PAGE_SIZE + 1, after=cursor.values if cursor else None)
    shown = rows[:PAGE_SIZE]
    following = Cursor(FORWARD, shown[-1].position, selection) if len(rows) > len(shown) else None
    return {
        "results": [words.found_line(row, on) for row in shown],
        **page_urls(request, Page(shown, following, None)),
    }


def _provinces(on: date) -> dict[str, Any]:
    root = queries.root(on)
    provinces = list(queries.children(root.unit_id, on)) if root else []
    codes = queries.codes_at([province.unit_id for province in provinces], on)
    below = types_by_province(on)
    of_all = sum(below.values(), Counter(province.type for province in provinces))
    has_districts = bool(words.tally(of_all, Level.DISTRICT))
    return {
        "rows": [_row(province, codes, below, on, has_districts=has_districts) for province in provinces],
        "heads": _heads(has_districts=has_districts),
        "label": _("Provinces and cities as of %(day)s") % {"day": day_in_words(on)},
        "totals": [
            {"key": name, "value": told}
            for name, level in (
                (_("Provinces and cities"), Level.PROVINCE),
                (_("Districts"), Level.DISTRICT),
                (_("Communes, wards, special zones"), Level.COMMUNE),
            )
            if (told := words.tally(of_all, level))
        ],
        "sheet": sheet_url(on),
    }


def _heads(*, has_districts: bool) -> list[dict[str, Any]]:
    districts = [{"text": _("Districts"), "numeric": True}] if has_districts else []
    return [{"text": _("Name")}, {"text": _("Unit code")}, *districts, {"text": _("Communes"), "numeric": True}]


def _row(
    province: UnitVersion, codes: dict[int, str], below: dict[int, Counter[str]], on: date, *, has_districts: bool
) -> list[dict[str, Any]]:
    types = below.get(province.unit_id, Counter())
    cells: list[dict[str, Any]] = [
        {"text": province.full_name, "url": unit_url(province.unit_id, on)},
        {"text": codes.get(province.unit_id, ""), "label": _("Unit code")},
    ]
    shown = [(Level.DISTRICT, _("Districts"))] if has_districts else []
    for level, label in [*shown, (Level.COMMUNE, _("Communes"))]:
        cells.append({"text": words.tally(types, level) or "0", "label": label, "numeric": True})
    return cells
