"""A program's unit ends: what it may keep goes to the successor, the rest is taken away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from portal.accounts.events import Fact
from portal.accounts.models import ApiClient, ClientGrant
from portal.accounts.models.clients import Reach
from portal.events import record
from portal.events.actors import System


@dataclass(slots=True)
class Left:
    """`followed`: the grants as they stand at the successor. `ended`: capabilities that were taken away."""

    followed: list[ClientGrant] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


@transaction.atomic
def leave_unit(
    *,
    client: ApiClient,
    unit_id: int,
    heir: int | None,
    keeps: Callable[[str], bool],
    ground: str,
    only: int | None = None,
    actor: System,
    now: datetime,
) -> Left:
    """Nothing the second time. `keeps` says which capabilities follow; without an heir none does. `only`: one grant."""
    locked = ApiClient.objects.select_for_update(of=("self",)).get(pk=client.pk)
    grants = ClientGrant.objects.filter(client=locked, unit_id=unit_id).order_by("id")
    left = Left()
    for grant in grants if only is None else grants.filter(pk=only):
        if heir is not None and keeps(grant.capability):
            left.followed.append(_follow(grant, heir))
        else:
            left.ended.append(grant.capability)
            grant.delete()
    changes_hands = only is None and heir is not None and locked.owner_unit_id == unit_id
    if changes_hands and heir is not None:
        locked.owner_unit_id = heir
        locked.save(update_fields=["owner_unit_id"])
    if left.followed or left.ended or changes_hands:
        facts = {
            "from": unit_id,
            "to": heir,
            "ground": ground,
            "followed": sorted(grant.capability for grant in left.followed),
            "ended": sorted(left.ended),
        }
        record(Fact.CLIENT_MOVED, subject=locked, actor=actor, unit=locked.owner_unit_id, at=now, facts=facts)
    return left


def _follow(grant: ClientGrant, heir: int) -> ClientGrant:
    """Two communes that merge may both have let the program in: the wider reach of both stays, once."""
    there = ClientGrant.objects.filter(client_id=grant.client_id, capability=grant.capability, unit_id=heir).first()
    if there is None:
        grant.unit_id = heir
        grant.save(update_fields=["unit_id"])
        return grant
    if Reach.BELOW in {there.reach, grant.reach} and there.reach != Reach.BELOW:
        there.reach = Reach.BELOW
        there.save(update_fields=["reach"])
    grant.delete()
    return there
