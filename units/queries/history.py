"""What happened to a unit, act by act."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from units.kinds import Share
from units.models import ReorgEvent, Succession, UnitVersion
from units.queries.errors import UnknownUnit
from units.queries.tree import codes_at, versions_at


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
    """From the first day known to the last act that took effect. Raises `UnknownUnit`."""
    versions = list(
        UnitVersion.objects.filter(unit_id=unit_id).select_related("event", "closed_by").order_by("valid", "id")
    )
    if not versions:
        raise UnknownUnit(unit_id)
    begin, end = versions[0].valid_from, versions[-1].valid_until
    came = list(Succession.objects.filter(new_id=unit_id).order_by("id"))
    own = [_parties([unit_id], version.valid_from) for version in versions]
    before = _made(came, _parties([edge.old_id for edge in came], begin - timedelta(days=1)), "old_id")
    steps = [Step(begin, "formed" if came else "loaded", versions[0].event, before, own[0])]
    for version, older, newer in zip(versions[1:], own, own[1:], strict=False):
        steps.append(Step(version.valid_from, "changed", version.event, older, newer))
    if end:
        went = list(Succession.objects.filter(old_id=unit_id).order_by("id"))
        after = _made(went, _parties([edge.new_id for edge in went], end), "new_id")
        steps.append(Step(end, "dissolved", versions[-1].closed_by or versions[-1].event, own[-1], after))
    return steps


def _parties(unit_ids: list[int], on: date) -> list[Party]:
    """The units as they stood on the day, by the alphabet."""
    if not unit_ids:
        return []
    versions = list(UnitVersion.objects.at(on).filter(unit_id__in=unit_ids).in_order())
    codes = codes_at(unit_ids, on)
    parents = versions_at([version.parent_id for version in versions if version.parent_id], on)
    return [
        Party(
            unit_id=version.unit_id,
            code=codes.get(version.unit_id, ""),
            full_name=version.full_name,
            parent_name=parents[version.parent_id].full_name if version.parent_id in parents else "",
        )
        for version in versions
    ]


def _made(edges: list[Succession], parties: list[Party], end: str) -> list[Party]:
    """The parties with the share that each edge says."""
    shares = {getattr(edge, end): edge for edge in edges}
    return [
        replace(party, kind=shares[party.unit_id].kind, is_default=shares[party.unit_id].is_default)
        for party in parties
    ]
