"""Ratings of a unit: in figures that name nobody, and the low ones that its head has to answer."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from services.models import Moment, Rating, RatingReply
from services.petition_rules import items_of, petition_rules_on
from services.petition_states import ReplyState

MOST = 200_000  # ratings of one unit in one period
MONTHS = 13


@dataclass(frozen=True, slots=True)
class Figure:
    """Of an item: how many answered it, and their average. None when they are too few to be told without naming one."""

    name: str
    count: int
    average: float | None


@dataclass(frozen=True, slots=True)
class RatingReport:
    """`spread` counts the scores from 5 down to 1; None where the group is too small."""

    moment: Moment
    count: int
    average: float | None
    spread: tuple[int, ...] | None
    satisfied: float | None  # share of 4 and 5
    items: tuple[Figure, ...]


def replies_of(unit_ids: list[int]) -> QuerySet[RatingReply]:
    rows = RatingReply.objects.filter(unit__in=unit_ids)
    return rows.select_related("rating__dossier__version__procedure", "answered_by")


def open_replies(user: User, unit_ids: list[int]) -> QuerySet[RatingReply]:
    """What waits for this head, the soonest due first; not what was said of the head's own work."""
    rows = replies_of(unit_ids).filter(state=ReplyState.OPEN).exclude(rating__officer=user)
    return rows.order_by("due_at", "id")


def reports(unit_id: int, first: date, until: date) -> list[RatingReport]:
    """Of ratings given from `first` until before `until`."""
    zone = get_current_timezone()
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, until))
    rows = Rating.objects.filter(unit=unit_id, given_at__gte=begin, given_at__lt=end).order_by("given_at", "id")
    said: dict[str, list[tuple[int, dict[str, int]]]] = defaultdict(list)
    for moment, score, items in rows.values_list("moment", "score", "items")[:MOST].iterator(chunk_size=2000):
        said[moment].append((score, items))
    smallest = petition_rules_on(until - timedelta(days=1)).smallest_group
    return [_report(moment, said[moment], smallest) for moment in Moment]


def _report(moment: Moment, said: list[tuple[int, dict[str, int]]], smallest: int) -> RatingReport:
    scores = Counter(score for score, _items in said)
    count = len(said)
    enough = count >= smallest
    figures = [
        _figure(item.name, (items[item.key] for _s, items in said if item.key in items), smallest)
        for item in items_of(moment)
    ]
    return RatingReport(
        moment,
        count,
        _average(list(scores.elements())) if enough else None,
        tuple(scores[score] for score in (5, 4, 3, 2, 1)) if enough else None,
        (scores[5] + scores[4]) / count * 100 if enough else None,
        tuple(figures),
    )


def _figure(name: str, values: Iterable[int], smallest: int) -> Figure:
    found = list(values)
    return Figure(name, len(found), _average(found) if len(found) >= smallest else None)


def _average(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None


def months_before(today: date) -> list[date]:
    """The first days of this month and of the twelve before it."""
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def answered_replies(dossier_id: uuid.UUID) -> list[RatingReply]:
    """What the head answered to the ratings of this dossier, for whoever rated."""
    rows = RatingReply.objects.filter(rating__dossier=dossier_id, state=ReplyState.ANSWERED).select_related("rating")
    return list(rows.order_by("id")[: len(Moment)])


def replies_by_receipt(dossier_id: uuid.UUID) -> list[RatingReply]:
    """The same for whoever holds the receipt."""
    with transaction.atomic(), scope(purpose=Purpose.LOOK_UP):
        return answered_replies(dossier_id)
