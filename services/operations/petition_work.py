"""What officers do with a petition: receive, assign, ask, refuse, forward, merge, answer; each within its limit."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from documents.operations.files import share_with
from portal.accounts.models import User
from portal.calendar import supplement_deadline
from portal.calendar.loading import load
from portal.events.actors import Actor, System
from portal.isolation import Purpose, scope
from services.errors import NoReasonError, NotAllowedError
from services.events import Fact
from services.models import EntryType, Petition, PetitionClock, PetitionEntry, PetitionFile
from services.models.petitions import BARRED_LIMIT, with_part
from services.operations import petition_clocks as clocks
from services.operations.new_work import new_work_at
from services.operations.petition_moving import lock, move, permit, save, tell, write
from services.personal_marks import personal_marks
from services.petition_errors import (
    ComplainedAboutError,
    NobodyElseError,
    NotMergeableError,
    PersonalDataError,
    PetitionMovedError,
    SameUnitError,
    UnknownTypeError,
)
from services.petition_policies import is_barred, may_handle, may_lead, officers_for
from services.petition_rules import petition_rules_on, petition_types
from services.petition_states import (
    OPEN,
    UNTAKEN,
    ClockKind,
    PetitionAction,
    PetitionState,
)
from services.policies import may_at
from services.states import Capability
from services.versions import LONGEST_WAIT

A, K, S = PetitionAction, ClockKind, PetitionState


@transaction.atomic
def receive_petition(*, petition: Petition, actor: User, now: datetime, revision: int | None = None) -> Petition:
    """This officer handles it from now on. Raises what `permit` raises."""
    locked = lock(petition, revision=revision)
    permit(locked, A.RECEIVE, actor)
    locked.handler, locked.received_at = actor, now
    due = clocks.running(locked, K.ANSWER)
    move(locked, A.RECEIVE, actor=actor, now=now, due_at=due, changed=["handler", "received_at"])
    return locked


@transaction.atomic
def assign_petition(
    *, petition: Petition, officer: User, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """By the head, or by whoever holds it. One that nobody has received is received by this.

    Raises NotAllowedError, ComplainedAboutError, PetitionMovedError.
    """
    locked = lock(petition, revision=revision)
    own = locked.handler_id == actor.pk and may_handle(actor, locked)
    if not own and not may_lead(actor, locked):
        raise NotAllowedError
    if S(locked.state) not in {*UNTAKEN, S.PROCESSING, S.SUPPLEMENT}:
        raise PetitionMovedError
    if is_barred(officer, locked):
        raise ComplainedAboutError
    if not may_at(officer, Capability.PETITION_HANDLE, locked.responsible_unit_id):
        raise NotAllowedError
    facts = {"from": str(locked.handler_id) if locked.handler_id else None, "to": str(officer.pk)}
    locked.handler = officer
    if S(locked.state) in UNTAKEN:
        locked.received_at = now
        due = clocks.running(locked, K.ANSWER)
        move(locked, A.RECEIVE, actor=actor, now=now, due_at=due, changed=["handler", "received_at"], facts=facts)
    else:
        save(locked, "handler")
    tell(Fact.PETITION_ASSIGNED, locked, actor=actor, now=now, facts=facts)
    return locked


@transaction.atomic
def ask_filer(*, petition: Petition, text: str, actor: User, now: datetime, revision: int | None = None) -> Petition:
    """What is missing, in one request. The clock of the answer waits, as the rules of the day have it."""
    locked = _begun(petition, A.ASK, text, actor, revision)
    on = localdate(now)
    rules = petition_rules_on(on)
    calendar = load(locked.responsible_unit_id, first=on - timedelta(days=1), last=on + LONGEST_WAIT)
    until = supplement_deadline(requested_at=now, calendar=calendar, days=rules.supplement_days).moment
    entry = write(locked, EntryType.REQUEST, text, actor=actor, now=now, until=until)
    running = (K.REFUSE, K.FORWARD) if rules.answer_restarts else (K.REFUSE, K.FORWARD, K.ANSWER)
    late = clocks.end(locked, met=K.ASK, now=now, keep=running)
    clocks.begin(locked, [K.ASK], now=now)  # a second request is timed as well
    facts = {"entry": entry.pk, "until": until, "late": late}
    move(locked, A.ASK, actor=actor, now=now, due_at=until, facts=facts)
    return locked


@transaction.atomic
def lapse_petition(*, petition: Petition, actor: System, now: datetime) -> Petition | None:
    """What was asked for has not come. None when it came in time after all."""
    locked = lock(petition)
    asked = locked.entries.filter(type=EntryType.REQUEST).order_by("-id").first()
    if S(locked.state) is not S.SUPPLEMENT or asked is None or asked.until is None or asked.until >= now:
        return None
    clocks.end(locked, met=None, now=now)
    write(locked, EntryType.LAPSE, "-", actor=actor, now=now)
    _tell_merged(locked, EntryType.LAPSE, "-", actor, now)
    move(locked, A.LAPSE, actor=actor, now=now)
    return locked


@transaction.atomic
def refuse_petition(
    *, petition: Petition, text: str, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """With the reason, which whoever sent it reads."""
    locked = _begun(petition, A.REFUSE, text, actor, revision)
    entry = write(locked, EntryType.REFUSAL, text, actor=actor, now=now)
    late = clocks.end(locked, met=K.REFUSE, now=now)
    _tell_merged(locked, EntryType.REFUSAL, text, actor, now)
    changed = _take(locked, actor, now)
    move(locked, A.REFUSE, actor=actor, now=now, changed=changed, facts={"entry": entry.pk, "late": late})
    return locked


@transaction.atomic
def forward_petition(
    *, petition: Petition, to_unit: int, text: str, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """To the competent unit, which answers for it at once and receives it there. NĐ 20/2008 Đ.9

    Raises SameUnitError, NotOpenUnitError besides.
    """
    new_work_at(to_unit, now=now)
    locked = _begun(petition, A.FORWARD, text, actor, revision)
    if to_unit == locked.responsible_unit_id:
        raise SameUnitError
    entry = write(locked, EntryType.FORWARDING, text, actor=actor, now=now, to_unit=to_unit)
    late = clocks.end(locked, met=K.FORWARD, now=now)
    facts = {"from": locked.responsible_unit_id, "to": to_unit, "entry": entry.pk, "late": late}
    with scope(purpose=Purpose.PETITION):  # the other unit's rows are not the actor's
        for row in PetitionFile.objects.filter(petition=locked).select_related("file").order_by("id"):
            share_with(file=row.file, unit_ids=[to_unit], actor=actor, now=now)
        locked.responsible_unit_id, locked.handler, locked.received_at = to_unit, None, None
        locked.units = with_part(locked.units, to_unit)
        for other in Petition.objects.filter(merged_into=locked).order_by("id"):
            other.units = with_part(other.units, to_unit)
            save(other, "units")
        clocks.hand_on(locked, to_unit=to_unit, now=now)
        due = clocks.running(locked, K.REFUSE)
        changed = ["responsible_unit", "units", "handler", "received_at"]
        move(locked, A.FORWARD, actor=actor, now=now, due_at=due, changed=changed, facts=facts)
    return locked


@transaction.atomic
def merge_petition(
    *, petition: Petition, into: Petition, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """The same matter was sent before: whoever sent this one hears the answer to that one.

    Raises NotMergeableError besides.
    """
    first, second = sorted([petition.pk, into.pk])  # always in one order, so that two officers never wait in a ring
    rows = {row.pk: row for row in Petition.objects.select_for_update(of=("self",)).filter(pk__in=[first, second])}
    if petition.pk not in rows:
        raise NotAllowedError
    locked = lock(petition, revision=revision)
    permit(locked, A.MERGE, actor)
    main = rows.get(into.pk)
    open_states = OPEN - {S.ANSWERED}
    if main is None or main.pk == locked.pk or main.responsible_unit_id != locked.responsible_unit_id:
        raise NotMergeableError
    if S(main.state) not in open_states or Petition.objects.filter(merged_into=locked).exists():
        raise NotMergeableError
    clocks.end(locked, met=None, now=now)
    locked.merged_into = main
    changed = ["merged_into", *_take(locked, actor, now)]
    move(locked, A.MERGE, actor=actor, now=now, changed=changed, facts={"into": str(main.pk)})
    return locked


@transaction.atomic
def answer_petition(
    *, petition: Petition, text: str, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """The answer goes to whoever sent it, and to those whose petitions were merged into it: then it may tell nothing of
    a person. Raises PersonalDataError besides.
    """
    locked = _begun(petition, A.ANSWER, text, actor, revision)
    merged = Petition.objects.filter(merged_into=locked).count()
    if merged and (found := personal_marks(text, names=[locked.contact.get("name", "")])):
        raise PersonalDataError(found, "text")
    entry = write(locked, EntryType.ANSWER, text, actor=actor, now=now)
    late = clocks.end(locked, met=K.ANSWER, now=now)
    locked.answered_at = now
    clocks.begin(locked, [K.PUBLISH], now=now)
    due = clocks.running(locked, K.PUBLISH)
    facts = {"entry": entry.pk, "late": late, "merged": merged}
    move(locked, A.ANSWER, actor=actor, now=now, due_at=due, changed=["answered_at"], facts=facts)
    _tell_merged(locked, EntryType.ANSWER, text, actor, now)
    return locked


@transaction.atomic
def bar_officer(
    *, petition: Petition, officer: User, text: str, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """The head knows whom it complains about: that officer neither handles it nor sees it any more.

    Raises NotAllowedError, NoReasonError, NobodyElseError, PetitionMovedError.
    """
    locked = lock(petition, revision=revision)
    if not may_lead(actor, locked) or officer == actor:
        raise NotAllowedError
    if S(locked.state) not in OPEN:
        raise PetitionMovedError
    if not text.strip():
        raise NoReasonError
    barred: list[UUID] = sorted({*locked.barred, officer.pk})[:BARRED_LIMIT]
    if not officers_for(locked.responsible_unit_id, localdate(now), besides=frozenset(barred)):
        raise NobodyElseError
    locked.barred = barred
    if locked.handler_id == officer.pk:
        locked.handler = None
    write(locked, EntryType.NOTE, text, actor=actor, now=now)
    save(locked, "barred", "handler")
    tell(Fact.PETITION_BARRED, locked, actor=actor, now=now, facts={"officer": str(officer.pk)})
    return locked


@transaction.atomic
def classify_petition(
    *, petition: Petition, kind: str, repeats: Petition | None, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """Its type (index 5.1), and which earlier one it repeats (index 5.3)."""
    locked = lock(petition, revision=revision)
    if not may_handle(actor, locked):
        raise NotAllowedError
    if S(locked.state) not in OPEN:
        raise PetitionMovedError
    if kind not in petition_types():
        raise UnknownTypeError
    if repeats is not None and (repeats.pk == locked.pk or repeats.filed_at > locked.filed_at):
        raise NotMergeableError
    locked.kind, locked.repeat_of = kind, repeats
    save(locked, "kind", "repeat_of")
    facts = {"kind": kind, "repeats": str(repeats.pk) if repeats else None}
    tell(Fact.PETITION_LINKED, locked, actor=actor, now=now, facts=facts)
    return locked


@transaction.atomic
def note_petition(*, petition: Petition, text: str, actor: User, now: datetime) -> PetitionEntry:
    """For colleagues only."""
    locked = lock(petition)
    if not may_handle(actor, locked):
        raise NotAllowedError
    if not text.strip():
        raise NoReasonError
    entry = write(locked, EntryType.NOTE, text, actor=actor, now=now)
    tell(Fact.NOTE_WRITTEN, locked, actor=actor, now=now, facts={"entry": entry.pk})
    return entry


@transaction.atomic
def note_breach(*, clock: PetitionClock, actor: System, now: datetime) -> PetitionClock | None:
    """The time of a duty has ended without its deed: that is kept, whatever is done later. None when it was done."""
    locked = PetitionClock.objects.select_for_update(of=("self",)).select_related("petition").get(pk=clock.pk)
    if locked.ended_at is not None or locked.breached_at is not None or locked.due_at >= now:
        return None
    locked.breached_at = now
    locked.save(update_fields=["breached_at"])
    facts = {"clock": locked.kind, "due_at": locked.due_at}
    tell(Fact.PETITION_BREACHED, locked.petition, actor=actor, now=now, facts=facts)
    return locked


def _begun(petition: Petition, action: PetitionAction, text: str, actor: User, revision: int | None) -> Petition:
    """Locked and permitted, with something to say."""
    locked = lock(petition, revision=revision)
    permit(locked, action, actor)
    if not text.strip():
        raise NoReasonError
    return locked


def _tell_merged(petition: Petition, kind: EntryType, text: str, actor: Actor, now: datetime) -> None:
    """Those who asked the same hear how it ended."""
    for other in Petition.objects.filter(merged_into=petition).order_by("id"):
        write(other, kind, text, actor=actor, now=now)
        if kind is EntryType.ANSWER:
            other.answered_at = now
            save(other, "answered_at")


def _take(petition: Petition, actor: Actor, now: datetime) -> list[str]:
    """Whoever ends it before anybody received it has handled it."""
    if petition.handler_id is None and isinstance(actor, User):
        petition.handler, petition.received_at = actor, petition.received_at or now
    return ["handler", "received_at"]
