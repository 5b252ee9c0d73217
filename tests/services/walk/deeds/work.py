"""The steps between acceptance and result: taken, given, finished, returned, released."""

from portal.accounts.models import User
from services import errors
from services.models import WorkItem
from services.operations.paying import ask_payment
from services.operations.processing import assign_step, finish_step, return_step, take_step
from services.operations.releasing import release_step
from services.policies import is_of_desk
from services.states import Capability, State
from services.unit_errors import NobodyWorksError
from tests.services.walk.deed import deed
from tests.services.walk.who import at_work, holders, items, shown_of_step, someone, workers
from tests.services.walk.world import World

WAITS = (errors.ResultOnItsWayError, errors.CitizenAskedError, errors.ConsultingError)


def _untaken(world: World, item: WorkItem) -> list[User]:
    return workers(world, item) if item.officer_id is None else []


@deed(items, _untaken, able=shown_of_step("take"))
def take(world: World, item: WorkItem, actor: User, _pick: int) -> object:
    return take_step(item=item, actor=actor, now=world.tick())


def _givers(world: World, item: WorkItem) -> list[User]:
    heads = [] if is_of_desk(item) else world.able(Capability.ASSIGN, item.unit_id)
    return [*holders(world, item), *heads]


@deed(items, _givers, able=shown_of_step("assign"), excused=(errors.NotAllowedError, NobodyWorksError))
def give(world: World, item: WorkItem, actor: User, pick: int) -> object:
    able = world.able(Capability.PROCESS, item.unit_id)
    officer = someone(able, pick) if able and pick % 8 else someone([one.user for one in world.officers], pick)
    return assign_step(item=item, officer=officer, reason="Chia việc", actor=actor, now=world.tick())


@deed(items, lambda world, item: _givers(world, item) if item.officer_id else [])
def release(world: World, item: WorkItem, actor: User, _pick: int) -> object:
    return release_step(item=item, actor=actor, now=world.tick())


def _finishers(world: World, item: WorkItem) -> list[User]:
    """By hand: the specialist proposes instead, most often."""
    return holders(world, item) if at_work(item) and item.role != "specialist" else []


@deed(items, _finishers, able=shown_of_step("finish"), excused=WAITS)
def finish(world: World, item: WorkItem, actor: User, _pick: int) -> object:
    return finish_step(item=item, note="Xong", actor=actor, now=world.tick())


def _returners(world: World, item: WorkItem) -> list[User]:
    return holders(world, item) if at_work(item) and item.number > 2 else []


@deed(items, _returners, able=shown_of_step("return"), excused=(errors.NoReasonError, errors.WrongStateError))
def give_back(world: World, item: WorkItem, actor: User, pick: int) -> object:
    earlier = someone(["examine", "examine", "approve", "receive"], pick)
    return return_step(item=item, to=earlier, note="Xem lại" if pick % 7 else "", actor=actor, now=world.tick())


def _askers(world: World, item: WorkItem) -> list[User]:
    owes = item.dossier.version in (world.versions["copies"], world.versions["paid first"])
    return holders(world, item) if at_work(item) and item.dossier.state == State.PROCESSING and owes else []


@deed(items, _askers, able=shown_of_step("payment"), excused=(errors.ServicesError,))
def ask_for_money(world: World, item: WorkItem, actor: User, pick: int) -> object:
    reason = "Chưa nộp lệ phí" if pick % 8 else ""
    return ask_payment(item=item, reason=reason, actor=actor, now=world.tick())
