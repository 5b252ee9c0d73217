"""Dossiers are filed: online, at the desk, at any desk of the province, for any unit."""

from typing import Any

from portal.accounts.models import User
from services.kinds import Channel
from services.models import Dossier, ProcedureVersion
from services.operations.citizen import change_content
from services.operations.filing import Owner, Places, submit
from services.policies import is_party, may_at
from services.queries.confirmations import is_being_corrected
from services.states import Capability, State
from tests.services.build import NUMBER
from tests.services.joined import answers as joined_answers
from tests.services.test_propose_copies import ANSWERS as COPIES
from tests.services.walk.deed import deed
from tests.services.walk.who import citizens, dossiers, is_open, someone
from tests.services.walk.world import World
from tests.services.working import birth_answers

MOST_OPEN = 7
OFFERED = ("birth", "copies", "paid first", "clock stands", "at once", "authentication", "joined")
CHANNELS = (Channel.DESK, Channel.ONLINE, Channel.POST)


def versions(world: World) -> list[ProcedureVersion]:
    return [world.versions[name] for name in OFFERED]


def _room(world: World, version: ProcedureVersion) -> bool:
    there = [row for row in world.look.dossiers if is_open(row)]
    is_joined = version == world.versions["joined"]
    return len(there) < MOST_OPEN and not (is_joined and world.look.joined)


def _answers(world: World, version: ProcedureVersion, home: int, pick: int) -> dict[str, Any]:
    if version == world.versions["birth"]:
        number = {"child_personal_number": "001326900001"} if pick % 4 else {}
        return birth_answers(home) | number
    if version == world.versions["joined"]:
        return joined_answers(world.office(version))
    if version == world.versions["authentication"]:
        return dict(COPIES)
    return {"child_name": "Giàng Thị Nhuẫn", "copies": 1 + pick % 2}


def _places(world: World, receiving: int, pick: int) -> Places:
    """Most often all at one place; else decided or returned somewhere else."""
    communes = world.communes
    competent = receiving if pick % 3 or receiving not in communes else someone(communes, pick // 3)
    if competent not in communes:
        competent = someone(communes, pick)
    return Places(receiving, competent, someone([receiving, receiving, *communes], pick // 5))


def _filing(world: World, version: ProcedureVersion, places: Places, pick: int, **more: Any) -> Any:
    answers = _answers(world, version, places.competent, pick)
    return world.office(version).filing(
        answers=answers, places=places, return_channel=someone(CHANNELS, pick // 7), **more
    )


@deed(versions, lambda world, version: world.citizens if _room(world, version) else [])
def file_online(world: World, version: ProcedureVersion, actor: User, pick: int) -> Dossier:
    own = pick % 2 == 0
    owner = Owner("Vàng Thị Dở", NUMBER, actor) if own else Owner("Giàng Thị Nhuẫn", NUMBER)
    competent = someone(world.communes, pick // 2)
    filing = _filing(
        world, version, Places(competent, competent, someone([competent, *world.communes], pick // 5)), pick,
        owner=owner, filer=actor, channel=Channel.ONLINE, assisted_by=None, level=2,
    )  # fmt: skip
    return submit(filing=filing, actor=actor, now=world.tick())


def _desks(world: World, version: ProcedureVersion) -> list[User]:
    if not _room(world, version):
        return []
    return [one for unit in world.communes for one in world.able(Capability.FILE_FOR_CITIZEN, unit)]


@deed(versions, _desks)
def file_at_desk(world: World, version: ProcedureVersion, actor: User, pick: int) -> Dossier:
    receiving = world.member(actor).unit_id if actor.is_officer else world.units["home"]
    filer = someone([None, *world.citizens], pick) if actor.is_officer else actor
    filing = _filing(
        world, version, _places(world, receiving, pick), pick, filer=filer, channel=Channel.DESK, assisted_by=actor,
    )  # fmt: skip
    return submit(filing=filing, actor=actor, now=world.tick())


def _may_change(world: World, dossier: Dossier) -> list[User]:
    """While nobody has received it, or after the draft of the result was found wrong."""
    return citizens(world, dossier) if dossier.state == State.SUBMITTED or is_being_corrected(dossier) else []


@deed(dossiers, _may_change)
def change_answers(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    assert (
        is_party(actor, dossier)
        or actor.is_officer
        or not may_at(actor, Capability.FILE_FOR_CITIZEN, dossier.receiving_unit_id)
    )
    answers = dossier.answers | {"child_name": someone(["Giàng Thị Nhuẫn", "Giàng Thị Nhuần"], pick)}
    return change_content(dossier=dossier, answers=answers, actor=actor, now=world.tick())
