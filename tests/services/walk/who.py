"""Whose turn it is: desks, those who work on it, heads, its citizens."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.timezone import localdate

from portal.accounts.models import User
from services.models import Dossier, WorkItem
from services.policies import RESULT_ON_ITS_WAY, abilities, is_of_desk, step_abilities
from services.states import CLOSED, Capability, Stage, State, is_worked_on
from tests.services.walk.world import World


def dossiers(world: World) -> list[Dossier]:
    return world.look.dossiers


def items(world: World) -> list[WorkItem]:
    return world.look.items


def is_open(dossier: Dossier) -> bool:
    return State(dossier.state) not in CLOSED


def desk(world: World, dossier: Dossier) -> list[User]:
    return world.able(Capability.RECEIVE, dossier.responsible_unit_id)


def party(world: World, dossier: Dossier) -> list[User]:
    return [one for one in world.citizens if one.pk in {dossier.owner_id, dossier.filer_id}]


def citizens(world: World, dossier: Dossier) -> list[User]:
    """The citizen, or whoever may do it for them at the desk."""
    return [*party(world, dossier), *world.able(Capability.FILE_FOR_CITIZEN, dossier.receiving_unit_id)]


def heads(world: World, dossier: Dossier) -> list[User]:
    return world.able(Capability.APPROVE, dossier.competent_unit_id)


def workers(world: World, item: WorkItem) -> list[User]:
    """Whoever holds the step, or could."""
    if is_of_desk(item):
        return []
    able = world.able(Capability.PROCESS, item.unit_id)
    return [one for one in able if item.officer_id in {None, one.pk}]


def holders(world: World, item: WorkItem) -> list[User]:
    return [one for one in workers(world, item) if item.officer_id == one.pk]


def at_work(item: WorkItem) -> bool:
    """Steps move on by hand."""
    dossier = item.dossier
    here = is_worked_on(State(dossier.state), Stage(dossier.stage))
    return here and dossier.stage not in RESULT_ON_ITS_WAY | {Stage.CONSULTING}


def when(state: State, who: Callable[[World, Any], list[User]]) -> Callable[[World, Any], list[User]]:
    return lambda world, dossier: who(world, dossier) if dossier.state == state else []


def shown(key: str) -> Callable[[World, Dossier, User], bool]:
    return lambda _world, dossier, actor: abilities(actor, dossier)[key]


def shown_of_step(key: str) -> Callable[[World, WorkItem, User], bool]:
    return lambda _world, item, actor: step_abilities(actor, item)[key]


def someone(rows: Sequence[Any], pick: int) -> Any:
    return rows[pick % len(rows)]


def today(world: World) -> Any:
    return localdate(world.now)
