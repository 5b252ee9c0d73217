"""What the desk answers, what the citizen supplements, and how a dossier ends before its result."""

from portal.accounts.models import User
from services import errors
from services.models import Component, Dossier, Proof
from services.operations.checklist import Checked, check_papers
from services.operations.citizen import stop, withdraw
from services.operations.handing import receive_handover
from services.operations.reception import Way, accept, refuse, reroute
from services.operations.supplements import answer_item, ask_supplement, complete_supplement
from services.policies import abilities
from services.states import TRANSITIONS, Action, Capability, Stage, State
from services.unit_errors import NobodyWorksError, NotOpenUnitError
from tests.services.test_supplements import GROUND, NAME, NOTICE
from tests.services.walk.deed import deed
from tests.services.walk.who import citizens, desk, dossiers, holders, shown, someone, when
from tests.services.walk.world import World

COUNTS = (1, 0, 1)
SENT_NOWHERE = (NotOpenUnitError, NobodyWorksError)
ON_ITS_WAY = (
    errors.AskInPartError, errors.ResultOnItsWayError, errors.CitizenAskedError, errors.ConsultingError,
    errors.HeldByOtherError, errors.NotTakenError,
)  # fmt: skip


def _shown_asking(_world: World, dossier: Dossier, actor: User) -> bool:
    """One deed under two names: before the acceptance it is the desk's, then whoever works on it."""
    key = "ask_supplement_at_reception" if dossier.state == State.SUBMITTED else "ask_supplement"
    return abilities(actor, dossier)[key]


@deed(dossiers, when(State.SUBMITTED, desk), able=shown("accept"), excused=(errors.NotCheckedError,))
def receive(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    """Most often with the papers in hand."""
    if pick % 8:
        rows = Component.objects.filter(dossier=dossier, proof=Proof.ATTACHED).order_by("id")
        checked = [Checked(row.key, Proof.ATTACHED, COUNTS) for row in rows]
        check_papers(dossier=dossier, rows=checked, actor=actor, now=world.tick())
    return accept(dossier=dossier, actor=actor, now=world.tick())


@deed(dossiers, when(State.SUBMITTED, desk), able=shown("refuse"), excused=(errors.NoReasonError,))
def turn_down(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    reason = "Trùng hồ sơ" if pick % 8 else " "
    return refuse(dossier=dossier, reason=reason, ground="NĐ 118/2025 Đ.17.1c", actor=actor, now=world.tick())


@deed(dossiers, when(State.SUBMITTED, desk), able=shown("reroute"), excused=SENT_NOWHERE)
def send_on(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    others = [unit for unit in world.communes if unit != dossier.competent_unit_id]
    returning = [None, *world.communes][pick % 3]
    way = Way(someone(others, pick), returning)
    return reroute(dossier=dossier, way=way, ground="Thuộc xã bạn", actor=actor, now=world.tick())


@deed(
    dossiers, when(State.SUBMITTED, desk), able=_shown_asking,
    excused=(errors.AskedOftenEnoughError, errors.NoReasonError, *ON_ITS_WAY),
)  # fmt: skip
def ask_at_reception(world: World, dossier: Dossier, actor: User, pick: int) -> object:
    return _ask(world, dossier, actor, pick)


def _workers(world: World, dossier: Dossier) -> list[User]:
    item = world.look.item.get(dossier.pk)
    there = dossier.state == State.PROCESSING and dossier.stage == Stage.NONE
    return holders(world, item) if item and there else []


@deed(
    dossiers, _workers, able=_shown_asking,
    excused=(errors.AskedOftenEnoughError, errors.NoReasonError, *ON_ITS_WAY),
)  # fmt: skip
def ask_in_processing(world: World, dossier: Dossier, actor: User, pick: int) -> object:
    return _ask(world, dossier, actor, pick)


def _ask(world: World, dossier: Dossier, actor: User, pick: int) -> object:
    heads = world.able(Capability.EXCEED_SUPPLEMENTS, dossier.competent_unit_id)
    approved = someone(heads, pick) if heads and pick % 3 == 0 else None
    return ask_supplement(
        dossier=dossier, items=[NAME], reason="Thiếu thông tin" if pick % 9 else "", ground=GROUND, actor=actor,
        now=world.tick(), approved_by=approved,
    )  # fmt: skip


@deed(dossiers, when(State.SUPPLEMENT, citizens), excused=(errors.IncompleteError,))
def answer_what_is_asked(world: World, dossier: Dossier, actor: User, _pick: int) -> None:
    request = world.look.requests.get(dossier.pk)
    if request is None:
        raise errors.WrongStateError
    for item in request.items.order_by("id"):
        answer_item(item=item, answer={"child_name": "Giàng Thị Nhuẫn"}, actor=actor, now=world.tick())


@deed(dossiers, when(State.SUPPLEMENT, citizens), excused=(errors.IncompleteError,))
def complete_what_is_asked(world: World, dossier: Dossier, actor: User, _pick: int) -> Dossier:
    return complete_supplement(dossier=dossier, actor=actor, now=world.tick())


def _may_withdraw(world: World, dossier: Dossier) -> list[User]:
    """Seldom, or nothing would come to its result."""
    here = State(dossier.state) in TRANSITIONS[Action.WITHDRAW].sources
    return citizens(world, dossier) if here and len(world.look.dossiers) % 4 == 0 else []


@deed(dossiers, _may_withdraw, able=shown("withdraw"), excused=(errors.ResultIssuedError,))
def take_away(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    return withdraw(dossier=dossier, reason=someone(["", "Bận việc"], pick), actor=actor, now=world.tick())


def _may_stop(world: World, dossier: Dossier) -> list[User]:
    here = State(dossier.state) in TRANSITIONS[Action.STOP].sources
    return world.able(Capability.STOP, dossier.competent_unit_id) if here and len(world.look.dossiers) % 5 == 0 else []


@deed(
    dossiers, _may_stop, able=shown("stop"),
    excused=(errors.NoReasonError, errors.PartsOpenError, errors.ResultIssuedError),
)  # fmt: skip
def end_work(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    reason = "Không đủ điều kiện" if pick % 8 else ""
    return stop(dossier=dossier, reason=reason, ground="NĐ 118/2025 Đ.21.3", actor=actor, now=world.tick())


def _takers(world: World, handover: object) -> list[User]:
    unit = handover.to_unit_id  # type: ignore[attr-defined]  # a hand-over
    wanted = (Capability.RECEIVE, Capability.PROCESS, Capability.RETURN)
    return [one for capability in wanted for one in world.able(capability, unit)]


@deed(lambda world: world.look.handovers, _takers)
def sign_for(world: World, handover: object, actor: User, pick: int) -> object:
    note = "Thiếu một tờ" if pick % 4 == 0 else ""
    return receive_handover(handover=handover, actor=actor, now=world.tick(), note=note)  # type: ignore[arg-type]  # the same


__all__ = ["NOTICE"]
