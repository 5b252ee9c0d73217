"""Old units on the left, new ones on the right, as SVG drawn on the server. The table beside it says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeText
from django.utils.translation import gettext as _

from units.kinds import Share

MOST = 40  # lines; more of them say nothing to anybody
STEP, HEIGHT, BOX = 30, 18, 8
NEAR, FAR = 90, 260  # pixels between the names: few lines are told apart on a phone already
LETTER, GAP = 7.6, 14
LONGEST = 34  # characters of a name that fit beside the lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """As wide as its names need, so that a short one is seen whole on a phone. `left`, `right`: where lines begin and
    end."""

    height: int
    left: int
    right: int
    width: int


def picture(flows: Sequence[Mapping[str, Any]]) -> SafeText | None:
    """Nothing where nothing flows, as in an act that renames."""
    drawn = list(flows[:MOST])
    if not drawn:
        return None
    old = _places({flow["old"]: flow["old_name"] for flow in drawn})
    new = _places(_targets(drawn))
    left, between = _room(old), min(NEAR + 5 * len(drawn), FAR)
    right = left + 2 * BOX + between
    sheet = Sheet(STEP * max(len(old), len(new)) + 10, left, right, right + _room(new))
    label = _("Flow from %(old)s old units into %(new)s") % {"old": len(old), "new": len(new)}
    return format_html(
        '<svg class="app-chart app-chart--lines" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" '
        'aria-label="{2}">{3}{4}{5}</svg>',
        str(sheet.width), str(sheet.height), label, _lines(drawn, old, new, sheet), _names(old, sheet, left=True),
        _names(new, sheet, left=False),
    )  # fmt: skip


def _room(places: Mapping[int, tuple[int, str]]) -> int:
    longest = max(len(name) for _place, name in places.values())
    return round(LETTER * min(longest, LONGEST)) + GAP


def _targets(flows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """In the order in which lines first reach them, so that few of them cross."""
    return {flow["new"] or 0: flow["new_name"] or _("no successor") for flow in flows}


def _places(names: Mapping[int, str]) -> dict[int, tuple[int, str]]:
    return {unit: (place, name) for place, (unit, name) in enumerate(names.items())}


def _middle(place: int, count: int, height: int) -> float:
    """Both sides are spread over the whole height."""
    return (place + 0.5) * height / count


def _lines(
    flows: Sequence[Mapping[str, Any]],
    old: Mapping[int, tuple[int, str]],
    new: Mapping[int, tuple[int, str]],
    sheet: Sheet,
) -> SafeText:
    begin, end, height = sheet.left + BOX, sheet.right - BOX, sheet.height
    half = (begin + end) / 2
    rows = []
    for flow in flows:
        at = f"{_middle(old[flow['old']][0], len(old), height):.1f}"
        to = f"{_middle(new[flow['new'] or 0][0], len(new), height):.1f}"
        is_whole = flow["share"] == Share.WHOLE
        look = "app-chart__flow" if is_whole else "app-chart__flow app-chart__flow--split"
        path = f"M{begin} {at} C{half:.0f} {at} {half:.0f} {to} {end} {to}"
        rows.append((look, path, "6" if is_whole else "3", flow["old_name"], new[flow["new"] or 0][1]))
    return format_html_join("", '<path class="{}" d="{}" stroke-width="{}"><title>{} – {}</title></path>', rows)


def _names(places: Mapping[int, tuple[int, str]], sheet: Sheet, *, left: bool) -> SafeText:
    box, text, anchor, look = (
        (sheet.left, sheet.left - 6, "end", "app-chart__source")
        if left
        else (sheet.right - BOX, sheet.right + 6, "start", "app-chart__target")
    )
    rows, height = [], sheet.height
    for place, name in places.values():
        middle = _middle(place, len(places), height)
        short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        rows.append((look, box, f"{middle - HEIGHT / 2:.1f}", BOX, HEIGHT, text, f"{middle + 4:.1f}", anchor, short))
    return format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}" text-anchor="{}">{}</text>',
        rows,
    )
