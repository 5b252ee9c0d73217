"""A joined dossier: accepted once, worked on in parts by the organs that decide, ended when each part has ended.

NĐ 118/2025 Đ.28.2a: all parts bear a code of the desk that received them, and one joint due moment.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.operations.files import share_with
from portal.accounts.models import User
from portal.calendar.ledger import EntryKind
from portal.events import record
from portal.events.actors import Actor, System
from portal.isolation import Purpose, scope
from services import versions
from services.errors import NoReasonError, NotAllowedError, NotOfferedError, WrongStateError
from services.events import Fact
from services.interlinked import JoinedPart, answers_of, joined_on, unit_of
from services.kinds import Channel
from services.models import Attachment, Component, Dossier, LinkedPart, ProcedureVersion, Proof
from services.models.dossiers import SUMMARY_LENGTH
from services.operations import clock
from services.operations.codes import take_code
from services.operations.filing import Filing, Owner, Places, make_dossier
from services.operations.moving import lock, people, save, step, tell
from services.operations.steps import begin
from services.policies import may_choose_joint_limit
from services.queries.catalogue import version_on
from services.queries.joined import is_over, joint_cases, open_parts_of, parts_of
from services.states import TRANSITIONS, Action, State

GROUND = "NĐ 118/2025 Đ.28.2a"


def open_parts(*, joined: Dossier, actor: User, now: datetime) -> None:
    """A dossier for each part, accepted with the whole and on its way to its organ. The caller has just accepted it.

    Raises NotOfferedError when a part is not in the catalogue on the day.
    """
    on = localdate(now)
    definition = joined_on(joined.version.code, on)
    if definition is None:
        return
    for number, part in enumerate(definition.parts, start=1):
        version = version_on(part.procedure, on)
        if version is None:
            raise NotOfferedError
        row = _open_part(joined, part, version, actor=actor, now=now)
        LinkedPart.objects.create(joined=joined, dossier=row, key=part.key, number=number)
        facts = {"part": part.key, "dossier": str(row.pk), "competent": row.competent_unit_id, "due_at": row.due_at}
        tell(Fact.PART_OPENED, joined, actor=actor, now=now, facts=facts)
    step(joined, Action.START, actor=actor, now=now)


@transaction.atomic
def settle(*, joined: Dossier, part: Dossier, actor: Actor, now: datetime) -> Dossier:
    """A part has ended: the whole says so, and ends with the last of them. Once only for each part."""
    locked = lock(joined)
    rows = parts_of(locked)
    own = next((row for row in rows if row.dossier_id == part.pk), None)
    if own is None or not locked.is_open:
        return locked
    facts = {"part": own.key, "dossier": str(part.pk), "state": own.dossier.state}
    tell(Fact.PART_ENDED, locked, actor=actor, now=now, facts=facts)
    if is_over(rows):
        _end(locked, {State(row.dossier.state) for row in rows}, now)
    return locked


@transaction.atomic
def choose_joint_limit(*, joined: Dossier, limit_case: str, reason: str, actor: User, now: datetime) -> Dossier:
    """A case of the joined procedure's law adds time, such as an organ that asks to complete: the joint due moment
    moves for the whole and for each open part, never to an earlier day.

    Raises NotAllowedError, WrongStateError, NoReasonError.
    """
    locked = lock(joined)
    if not may_choose_joint_limit(actor, locked):
        raise NotAllowedError
    if limit_case not in {key for key, _words in joint_cases(locked)}:
        raise WrongStateError
    if not reason.strip():
        raise NoReasonError
    before, limit = locked.due_at, versions.limit_of(locked.version, limit_case)
    _count_again(locked, limit_case)
    for part in open_parts_of(locked):
        _count_again(lock(part), versions.joint_case(limit))
    facts = {"limit_case": limit_case, "from": before, "to": locked.due_at, "reason": reason.strip()[:300]}
    tell(Fact.JOINT_LIMIT_CHOSEN, locked, actor=actor, now=now, facts=facts)
    return locked


def _open_part(joined: Dossier, part: JoinedPart, version: ProcedureVersion, *, actor: User, now: datetime) -> Dossier:
    row = make_dossier(filing=_filing(joined, part, version, now), actor=actor, now=joined.submitted_at)
    row.pin = joined.pin
    record(
        TRANSITIONS[Action.SUBMIT].fact,
        subject=row,
        actor=actor,
        unit=row.responsible_unit_id,
        at=now,
        after=row.state,
        facts={"version": version.pk, "joined": str(joined.pk), "competent": row.competent_unit_id},
        concerns=people(row),
    )
    _papers(row, joined, part, actor=actor, now=now)
    row.limit_case = versions.joint_case(versions.limit_of(joined.version, joined.limit_case))
    counted = clock.enter(
        row, EntryKind.START, ground=GROUND, actor=actor, now=now, at=joined.accepted_at, proof=GROUND
    )
    row.due_at = row.next_due_at = max(counted.moment, joined.due_at or counted.moment)
    row.code = take_code(unit_id=joined.receiving_unit_id, day=localdate(now))
    row.accepted_at, row.answered_at, row.alerted_at, row.printed_due_at = joined.accepted_at, now, now, row.due_at
    changed = ["code", "accepted_at", "answered_at", "alerted_at", "printed_due_at", "limit_case", "pin_sealed"]
    facts = {"code": row.code, "due_at": row.due_at, "entered_at": now}
    step(row, Action.ACCEPT, actor=actor, now=now, changed=[*changed, *clock.FIELDS], facts=facts)
    begin(row, actor=actor, now=now)
    return row


def _filing(joined: Dossier, part: JoinedPart, version: ProcedureVersion, now: datetime) -> Filing:
    on = localdate(now)
    return Filing(
        version=version,
        owner=Owner(joined.owner_name, joined.owner_number, joined.owner),
        filer=joined.filer,
        filer_name=joined.filer_name,
        filer_number=joined.filer_number,
        answers=answers_of(part, version, joined, on),
        contact=joined.contact,
        summary=f"{version.name_vi}: {joined.owner_name}"[:SUMMARY_LENGTH],
        places=Places(joined.receiving_unit_id, unit_of(part, joined, on), joined.returning_unit_id),
        channel=Channel(joined.channel),
        return_channel=Channel(joined.return_channel),
        assisted_by=joined.assisted_by,
        confirmed_at=joined.confirmed_at,
    )


def _papers(row: Dossier, joined: Dossier, part: JoinedPart, *, actor: User, now: datetime) -> None:
    """What was checked with the whole is not asked again; what only the part's own list names, is covered by it."""
    checked = {one.key: one for one in Component.objects.filter(dossier=joined).order_by("id")}
    for wanted in versions.components(row.version):
        source = checked.get(part.papers.get(wanted.key, wanted.key))
        one = Component(dossier=row, key=wanted.key, name=wanted.name, proof=Proof.NOT_NEEDED, note=GROUND)
        if source is not None:
            for name in ("proof", "source", "source_ref", "source_at", "result_code", "note"):
                setattr(one, name, getattr(source, name))
            one.originals, one.certified, one.copies = source.originals, source.certified, source.copies
        one.checked_by, one.checked_at = actor, now
        one.save(force_insert=True)
        if source is not None:
            _files(source, one, row, actor=actor, now=now)


