"""Bars as SVG, drawn on the server. The table beside them says the same and carries the links."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeText

from portal.dashboards.wording import number

WIDTH, LEFT, TOP, BOTTOM = 600, 56, 14, 26
MARKS = 4


def bars(
    series: Sequence[tuple[str, int]], label: str, *, css_class: str = "app-chart__bar", height: int = 190
) -> SafeText:
    """`series`: what stands below each bar, and its height. One measure for each chart; the axis begins at 0."""
    step = step_for(max((value for _tick, value in series), default=0))
    ceiling = step * MARKS
    scale = (height - BOTTOM - TOP) / ceiling
    slot = (WIDTH - LEFT) / max(len(series), 1)
    grid = format_html_join(
        "",
        '<line class="app-chart__grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (LEFT, WIDTH, y, y, LEFT - 6, f"{float(y) + 4:.1f}", number(mark))
            for mark in range(0, ceiling + 1, step)
            for y in [f"{height - BOTTOM - mark * scale:.1f}"]
        ),
    )
    columns = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                css_class,
                f"{LEFT + place * slot + 4:.1f}",
                f"{height - BOTTOM - value * scale:.1f}",
                f"{slot - 8:.1f}",
                f"{value * scale:.1f}",
                tick,
                number(value),
                f"{LEFT + (place + 0.5) * slot:.1f}",
                str(height - 8),
                tick,
            )
            for place, (tick, value) in enumerate(series)
        ),
    )
    return format_html(
        '<svg class="app-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        str(WIDTH), str(height), label, grid, columns,
    )  # fmt: skip


def step_for(highest: int) -> int:
    """1, 2 or 5 times a power of ten, so that four steps reach the highest bar."""
    step, factors = 1, (2, 5, 10)
    base = 1
    while step * MARKS < highest:
        for factor in factors:
            step = base * factor
            if step * MARKS >= highest:
                return step
        base *= 10
    return step
