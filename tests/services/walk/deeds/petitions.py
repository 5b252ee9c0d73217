"""What people tell the organ about itself, and what becomes of it."""

from typing import Any

from portal.accounts.models import User
from portal.events.actors import ANONYMOUS
from services import errors, petition_errors
from services.models import Petition, PetitionChannel
from services.operations import petition_publishing as publishing
from services.operations import petition_work as work
from services.operations.petitions import (
    PetitionFiling,
    file_petition,
    rate_petition,
    supplement_petition,
    withdraw_petition,
)
from services.petition_policies import holds, is_barred, petition_abilities
from services.petition_states import (
    ANSWER_SENT,
    OPEN,
    PETITION_TRANSITIONS,
    PetitionAction,
    PetitionSide,
    PetitionState,
)
from services.states import Capability
from tests.services.petitioning import ANSWER, TEXT
from tests.services.walk.deed import deed
from tests.services.walk.who import someone
from tests.services.walk.world import World

A, S = PetitionAction, PetitionState
MOST_OPEN = 4


def petitions(world: World) -> list[Petition]:
    return world.look.petitions


def _room(world: World, unit_id: int) -> list[Any]:
    waiting = [row for row in world.look.petitions if S(row.state) in OPEN]
    if len(waiting) >= MOST_OPEN:
        return []
    return [*world.citizens, *world.able(Capability.PETITION_FILE, unit_id)]


@deed(lambda world: world.communes, _room)
def complain(world: World, unit_id: int, actor: User, pick: int) -> Petition:
    dossiers = world.look.dossiers
    code = someone(dossiers, pick).reference if dossiers and pick % 3 == 0 else ""
    name = someone(world.officers, pick).person.name if pick % 5 == 0 else ""
    said: dict[str, Any] = {"kind": someone(["attitude", "delay"], pick), "text": TEXT, "unit_id": unit_id}
    said |= {"dossier_code": code, "about_officer": name}
    if actor.is_officer:
        said |= {"channel": PetitionChannel.PHONE, "at_desk": unit_id}
    else:
        said["filer"] = actor
    return file_petition(filing=PetitionFiling(**said), actor=actor, now=world.tick())


def _turn(action: PetitionAction) -> Any:
    transition = PETITION_TRANSITIONS[action]
    lead = transition.side is PetitionSide.HEAD

    def who(world: World, petition: Petition) -> list[User]:
        if S(petition.state) not in transition.sources:
            return []
        needed = Capability.PETITION_LEAD if lead else Capability.PETITION_HANDLE
        able = [one for one in world.able(needed, petition.responsible_unit_id) if not is_barred(one, petition)]
        return [one for one in able if lead or holds(one, petition) or action is A.RECEIVE]

    return who


def _shown(key: str) -> Any:
    return lambda _world, petition, actor: petition_abilities(actor, petition)[key]


@deed(petitions, _turn(A.RECEIVE), able=_shown("receive"))
def receive_petition(world: World, petition: Petition, actor: User, _pick: int) -> Any:
    return work.receive_petition(petition=petition, actor=actor, now=world.tick())


def _leaders(world: World, petition: Petition) -> list[User]:
    waits = S(petition.state) in {S.WAITING, S.FORWARDED, S.PROCESSING, S.SUPPLEMENT}
    able = world.able(Capability.PETITION_LEAD, petition.responsible_unit_id) if waits else []
    return [one for one in able if not is_barred(one, petition)]


@deed(petitions, _leaders, able=_shown("assign"), excused=(errors.NotAllowedError,))
def assign_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    able = world.able(Capability.PETITION_HANDLE, petition.responsible_unit_id)
    officer = someone(able or world.everybody, pick)
    return work.assign_petition(petition=petition, officer=officer, actor=actor, now=world.tick())


def _text(text: str, pick: int) -> str:
    return text if pick % 8 else ""


