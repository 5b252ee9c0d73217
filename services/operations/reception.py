"""The desk answers within eight working hours: accept, ask for what is missing, refuse, or send on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.calendar.ledger import EntryKind
from portal.isolation import current, scope
from services import versions
from services.errors import NoReasonError, NotCheckedError
from services.events import Fact
from services.interlinked import joined_on, organ_of_code
from services.models import Component, Dossier, Proof
from services.operations import clock
from services.operations.codes import take_code
from services.operations.forms import order_receipt, order_refusal
from services.operations.joining import open_parts
from services.operations.moving import lock, permit, save, step, tell
from services.operations.new_work import new_work_at
from services.operations.steps import begin, give
from services.queries.staffing import anybody_may
from services.states import Action, Capability
from services.unit_errors import NobodyWorksError, NotOpenUnitError
from units.queries import version_at


@transaction.atomic
def check_component(
    *, dossier: Dossier, key: str, proof: Proof, counts: tuple[int, int, int], note: str, actor: User, now: datetime
) -> Component:
    """The officer looked at a paper: attached, shown, proven by data or missing. `counts`: originals, certified
    copies, plain copies. NĐ 118/2025 Đ.17.1
    """
    locked = lock(dossier)
    permit(locked, Action.ACCEPT, actor)
    row = Component.objects.select_for_update().get(dossier=locked, key=key)
    row.proof, row.note, row.checked_by, row.checked_at = proof, note, actor, now
    row.originals, row.certified, row.copies = counts
    row.save(update_fields=["proof", "note", "checked_by", "checked_at", "originals", "certified", "copies"])
    save(locked)
    tell_checked(dossier=locked, key=key, proof=proof, actor=actor, now=now)
    return row


def tell_checked(*, dossier: Dossier, key: str, proof: Proof, actor: User, now: datetime) -> None:
    """One event for each paper that was looked at."""
    tell(Fact.COMPONENT_CHECKED, dossier, actor=actor, now=now, facts={"key": key, "proof": str(proof)})


@transaction.atomic
def accept(
    *,
    dossier: Dossier,
    actor: User,
    now: datetime,
    revision: int | None = None,
    limit_case: str = "",
    really_at: datetime | None = None,
    proof: str = "",
    code: str = "",
) -> Dossier:
    """Official acceptance: the code is taken, the clock starts, Form 01 is ordered, the first step opens.

    `really_at` with `proof`: when a paper dossier was in fact received, kept apart from the moment of the click.
    `code`: one that was set aside before and printed on paper, instead of the next one.
    Raises NotAllowedError, WrongStateError, StaleError, NotCheckedError.
    """
    locked = lock(dossier, revision=revision)
    permit(locked, Action.ACCEPT, actor)
    _all_checked(locked)
    on = localdate(now)
    if version_at(locked.competent_unit_id, on) is None:
        raise NotOpenUnitError
    locked.limit_case = limit_case
    counted = clock.enter(
        locked, EntryKind.START, ground="NĐ 118/2025 Đ.17.3", actor=actor, now=now, at=really_at, proof=proof
    )
    is_joined = joined_on(locked.version.code, on) is not None
    locked.code = code or take_code(unit_id=organ_of_code(locked, on), day=on)
    locked.accepted_at, locked.answered_at, locked.printed_due_at = really_at or now, now, counted.moment
    step(
        locked,
        Action.ACCEPT,
        actor=actor,
        now=now,
        changed=["code", "accepted_at", "answered_at", "printed_due_at", "limit_case", *clock.FIELDS],
        facts={"code": locked.code, "due_at": counted.moment, "entered_at": now},
    )
    order_receipt(dossier=locked, actor=actor, now=now)
    with _seeing(locked.unit_ids()):  # a desk to which it was sent on has no part in it once the work begins elsewhere
        if is_joined:
            open_parts(joined=locked, actor=actor, now=now)
        else:
            begin(locked, actor=actor, now=now)
    return locked


@transaction.atomic
def refuse(
    *, dossier: Dossier, reason: str, ground: str, actor: User, now: datetime, revision: int | None = None
) -> Dossier:
    """Not received, with the reason in writing: Form 03. NĐ 118/2025 Đ.17.1c"""
    locked = lock(dossier, revision=revision)
    permit(locked, Action.REFUSE, actor)
    _reasoned(reason, ground)
    locked.reason, locked.answered_at = f"{reason.strip()}\n{ground.strip()}", now
    step(locked, Action.REFUSE, actor=actor, now=now, changed=["reason", "answered_at"], facts={"ground": ground})
    order_refusal(dossier=locked, reason=reason, ground=ground, actor=actor, now=now)
    return locked


@dataclass(frozen=True, slots=True)
class Way:
    """Where a dossier goes that came to the wrong organ."""

    competent: int
    returning: int | None = None


@transaction.atomic
def reroute(
    *, dossier: Dossier, way: Way, ground: str, actor: User, now: datetime, revision: int | None = None
) -> Dossier:
    """To the organ that is competent, whose desk answers from now on. NĐ 118/2025 Đ.17.2a

    Raises NotAllowedError, WrongStateError, StaleError, NoReasonError, NotOpenUnitError, NobodyWorksError.
    """
    new_work_at(way.competent, now=now)
    locked = lock(dossier, revision=revision)
    permit(locked, Action.REROUTE, actor)
    _reasoned(ground, ground)
    if not anybody_may(Capability.PROCESS, way.competent, localdate(now)):
        raise NobodyWorksError
    before, held_at = locked.competent_unit_id, locked.responsible_unit_id
    locked.competent_unit_id = locked.responsible_unit_id = way.competent
    locked.returning_unit_id = way.returning or locked.returning_unit_id
    changed = ["competent_unit", "responsible_unit", "returning_unit"]
    facts = {"from": before, "to": way.competent, "ground": ground}
    with _seeing({way.competent}):
        # A desk to which it only came by mistake has no part in it any more
        event = step(locked, Action.REROUTE, actor=actor, now=now, changed=changed, facts=facts)
        give(locked, held_at, way.competent, actor=actor, ground=ground, event=event, now=now)
    return locked


@contextmanager
def _seeing(units: Iterable[int]) -> Iterator[None]:
    """With the scope of whoever acts, and these units: for a deed that hands the dossier to them."""
    here = current()
    with scope(units={*here.units, *units}, citizen=here.citizen, purpose=here.purpose):
        yield


def _reasoned(*texts: str) -> None:
    if not all(text.strip() for text in texts):
        raise NoReasonError


def _all_checked(dossier: Dossier) -> None:
    """Đ.17.1: before Form 01 is given, every needed paper was looked at, or a register answered instead."""
    rows: Iterable[Component] = Component.objects.filter(dossier=dossier).order_by("id")
    proven = {row.key for row in rows if row.proof != Proof.MISSING and (row.checked_at or row.proof == Proof.DATA)}
    if versions.missing_components(dossier.version, proven):
        raise NotCheckedError