def _files(source: Component, target: Component, row: Dossier, *, actor: User, now: datetime) -> None:
    """A citizen's own file is theirs to give; that the organs of the parts read it, says the joined procedure."""
    for one in Attachment.objects.filter(component=source, replaced_at=None).select_related("file").order_by("id"):
        Attachment.objects.create(
            component=target, file=one.file, attached_at=now, attached_by=one.attached_by or actor.event_actor
        )
        with scope(purpose=Purpose.RELAY):
            share_with(file=one.file, unit_ids=sorted(row.unit_ids()), actor=System.RELAY, now=now)


def _end(joined: Dossier, ends: set[State], now: datetime) -> None:
    """With one result in somebody's hands the whole is returned; without any it ends as its parts did."""
    actor = System.RELAY
    clock.enter(joined, EntryKind.STOP, ground=GROUND, actor=actor, now=now)
    changed = list(clock.FIELDS)
    if State.RETURNED in ends:
        joined.decided_at = now
        in_time = joined.due_at is None or now <= joined.due_at
        step(joined, Action.DECIDE, actor=actor, now=now, changed=[*changed, "decided_at"], facts={"in_time": in_time})
        step(joined, Action.RETURN, actor=actor, now=now, facts={"ground": GROUND})
        return
    joined.reason = GROUND
    action = Action.WITHDRAW if ends == {State.WITHDRAWN} else Action.STOP
    step(joined, action, actor=actor, now=now, changed=[*changed, "reason"], facts={"ground": GROUND})


def _count_again(dossier: Dossier, limit_case: str) -> None:
    was, dossier.limit_case = dossier.due_at, limit_case
    found = clock.count(dossier)
    dossier.due_at = max(found, was or found)
    if dossier.next_due_at is not None:
        dossier.next_due_at = dossier.due_at
    save(dossier, "limit_case", "due_at", "next_due_at")
