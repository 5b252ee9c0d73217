"""Petitions as the index counts them: the figure and the list behind it come from the same line (QĐ 766/QĐ-TTg, 5)."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.utils.timezone import localdate

from portal.dashboards.measures import Wish
from portal.dashboards.models import PetitionFact
from portal.dashboards.queries.reading import Question, Row
from portal.dashboards.rules import rules_on
from portal.dashboards.states import PetitionMeasure

KEYS = ("-filed_at", "petition_id")
P = PetitionMeasure
Figures = dict[PetitionMeasure, int]
# For the lists of what is not counted: of which whole.
WHOLE = {P.SORTED: P.FILED, P.KEPT: P.ANSWERABLE, P.BROKEN: P.ANSWERABLE}


def end_of(wish: Wish) -> datetime:
    """Of the count: the end of the period, or now while it runs."""
    return min(wish.period.ends, wish.now)


def condition(measure: PetitionMeasure, wish: Wish) -> Q:
    """Due in the period: the limit of the answer ran out in it, and nobody had answered before it began."""
    begin, end = wish.period.begins, end_of(wish)
    rules = rules_on(localdate(wish.now))
    filed = Q(filed_at__gte=begin, filed_at__lt=end)
    due = Q(answer_due_at__gte=begin, answer_due_at__lt=end) & (Q(handled_at=None) | Q(handled_at__gte=begin))
    answerable = Q(handled_at__gte=begin, handled_at__lt=end) | due
    late, disliked = Q(late_from__lt=end), Q(score__lte=rules.disliked_up_to)
    return {
        P.FILED: filed,
        P.SORTED: filed & ~Q(kind__in=rules.unsorted_petitions),
        P.ANSWERABLE: answerable,
        P.KEPT: answerable & (Q(late_from=None) | Q(late_from__gte=end)),
        P.BROKEN: answerable & late,
        P.DISLIKED: filed & disliked,
        P.REPEATED: filed & Q(repeated=True),
        P.LATE: filed & late,
        P.LOWERING: filed & (disliked | Q(repeated=True) | late),
    }[measure]


def ask(wish: Wish) -> Question[Figures]:
    """Of each measure how many. Asked with the units alone, so that nothing is left out."""
    began = Q(filed_at__lt=end_of(wish)) & (Q(handled_at=None) | Q(handled_at__gte=wish.period.begins))
    rows = PetitionFact.objects.filter(unit__in=wish.ids).filter(began | condition(P.FILED, wish))
    counts = {f"n_{one.value}": Count("petition", filter=condition(one, wish)) for one in P}
    counted: Any = rows.order_by().annotate(whole=Value(1)).values("whole").annotate(**counts)
    return Question(counted, _figures)


def _figures(rows: list[Row]) -> Figures:
    row = rows[0] if rows else {}
    return {one: int(row.get(f"n_{one.value}", 0)) for one in P}


def is_disliked(row: PetitionFact, wish: Wish) -> bool:
    return row.score is not None and row.score <= rules_on(localdate(wish.now)).disliked_up_to


def ask_by_kind(wish: Wish) -> Question[dict[str, int]]:
    """Of those sent in, the most frequent first."""
    rows = PetitionFact.objects.filter(condition(P.FILED, wish), unit__in=wish.ids).order_by()
    counted: Any = rows.values("kind").annotate(number=Count("petition")).order_by("-number", "kind")
    return Question(counted, lambda found: {row["kind"]: row["number"] for row in found})


def listed(measure: PetitionMeasure, wish: Wish, *, lacking: bool = False) -> QuerySet[PetitionFact]:
    """The list behind a figure, newest first; `lacking`: those of the whole that are not counted in it."""
    rows = PetitionFact.objects.filter(unit__in=wish.ids)
    if lacking:
        rows = rows.filter(condition(WHOLE.get(measure, P.FILED), wish)).exclude(
            pk__in=rows.filter(condition(measure, wish)).values("pk")
        )
    else:
        rows = rows.filter(condition(measure, wish))
    return rows.order_by(*KEYS)
