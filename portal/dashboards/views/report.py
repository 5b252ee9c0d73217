"""The service index of a unit: numerator, denominator, points, and the dossiers that lower each ratio."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.dashboards.errors import DashboardsError, NotAllowedError
from portal.dashboards.indicators.reporting import report_of
from portal.dashboards.measures import Wish
from portal.dashboards.models import FrozenReport
from portal.dashboards.operations.freezing import freeze_report
from portal.dashboards.policies import may_freeze
from portal.dashboards.queries.reports import frozen
from portal.dashboards.states import Measure, PetitionMeasure, Role
from portal.dashboards.views import files, tables
from portal.dashboards.views.access import Look, figures_of, look_of
from portal.dashboards.views.overview import tabs
from portal.dashboards.wording import number, points

DAY = 86400  # seconds
COUNTED = {"5.1": PetitionMeasure.SORTED.value, "5.2": PetitionMeasure.KEPT.value}  # whose numerator is one list
HEAD = ("id", "name", "numerator", "denominator", "ratio", "target", "points", "score", "meanDays", "why")


@never_cache
@require_GET
def report(request: HttpRequest) -> HttpResponseBase:
    look = look_of(request)
    kept, content = content_of(look)
    ending = request.GET.get("tep", "")
    if look.form.is_valid() and ending in files.ENDINGS:
        name = f"index766-{look.wish.period.code}-{look.place.unit_id}"
        if ending == "csv":
            return files.csv(name, HEAD, list(_plain(content)))
        return files.xlsx(name, _("Index 766"), HEAD, _plain(content))
    context = {"look": look, "tabs": tabs(look, "report"), "kept": kept, **_context(look, content)}
    context["may_freeze"] = kept is None and is_freezable(look)
    return render(request, "dashboards/report.html", context, status=200 if look.form.is_valid() else 400)


def content_of(look: Look) -> tuple[FrozenReport | None, dict[str, Any]]:
    """What was frozen stands for what was decided there in the whole period; every other question is counted anew."""
    wish = look.wish
    with figures_of(look.place):
        kept = frozen(look.place.unit_id, wish.period) if _is_plain(wish) else None
        return kept, kept.content if kept else report_of(look.place, wish)


def _is_plain(wish: Wish) -> bool:
    return wish.role is Role.COMPETENT and wish.procedure is None


def is_freezable(look: Look) -> bool:
    over = look.wish.period.is_over(localdate(look.wish.now))
    return over and _is_plain(look.wish) and may_freeze(look.user, look.place.unit_id)


@never_cache
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """What is asked stands in the address, as on the page that it comes from."""
    look = look_of(request)
    if not look.form.is_valid() or not _is_plain(look.wish):
        raise Http404
    address = look.address(reverse("dashboards:report"))
    try:
        with figures_of(look.place):
            content = report_of(look.place, look.wish)
            freeze_report(
                unit_id=look.place.unit_id,
                period=look.wish.period,
                content=content,
                actor=look.user,
                now=look.wish.now,
            )
    except NotAllowedError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except DashboardsError as refusal:
        messages.error(request, str(refusal))
        return redirect(address)
    messages.success(request, _("The report is frozen. From now on it is shown as it stands."))
    return redirect(address)


def _context(look: Look, content: dict[str, Any]) -> dict[str, Any]:
    period = look.wish.period
    path = reverse("dashboards:report")
    before = period.before()
    return {
        "groups": [
            {
                "name": group["name"],
                "score": points(group["score"]),
                "points": group["points"],
                "possible": group["possible"],
                "rows": [_cells(look, line) for line in group["lines"]],
            }
            for group in content["groups"]
        ],
        "heads": [
            tables.head(_("Indicator")),
            *(tables.head(text, numeric=True) for text in _headings()),
            tables.head(_("What lowers it")),
        ],
        "score": points(content["score"]),
        "possible": content["possible"],
        "files": [(ending.upper(), look.address(path, tep=ending)) for ending in files.ENDINGS],
        "before": (before.name, look.address(path, ky=before.code)),
        "freeze_url": look.address(reverse("dashboards:freeze")),
        "ends_on": period.last_day + timedelta(days=1),
    }


def _headings() -> list[str]:
    return [_("Numerator"), _("Denominator"), _("Ratio"), _("Target"), _("Points")]


def _cells(look: Look, line: dict[str, Any]) -> list[tables.Cell]:
    """Numerator and denominator lead to their lists where these are as long as they say."""
    link = partial(tables.list_address, look)
    measure = Measure(line["measure"]) if line["measure"] else None
    counted = link(measure) if measure and line["whole"] else ""
    whole = link(Measure(line["whole"])) if line["whole"] else ""
    name = f"{line['id']} {line['name']}"
    if not line["verified"]:
        name += f" ({_('formula not verified')})"
    lowered, url = "", line["url"]
    if measure and not line["why"]:
        url = link(measure, **({"thieu": "on"} if line["lacking"] else {}))
        lowered = _("Show the dossiers")
    if not measure and not line["why"]:
        counted, whole, lowered, url = _other_lists(look, line) or (counted, whole, lowered, url)
    return [
        {"text": name, "label": ""},
        tables.cell(_numerator(line), url=counted, label=_("Numerator")),
        tables.cell(_said(line["denominator"]), url=whole, label=_("Denominator")),
        tables.cell(_ratio(line), label=_("Ratio")),
        tables.cell(f"{line['target']}\N{NO-BREAK SPACE}%" if line["target"] else "–", label=_("Target")),
        tables.cell(_score(line), label=_("Points")),
        tables.cell(lowered or line["why"] or "–", url=url, label=_("What lowers it"), numeric=False),
    ]


def _other_lists(look: Look, line: dict[str, Any]) -> tuple[str, str, str, str] | None:
    """Of petitions or procedures: what is counted, the whole, and words and address of what lowers it.

    Reports that were frozen before these were counted have none.
    """
    if line.get("petitions"):
        link = partial(look.address, reverse("dashboards:petitions"))
        lacking = {"thieu": "on"} if line["lacking"] else {}
        whole, counted = line["whole_petitions"], COUNTED.get(line["id"], "")
        return (
            link(chi_so=counted) if counted else "", link(chi_so=whole), _("Show the petitions"),
            link(chi_so=line["petitions"], **lacking),
        )  # fmt: skip
    if line.get("of_procedures"):
        link = partial(look.address, reverse("dashboards:procedures"), chi_so=line["id"])
        return link(), "", _("Show the procedures"), link(thieu="on")
    return None


def _numerator(line: dict[str, Any]) -> str:
    """Of a mean time in days, of which the seconds are summed."""
    return _said(round(line["numerator"] / DAY)) if line["mean_days"] else _said(line["numerator"])


def _said(value: object) -> str:
    return number(value) if isinstance(value, int) else "–"


def _ratio(line: dict[str, Any]) -> str:
    if line["mean_days"]:
        return _("%(days)s days") % {"days": number_format(line["mean_days"], 2, use_l10n=True)}
    return f"{number_format(line['ratio'], 2, use_l10n=True)}\N{NO-BREAK SPACE}%" if line["ratio"] else "–"


def _score(line: dict[str, Any]) -> str:
    if line["points"] is None:
        return _("shown only")
    if not line["points"]:
        return _("watched only")
    return f"{points(line['score'])} / {line['points']}"


def _plain(content: dict[str, Any]) -> Iterator[list[object]]:
    for group in content["groups"]:
        for line in group["lines"]:
            yield [
                line["id"], line["name"], _or_empty(line["numerator"]), _or_empty(line["denominator"]),
                line["ratio"] or "", line["target"] or "", _or_empty(line["points"]), line["score"] or "",
                line["mean_days"] or "", line["why"],
            ]  # fmt: skip


def _or_empty(value: object) -> object:
    return "" if value is None else value
