"""One unit: what it is on a day, what lies below it, where it came from and what became of it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.ui.wording import day as day_in_words
from units import queries
from units.forms import DAY, DayForm
from units.kinds import LABELS, Level, Scheme
from units.models import ReorgEvent, UnitCode, UnitVersion
from units.queries.counts import types_below
from units.queries.nearest import nearest_day, nearest_version
from units.views import words
from units.views.shared import address, day_query, page_of, page_urls, public_page, sheet_url, show, unit_url


@public_page
def card(request: HttpRequest, pk: int) -> HttpResponse:
    days = DayForm.asked(request.GET)
    on = days.day
    version = nearest_version(pk, on)
    if version is None:
        raise queries.UnknownUnit(pk)
    lives = nearest_day(version, on) == on
    context = {
        "form": days,
        "unit": version,
        "on": on,
        "ahead": on > timezone.localdate(),
        "lives": lives,
        **_place(version, on),
        **_history(version, on),
    }
    context |= _below(request, version, on) if lives else _now(version, on)
    return show(request, "units/card.html", context, wrong=not days.is_valid())


def _place(version: UnitVersion, on: date) -> dict[str, Any]:
    """Where it lies, and the facts about it."""
    own_day = nearest_day(version, on)
    above = list(UnitVersion.objects.at(own_day).filter(path__above=version.path).order_by("path", "id"))[:-1]
    codes = list(UnitCode.objects.filter(unit_id=version.unit_id).order_by("valid", "id")[:20])
    parent = above[-1] if above else None
    steps = [(_("Administrative units"), address(reverse("units:tree"), **{DAY: day_query(on)}))]
    steps += [(unit.full_name, unit_url(unit.unit_id, on)) for unit in above[1:]]
    rows = [
        {"key": _("Type"), "value": LABELS[version.type] or _("Country")},
        {"key": _("Unit code"), "value": _code_words(codes, Scheme.NSO)},
        {"key": _("Electronic identifier"), "value": _code_words(codes, Scheme.AXIS)},
        {"key": _("Belongs to"), "value": parent.full_name, "link": unit_url(parent.unit_id, on)} if parent else {},
        {"key": _("In force"), "value": words.span(version.valid_from, version.valid_until)},
        {"key": _("By"), "value": words.act_name(version.event), "source": _title(version.event)},
    ]
    return {
        "steps": steps,
        "place": ", ".join(unit.full_name for unit in reversed(above[1:])),
        "rows": [row for row in rows if row.get("value")],
        "doubt": words.doubt(version.event),
    }


def _title(act: ReorgEvent) -> str:
    """What the act decides, and what is not certain about it."""
    return "" if words.begins_data(act) else ". ".join(filter(None, [act.title, act.note]))


def _code_words(codes: Sequence[UnitCode], scheme: Scheme) -> str:
    """The codes of one system with their time; only the last one when it never changed."""
    own = [code for code in codes if code.scheme == scheme]
    if len(own) == 1 and not own[0].is_alias:
        return own[0].code
    return "; ".join(
        f"{code.code} ({_('also used')})"
        if code.is_alias
        else f"{code.code} ({words.span(code.valid.lower, code.valid.upper)})"
        for code in own
    )


def _below(request: HttpRequest, version: UnitVersion, on: date) -> dict[str, Any]:
    """A page of the units directly below, and how many there are."""
    types = types_below(version.unit_id, on)
    if not types:
        return {}
    found = page_of(request, queries.children(version.unit_id, on), selection=f"below {version.unit_id} {on}")
    codes = queries.codes_at([child.unit_id for child in found.rows], on)
    levels = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
    return {
        "children": [
            [
                {"text": child.full_name, "url": unit_url(child.unit_id, on)},
                {"text": codes.get(child.unit_id, ""), "label": _("Unit code")},
            ]
            for child in found.rows
        ],
        "heads": [{"text": _("Name")}, {"text": _("Unit code")}],
        "label": _("Units directly below %(name)s") % {"name": version.full_name},
        "count": "; ".join(told for level in levels if (told := words.tally(Counter(types), level))),
        "sheet": sheet_url(on, parent=version.unit_id),
        **page_urls(request, found),
    }


def _history(version: UnitVersion, on: date) -> dict[str, Any]:
    steps = queries.history(version.unit_id)
    came, went = steps[0], steps[-1]
    return {
        "events": [words.event(step) for step in reversed(steps)],
        "predecessors": [words.party_line(party, on) for party in came.before],
        "formed": came,
        "successors": [words.party_line(party, on) for party in went.after] if went.what == "dissolved" else [],
        "dissolved": went if went.what == "dissolved" else None,
    }


def _now(version: UnitVersion, on: date) -> dict[str, Any]:
    """What a unit that doesn't live on the day is on it: the sentence, and the units."""
    rows = queries.successors(version.unit_id, version.valid_from, on)
    name = version.full_name
    if on < version.valid_from:
        sentence = _("%(name)s did not exist yet on %(day)s.") % {"name": name, "day": day_in_words(on)}
    else:
        ended = {"name": name, "day": day_in_words(version.valid_until)}
        sentence = (
            _("%(name)s exists no more since %(day)s.")
            if rows
            else _("%(name)s exists no more since %(day)s, and no unit succeeded it.")
        ) % ended
    return {
        "sentence": sentence,
        "is_today": on == timezone.localdate(),
        "before": on < version.valid_from,
        "divided": len(rows) > 1 and on >= version.valid_from,
        "lines": [words.successor_line(row, on) for row in rows],
    }
