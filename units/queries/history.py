"""What happened to a unit, act by act."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from units.kinds import Share
from units.models import ReorgEvent, Succession, UnitVersion
from units.queries.errors import UnknownUnit
from units.queries.names import Named, named_at
from units.states import ActState


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as it stood just before or just after the act. `kind` tells how much of the older went into the newer."""

    unit_id: int
    code: str
    full_name: str
    parent_name: str
    kind: str = Share.WHOLE
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, on the day from which it holds.

    `what`: "loaded" the data begin with it; "formed" it was made of others; "changed" new name, type or parent;
    "dissolved" it ended, with its successors, if any, in `after`.
    """

    on: date
    what: str
    act: ReorgEvent
    before: list[Party]
    after: list[Party]


def history(unit_id: int) -> list[Step]:
    """From the first day known to the last act that took effect, in three statements. Raises `UnknownUnit`."""
    versions = list(
        UnitVersion.objects.filter(unit_id=unit_id).select_related("event", "closed_by").order_by("valid", "id")
    )
    if not versions:
        raise UnknownUnit(unit_id)
    begin, end = versions[0].valid_from, versions[-1].valid_until
    believed = Succession.objects.filter(event__state__in=[ActState.SCHEDULED, ActState.EFFECTIVE])
    edges = list(believed.filter(Q(new_id=unit_id) | Q(old_id=unit_id)).exclude(kind=Share.BOUNDARY).order_by("id"))
    came = {edge.old_id: edge for edge in edges if edge.new_id == unit_id}
    went = {edge.new_id: edge for edge in edges if edge.old_id == unit_id}
    eve = begin - timedelta(days=1)
    named = named_at(
        [(unit_id, version.valid_from) for version in versions]
        + [(old_id, eve) for old_id in came]
        + [(new_id, end) for new_id in went if end]
    )
    own = [[_party(named[unit_id, version.valid_from])] for version in versions]
    steps = [Step(begin, "formed" if came else "loaded", versions[0].event, _made(came, named, eve), own[0])]
    for version, older, newer in zip(versions[1:], own, own[1:], strict=False):
        steps.append(Step(version.valid_from, "changed", version.event, older, newer))
    if end:
        act = versions[-1].closed_by or versions[-1].event
        steps.append(Step(end, "dissolved", act, own[-1], _made(went, named, end)))
    return steps


def _party(named: Named, edge: Succession | None = None) -> Party:
    """With the share that the edge says; all of it for the unit itself."""
    return Party(
        unit_id=named.unit_id,
        code=named.code,
        full_name=named.full_name,
        parent_name=named.parent_name,
        kind=edge.kind if edge else Share.WHOLE,
        is_default=edge.is_default if edge else False,
    )


def _made(edges: dict[int, Succession], named: dict[tuple[int, date], Named], day: date) -> list[Party]:
    """The other ends of the edges as they stood on the day, by the alphabet."""
    return [_party(unit, edges[key[0]]) for key, unit in named.items() if key[1] == day and key[0] in edges]
