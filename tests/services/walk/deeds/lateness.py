"""A later due moment, a real moment beside the click, a longer joint limit."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.calendar.loading import load
from services import errors
from services.models import Dossier, Extension, RealMoment, WorkItem
from services.operations.extending import approve_extension, ask_extension, decline_extension
from services.operations.joining import choose_joint_limit
from services.operations.real_moments import Claim, claim_real_moment, confirm_real_moment, refuse_real_moment
from services.queries.real_moments import claimable, may_decide
from services.states import EXTENDABLE, Capability, ExtensionState, State
from tests.services.walk.deed import deed
from tests.services.walk.who import dossiers, heads, holders, items, shown_of_step, someone
from tests.services.walk.world import World

TOO_LATE = (
    errors.ExtensionTooLateError, errors.ExtendedAlreadyError, errors.NotLaterError, errors.WrongStateError,
    errors.NoReasonError,
)  # fmt: skip


def _running(world: World, dossier: Dossier) -> bool:
    here = State(dossier.state) in EXTENDABLE and dossier.paused_at is None
    return here and dossier.due_at is not None and dossier.due_at > world.now


def _askers(world: World, item: WorkItem) -> list[User]:
    asked = {row.dossier_id for row in world.look.extensions}
    return holders(world, item) if _running(world, item.dossier) and item.dossier_id not in asked else []


@deed(items, _askers, able=shown_of_step("extend"), excused=TOO_LATE)
def ask_for_time(world: World, item: WorkItem, actor: User, pick: int) -> Extension:
    day = localdate(item.dossier.due_at or world.now) + timedelta(days=1 + pick % 6)
    calendar = load(item.dossier.competent_unit_id, first=day, last=day + timedelta(days=30))
    while pick % 5 and not calendar.day(day).counts:
        day += timedelta(days=1)
    return ask_extension(item=item, new_due_on=day, reason="Mưa lũ", actor=actor, now=world.tick())


def _judges(world: World, extension: Extension) -> list[User]:
    asked = extension.state == ExtensionState.ASKED and _running(world, extension.dossier)
    return [one for one in heads(world, extension.dossier) if asked and one.pk != extension.asked_by_id]


@deed(lambda world: world.look.extensions, _judges)
def grant_time(world: World, extension: Extension, actor: User, _pick: int) -> Extension:
    return approve_extension(extension=extension, actor=actor, now=world.tick())


@deed(lambda world: world.look.extensions, _judges)
def deny_time(world: World, extension: Extension, actor: User, pick: int) -> Extension:
    reason = "Còn kịp" if pick % 7 else ""
    return decline_extension(extension=extension, reason=reason, actor=actor, now=world.tick())


Done = tuple[Dossier, WorkItem | None]


def finished(world: World) -> list[Done]:
    rows: list[Done] = [(row.dossier, row) for row in world.look.all_items if row.state == "done" and row.officer_id]
    return [*rows, *((one, None) for one in world.look.dossiers if one.state == State.RETURNED)]


def _claimants(world: World, done: Done) -> list[User]:
    dossier, step = done
    if step is None:
        able = world.able(Capability.RETURN, dossier.returning_unit_id)
    else:
        able = [one.user for one in world.officers if one.user.pk == step.officer_id]
    return [one for one in able if any(item == step for item, _at in claimable(one, dossier))]


@deed(finished, _claimants)
def claim_earlier(world: World, done: Done, actor: User, pick: int) -> RealMoment:
    dossier, step = done
    clicked = (step.done_at if step else dossier.closed_at) or world.now
    claim = Claim(clicked - timedelta(seconds=1 + pick % 300), "Mất mạng", "Phiếu số 12")
    return claim_real_moment(dossier=dossier, claim=claim, step=step, actor=actor, now=world.tick())


def _deciders(world: World, moment: RealMoment) -> list[User]:
    able = heads(world, moment.dossier) if moment.state == "claimed" else []
    return [one for one in able if may_decide(one, moment, world.now)]


def moments(world: World) -> list[RealMoment]:
    return world.look.moments


@deed(moments, _deciders)
def believe(world: World, moment: RealMoment, actor: User, _pick: int) -> RealMoment:
    return confirm_real_moment(moment=moment, actor=actor, now=world.tick())


@deed(moments, _deciders)
def disbelieve(world: World, moment: RealMoment, actor: User, pick: int) -> RealMoment:
    reason = "Không có chữ ký" if pick % 7 else ""
    return refuse_real_moment(moment=moment, reason=reason, actor=actor, now=world.tick())


def _lengtheners(world: World, dossier: Dossier) -> list[User]:
    whole = dossier.pk in world.look.joined and dossier.state == State.PROCESSING and not dossier.limit_case
    return world.able(Capability.RECEIVE, dossier.receiving_unit_id) if whole else []


@deed(dossiers, _lengtheners)
def lengthen_joint_limit(world: World, dossier: Dossier, actor: User, pick: int) -> Any:
    reason = someone(["Chờ hoàn thiện", "Cơ quan thuế hẹn", ""], pick)
    return choose_joint_limit(joined=dossier, limit_case="case_1", reason=reason, actor=actor, now=world.tick())
