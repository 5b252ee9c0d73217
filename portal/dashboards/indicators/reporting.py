"""The index of one unit and period as a table: what is counted now, or what was frozen."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.dashboards.indicators import own
from portal.dashboards.indicators.catalogue import Indicator, groups
from portal.dashboards.indicators.scoring import ratio_of, rounded, score_of
from portal.dashboards.indicators.subject import Counted, Subject
from portal.dashboards.measures import Wish
from portal.dashboards.queries.places import Place
from portal.ui.indicators import Asked, function_of

Line = dict[str, Any]


def report_of(place: Place, wish: Wish) -> dict[str, Any]:
    """Plain values that JSON keeps: `groups` with their lines, points reached and points that could be counted."""
    subject = Subject(place, wish)
    subject.read({})
    return report_about(subject)


def report_about(subject: Subject) -> dict[str, Any]:
    place, wish = subject.place, subject.wish
    found = [_group(name, members, subject) for name, members in groups()]
    return {
        "unit": place.unit_id,
        "name": place.name,
        "period": wish.period.code,
        "role": wish.role.value,
        "groups": found,
        "score": _sum(group["score"] for group in found),
        "possible": sum(group["possible"] for group in found),
        "points": sum(group["points"] for group in found),
    }


def _group(name: str, members: list[Indicator], subject: Subject) -> dict[str, Any]:
    lines = [_line(one, subject) for one in members]
    counted = [line for line in lines if line["score"] is not None]
    return {
        "name": name,
        "lines": lines,
        "score": _sum(line["score"] for line in counted),
        "possible": sum(line["points"] for line in counted),
        "points": sum(line["points"] or 0 for line in lines),
    }


def _sum(scores: Any) -> str:
    return str(sum((Decimal(score) for score in scores), Decimal("0.00")))


def _line(indicator: Indicator, subject: Subject) -> Line:
    counted = count(indicator, subject)
    ratio = None if counted.factor else ratio_of(counted.numerator, counted.denominator)
    score = score_of(indicator, ratio)
    mean = None
    if counted.factor and counted.denominator and counted.numerator is not None:
        mean = rounded(Decimal(counted.numerator) / counted.denominator / counted.factor)
    nothing = ratio is None and mean is None
    return {
        "id": indicator.id,
        "name": indicator.name,
        "points": indicator.points,
        "target": str(indicator.target) if indicator.target is not None else None,
        "numerator": counted.numerator,
        "denominator": counted.denominator,
        "ratio": str(rounded(ratio)) if ratio is not None else None,
        "mean_days": str(mean) if mean is not None else None,
        "score": str(score) if score is not None else None,
        "why": str(counted.why) if nothing else "",
        "measure": counted.measure.value if counted.measure else "",
        "lacking": counted.lacking,
        "whole": counted.whole.value if counted.whole else "",
        "url": counted.url,
        "petitions": counted.petitions.value if counted.petitions else "",
        "whole_petitions": counted.whole_petitions.value if counted.whole_petitions else "",
        "of_procedures": counted.procedures is not None,
        "verified": indicator.verified,
    }


def count(indicator: Indicator, subject: Subject) -> Counted:
    """By what an app registered, else by our own formula, else not at all."""
    if function := function_of(indicator.id):
        period = subject.wish.period
        found = function(Asked(subject.wish.ids, period.first, period.last_day, subject.wish.now))
        return Counted(found.numerator, found.denominator, found.why, url=found.url)
    if formula := own.FORMULAS.get(indicator.id):
        return formula(subject)
    return Counted(None, None, own.UNKNOWN.get(indicator.id, _("Nobody counts this yet.")))