@deed(petitions, _turn(A.ASK), able=_shown("ask"), excused=(errors.NoReasonError,))
def ask_filer(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return work.ask_filer(petition=petition, text=_text("Vào ngày nào?", pick), actor=actor, now=world.tick())


def _senders(world: World, petition: Petition) -> list[User]:
    if petition.state != S.SUPPLEMENT:
        return []
    return [one for one in world.citizens if one.pk == petition.filer_id] or [ANONYMOUS]  # type: ignore[list-item]  # by code


@deed(petitions, _senders, excused=(errors.ServicesError,))
def add_to_petition(world: World, petition: Petition, actor: Any, pick: int) -> Any:
    by_code = actor is ANONYMOUS
    text = _text("Sáng thứ Hai.", pick)
    return supplement_petition(petition=petition, text=text, actor=actor, now=world.tick(), by_code=by_code)


def _taking_back(world: World, petition: Petition) -> list[User]:
    if S(petition.state) not in PETITION_TRANSITIONS[A.WITHDRAW].sources:
        return []
    return [one for one in world.citizens if one.pk == petition.filer_id] or [ANONYMOUS]  # type: ignore[list-item]  # by code


@deed(petitions, _taking_back, excused=(petition_errors.OthersWaitError,))
def take_petition_back(world: World, petition: Petition, actor: Any, pick: int) -> Any:
    by_code = actor is ANONYMOUS
    text = someone(["", "Đã giải quyết xong"], pick)
    return withdraw_petition(petition=petition, text=text, actor=actor, now=world.tick(), by_code=by_code)


@deed(petitions, _turn(A.REFUSE), able=_shown("refuse"), excused=(errors.NoReasonError,))
def refuse_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return work.refuse_petition(petition=petition, text=_text("Đã có bản án", pick), actor=actor, now=world.tick())


@deed(
    petitions, _turn(A.FORWARD), able=_shown("forward"), excused=(errors.NoReasonError, petition_errors.SameUnitError)
)
def forward_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    to_unit, text = someone(world.communes, pick), _text("Thuộc xã bạn", pick)
    return work.forward_petition(petition=petition, to_unit=to_unit, text=text, actor=actor, now=world.tick())


@deed(petitions, _turn(A.MERGE), able=_shown("merge"), excused=(petition_errors.NotMergeableError,))
def merge_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    others = [row for row in world.look.petitions if row.responsible_unit_id == petition.responsible_unit_id]
    return work.merge_petition(
        petition=petition, into=someone(others or [petition], pick), actor=actor, now=world.tick()
    )


@deed(petitions, _turn(A.ANSWER), able=_shown("answer"), excused=(errors.NoReasonError,))
def answer_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return work.answer_petition(petition=petition, text=_text(ANSWER, pick), actor=actor, now=world.tick())


@deed(petitions, _turn(A.PUBLISH), able=_shown("publish"), excused=(errors.ServicesError,))
def publish_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return publishing.publish_petition(
        petition=petition, title="Hướng dẫn giấy tờ", question=TEXT, answer=ANSWER, confirmed=bool(pick % 8),
        actor=actor, now=world.tick(),
    )  # fmt: skip


@deed(petitions, _turn(A.CLOSE), able=_shown("close"), excused=(errors.NoReasonError,))
def close_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return publishing.close_petition(petition=petition, text=_text("Việc riêng", pick), actor=actor, now=world.tick())


@deed(petitions, _turn(A.RETRACT), able=_shown("retract"), excused=(errors.NoReasonError,))
def retract_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return publishing.retract_petition(petition=petition, text=_text("Sai", pick), actor=actor, now=world.tick())


@deed(
    petitions,
    lambda world, one: [by for by in world.citizens if by.pk == one.filer_id] if S(one.state) in ANSWER_SENT else [],
    able=_shown("rate"),
)
def judge_petition(world: World, petition: Petition, actor: User, pick: int) -> Any:
    return rate_petition(petition=petition, score=1 + pick % 5, text="", actor=actor, now=world.tick())
