"""Powers given in writing, for a time, by the one who has them, never given on. NĐ 30/2020 Đ.13.3"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from portal.events import record
from portal.events.actors import System
from staff import catalogue
from staff.errors import BadDaysError, NotAllowedError, NotOwnRightError, WrongTermError
from staff.events import Fact
from staff.models import Assignment, Delegation
from staff.operations.decision import Decision
from staff.policies import Asker, Capability, may
from staff.states import TRANSITIONS, Action


@transaction.atomic
def delegate(
    *,
    giver: Assignment,
    taker: Assignment,
    capabilities: Iterable[str],
    first_day: date,
    until: date,
    decision: Decision,
    actor: Asker | System,
    now: datetime,
) -> Delegation:
    """Lend capabilities of `giver`'s own post to `taker`. Only the holder lends; both assignments bound the days."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("post").order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=[giver.pk, taker.pk])}
    source, target = locked[giver.pk], locked[taker.pk]
    _may_give(Action.DELEGATE, source, actor, now)
    wanted = sorted({str(capability) for capability in capabilities})
    own = {grant.capability for grant in catalogue.grants_of(source.post.code, first_day)}
    if not wanted or not set(wanted) <= own - {Capability.DELEGATION_GIVE.value}:
        raise NotOwnRightError
    if until <= first_day or source.user_id == target.user_id:
        raise BadDaysError
    delegation = Delegation(
        giver=source,
        taker=target,
        capabilities=wanted,
        valid=DateRange(first_day, until),
        decision_no=decision.number,
        decision_on=decision.on,
        recorded_at=now,
    )
    try:
        with transaction.atomic():
            delegation.save(force_insert=True)
    except IntegrityError as error:
        raise BadDaysError from error
    facts = {
        "capabilities": wanted,
        "to": str(target.pk),
        "from": first_day,
        "until": until,
        "decision": decision.number,
        "decided_on": decision.on,
    }
    _tell(Fact.DELEGATION_GIVEN, delegation, actor, now, facts)
    return delegation


@transaction.atomic
def revoke(
    *, delegation: Delegation, until: date, decision: Decision, actor: Asker | System, now: datetime
) -> Delegation:
    """`until` is the first day without it."""
    locked = (
        Delegation.objects.select_for_update(of=("self",)).select_related("giver__post", "taker").get(pk=delegation.pk)
    )
    _may_give(Action.REVOKE, locked.giver, actor, now)
    terms, _capability, _fact = TRANSITIONS[Action.REVOKE]
    if locked.term(localdate(now)) not in terms:
        raise WrongTermError
    if until <= locked.first_day or (locked.until is not None and until > locked.until):
        raise BadDaysError
    locked.valid = DateRange(locked.first_day, until)
    locked.save(update_fields=["valid"])
    facts = {"until": until, "decision": decision.number, "decided_on": decision.on}
    _tell(Fact.DELEGATION_REVOKED, locked, actor, now, facts)
    return locked


def _may_give(action: Action, giver: Assignment, actor: Asker | System, now: datetime) -> None:
    """The holder of the giving assignment, by their own post: a lent right to lend does not exist."""
    terms, capability, _fact = TRANSITIONS[action]
    on = localdate(now)
    if not isinstance(actor, System):
        own = {grant.capability for grant in catalogue.grants_of(giver.post.code, on)}
        holds = getattr(actor, "pk", None) == giver.user_id and capability.value in own
        if not holds or not may(action, actor, giver.unit_id):
            raise NotAllowedError
    if giver.term(on) not in terms:
        raise WrongTermError


def _tell(fact: Fact, delegation: Delegation, actor: Asker | System, now: datetime, facts: dict[str, object]) -> None:
    people = {user for user in (delegation.giver.user_id, delegation.taker.user_id) if user}
    record(fact, subject=delegation, actor=actor, unit=delegation.giver.unit_id, at=now, facts=facts, concerns=people)
