"""Other units are asked, and answer; whoever is away is covered; many dossiers with one click."""

from datetime import timedelta
from uuid import UUID

from portal.accounts.models import User
from services import errors
from services.kinds import AskedFor, Channel, Opinion
from services.models import Consultation, LeaveCover, WorkItem
from services.operations.batches import Order, Pick, order_batch
from services.operations.consulting import Ask, Shared, consult, give_opinion, revoke_consultation
from services.operations.covering import Leave, end_cover, enter_cover
from services.policies import consultation_abilities, may_consult
from services.states import BatchDeed, Capability
from services.unit_errors import NotOpenUnitError
from tests.services.consulting import QUESTION
from tests.services.walk.deed import Able, deed
from tests.services.walk.who import holders, items, shown_of_step, someone, today
from tests.services.walk.world import World

KINDS = (AskedFor.OPINION, AskedFor.OPINION, AskedFor.VERIFICATION)


def _askers(world: World, item: WorkItem) -> list[User]:
    return holders(world, item) if may_consult(item.dossier) else []


@deed(items, _askers, able=shown_of_step("consult"), excused=(errors.AskedTooManyError, NotOpenUnitError))
def ask_others(world: World, item: WorkItem, actor: User, pick: int) -> list[Consultation]:
    others = [unit for name, unit in world.units.items() if name != "elsewhere" and unit != item.unit_id]
    chosen = others if pick % 3 == 0 else [someone(others, pick)]
    asks = [Ask(unit, AskedFor.OPINION, QUESTION, 1 + pick % 3) for unit in chosen]
    return consult(item=item, asks=asks, shared=Shared(), in_turn=pick % 2 == 0, actor=actor, now=world.tick())


def consultations(world: World) -> list[Consultation]:
    return world.look.consultations


def _answerers(world: World, asked: Consultation) -> list[User]:
    return world.able(Capability.PROCESS, asked.unit_id) if asked.state == "open" else []


def _shown(key: str) -> Able:
    return lambda _world, asked, actor: consultation_abilities(actor, asked)[key]


@deed(consultations, _answerers, able=_shown("answer"), excused=(errors.NoReasonError,))
def give_answer(world: World, asked: Consultation, actor: User, pick: int) -> Consultation:
    opinion = someone(list(Opinion), pick)
    return give_opinion(
        consultation=asked, opinion=opinion, text="Đúng như hồ sơ" if pick % 7 else "", actor=actor, now=world.tick()
    )


def _revokers(world: World, asked: Consultation) -> list[User]:
    return world.able(Capability.PROCESS, asked.asking_unit_id) if asked.is_pending else []


@deed(consultations, _revokers, able=_shown("revoke"), excused=(errors.NoReasonError,))
def need_no_answer(world: World, asked: Consultation, actor: User, pick: int) -> Consultation:
    reason = "Đã tự tìm thấy" if pick % 7 else ""
    return revoke_consultation(consultation=asked, reason=reason, actor=actor, now=world.tick())


def _heads(world: World, unit_id: int) -> list[User]:
    return world.able(Capability.ASSIGN, unit_id) if len(world.look.covers) < 4 else []


@deed(lambda world: world.communes, _heads)
def send_on_leave(world: World, unit_id: int, actor: User, pick: int) -> LeaveCover:
    able = [world.member(one).assignment for one in world.able(Capability.PROCESS, unit_id)]
    absent, cover = someone(able, pick), someone(able, pick + 1 + pick % 2)
    first = today(world) + timedelta(days=pick % 2)
    leave = Leave(first, first + timedelta(days=pick % 5), "12/QĐ-NP", today(world))
    return enter_cover(absent=absent, cover=cover, leave=leave, actor=actor, now=world.tick())


@deed(
    lambda world: world.look.covers,
    lambda world, row: world.able(Capability.ASSIGN, row.unit_id) if row.ended_at is None else [],
)
def call_back(world: World, leave: LeaveCover, actor: User, _pick: int) -> LeaveCover:
    return end_cover(leave=leave, actor=actor, now=world.tick())


CHOSEN = (BatchDeed.ACCEPT, BatchDeed.TAKE, BatchDeed.ASSIGN, BatchDeed.FINISH, BatchDeed.HAND_OUT)


@deed(lambda world: world.communes, lambda world, unit: [one.user for one in world.officers if one.unit_id == unit])
def do_many(world: World, unit_id: int, actor: User, pick: int) -> object:
    """A worker does them one by one; whoever may not learns so dossier by dossier."""
    rows = [one for one in world.look.dossiers if unit_id in one.unit_ids()][-4:]
    chosen, said, officers = someone(CHOSEN, pick), {}, list[UUID]()
    if chosen is BatchDeed.HAND_OUT:
        said = {"channel": Channel.DESK.value, "receiver": "Vàng Thị Dở"}
    if chosen is BatchDeed.ASSIGN:
        said = {"reason": "Chia việc", "officer": str(someone(world.able(Capability.PROCESS, unit_id), pick).pk)}
    picks = [Pick(row.pk, row.revision) for row in rows]
    wanted = Order(chosen, picks, said, officers=officers)
    return order_batch(wanted=wanted, actor=actor, now=world.tick())
