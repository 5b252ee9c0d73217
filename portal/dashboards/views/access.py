"""Whose figures are asked for, and whether this person may see them. What one may not see does not exist (404)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.dashboards.forms import FigureFilter, ListFilter
from portal.dashboards.measures import Wish
from portal.dashboards.periods import Period
from portal.dashboards.policies import may_see_above, may_see_figures, units_of
from portal.dashboards.queries.opened import ask_as_of
from portal.dashboards.queries.places import Place, place_of
from portal.dashboards.queries.procedures import code_of, procedure_of
from portal.dashboards.queries.reading import Question, answers
from portal.dashboards.states import Role
from portal.isolation import scope
from units.kinds import full_name
from units.models import UnitVersion
from units.queries import Unanswerable


@dataclass(frozen=True)
class Look:
    """One request for figures. `query` is what its links carry along."""

    user: User
    place: Place
    wish: Wish
    form: FigureFilter
    query: dict[str, str]
    as_of: datetime | None

    def address(self, path: str, **more: object) -> str:
        return f"{path}?{urlencode(self.query | {key: str(value) for key, value in more.items() if value != ''})}"


def officer_of(request: HttpRequest) -> User:
    """Raises Http404 for everybody else."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    return user


def look_of(request: HttpRequest, kind: type[FigureFilter] = FigureFilter) -> Look:
    """Raises Http404 for a unit whose figures are not this person's to see. A wrong filter shows the form's errors."""
    user, now = officer_of(request), timezone.now()
    on = localdate(now)
    held = units_of(user, on)
    asked = request.GET.get("don_vi", "")
    if not held or (asked and not asked.isdecimal()) or len(asked) > 18:
        raise Http404
    unit_id = int(asked) if asked else held[0]
    if not may_see_figures(user, unit_id):
        raise Http404
    try:
        place = place_of(unit_id, on)
    except Unanswerable:
        raise Http404 from None
    data = request.GET.copy()
    data["don_vi"] = str(unit_id)
    names, counted_until = answers(_ask_names(user, held, place, on), ask_as_of())
    form = kind(data, units=_offered(names, place), on=on)
    wish = wish_of(form, place, now)
    return Look(user, place, wish, form, query_of(place.unit_id, wish), counted_until)


def _ask_names(user: User, held: list[int], place: Place, on: date) -> Question[dict[int, str]]:
    """Of one's own units, and of the one above where it may be seen."""
    nearest = {one for one in held if one != place.unit_id}
    if place.above and may_see_above(user, place.above[-1], place.above[:-1], on):
        nearest.add(place.above[-1])
    rows = UnitVersion.objects.at(on).filter(unit_id__in=sorted(nearest)).in_order().values("unit_id", "type", "name")
    return Question(rows, lambda found: {row["unit_id"]: full_name(row["type"], row["name"]) for row in found})


def _offered(names: dict[int, str], place: Place) -> list[tuple[str, str]]:
    """The unit itself, those near it, and what lies right below it."""
    rows = [(row.unit_id, row.name) for row in place.rows if not row.former and row.unit_id != place.unit_id]
    offered = dict([(place.unit_id, place.name), *names.items(), *rows])
    return [(str(unit), name) for unit, name in offered.items()]


def wish_of(form: FigureFilter, place: Place, now: datetime) -> Wish:
    valid = form.is_valid()
    told: dict[str, Any] = form.cleaned_data if valid else {}
    return Wish(
        role=told.get("phan") or Role.COMPETENT,
        ids=tuple(place.ids),
        period=told.get("ky") or Period.around(localdate(now)),
        now=now,
        procedure=procedure_of(told.get("thu_tuc", "")),
        officer=told.get("can_bo") if isinstance(form, ListFilter) else None,
    )


def query_of(unit_id: int, wish: Wish) -> dict[str, str]:
    query = {"don_vi": str(unit_id), "ky": wish.period.code}
    if wish.role is not Role.COMPETENT:
        query["phan"] = wish.role.value
    if wish.procedure is not None:
        query["thu_tuc"] = code_of(wish.procedure)
    return query


@contextmanager
def figures_of(place: Place) -> Iterator[None]:
    """The rows of the unit and of those that went into it, which ended and belong to no officer's own units."""
    with scope(units=place.ids):
        yield
