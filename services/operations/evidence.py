"""Questions to registers and their answers, as rows. The network in between is the matter of `services.asking`."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from portal.accounts.directory import users_numbered
from portal.events import Topic, record
from portal.events.actors import Actor
from services.events import Fact
from services.models.evidence import Evidence, SubjectKind
from services.sources import Answer, Away, Found, NotFound, Outcome, Query, SourceKey, Who, Why, offered

ASK_LATER = "services.source.ask"  # topic of the delivery that asks without anybody waiting


@dataclass(frozen=True, slots=True)
class Subject:
    """The draft or dossier for which is asked. `units` may see the answers; the chain of `unit` records the events."""

    kind: SubjectKind
    id: uuid.UUID
    citizen_id: uuid.UUID | None
    units: tuple[int, ...] = ()
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be asked, of whom, and what for. `fields` None asks for all that the register offers.

    `then` names what else is wanted once this is answered; `services.gathering` reads it.
    """

    source: SourceKey
    query: Query
    who: Who
    about: str
    purpose: Why
    component: str = ""
    pointers: tuple[str, ...] = ()
    fields: tuple[str, ...] | None = None
    procedure: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    then: tuple[str, ...] = ()


@transaction.atomic
def begin_question(*, subject: Subject, wish: Wish, later: bool, actor: Actor, now: datetime) -> Evidence:
    """Note that a register is asked, before it is. The same question that is still open is not asked twice.

    With `later` a delivery asks it after commit. The caller has checked that the actor may work on the subject;
    row-level security refuses rows of foreign units and citizens.
    """
    if known := _open(subject, wish):
        return known
    evidence = _new(subject, wish, actor, now)
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:
        if known := _open(subject, wish):
            return known
        raise
    record(
        Fact.SOURCE_ASKED,
        subject=evidence,
        actor=actor,
        unit=subject.unit,
        at=now,
        before="",
        after=Outcome.ASKED,
        facts=_facts(evidence) | {"fields": evidence.fields},
        concerns=_concerned(evidence, wish.who),
        deliveries=[Topic(name=ASK_LATER, payload={"evidence": str(evidence.pk), "unit": subject.unit})]
        if later
        else [],
    )
    return evidence


@transaction.atomic
def keep_answer(*, evidence_id: uuid.UUID, answer: Answer, unit: int | None, actor: Actor, now: datetime) -> Evidence:
    """Store what the register said. A second answer to the same question changes nothing."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    if evidence.outcome != Outcome.ASKED:
        return evidence
    changed = _take(evidence, answer, now)
    evidence.save(update_fields=changed)
    record(
        Fact.SOURCE_ANSWERED,
        subject=evidence,
        actor=actor,
        unit=unit,
        at=now,
        before=Outcome.ASKED,
        after=evidence.outcome,
        facts=_facts(evidence) | {"outcome": evidence.outcome, "reason": evidence.reason, "fields": evidence.given},
        concerns=_concerned(evidence, evidence.question.who),
    )
    return evidence


@transaction.atomic
def hand_over_evidence(
    *, draft_id: uuid.UUID, dossier: Subject, actor: Actor, now: datetime, only: Collection[uuid.UUID] | None = None
) -> int:
    """The draft became a dossier, or other units handle it: its evidence goes along. How many rows.

    Give the dossier's own id as `draft_id` when only its units changed. Whoever hands over must still belong to
    `dossier.units` afterwards: row-level security lets nobody write a row that they could not see. `only`: the rows
    that concern the dossier; the others stay behind.
    """
    found = Evidence.objects.filter(subject_id=draft_id)
    if only is not None:
        found = found.filter(pk__in=only)
    rows = list(found.select_for_update().order_by("id"))
    for evidence in rows:
        evidence.subject_kind, evidence.subject_id, evidence.units = dossier.kind, dossier.id, sorted(dossier.units)
        evidence.save(update_fields=["subject_kind", "subject_id", "units"])
    if rows:
        record(
            Fact.EVIDENCE_MOVED,
            subject=(f"services.{dossier.kind}", str(dossier.id)),
            actor=actor,
            unit=dossier.unit,
            at=now,
            facts={"rows": len(rows), "units": sorted(dossier.units)},
            concerns=[dossier.citizen_id] if dossier.citizen_id else [],
        )
    return len(rows)


@transaction.atomic
def forget_evidence(*, draft_id: uuid.UUID, actor: Actor, now: datetime) -> int:
    """A draft came to nothing: what registers said for it is deleted. Evidence of a dossier stays with it."""
    rows = Evidence.objects.filter(subject_id=draft_id, subject_kind=SubjectKind.DRAFT)
    citizens = list(rows.order_by("citizen_id").values_list("citizen_id", flat=True).distinct())
    count, _each = rows.delete()
    if count:
        record(
            Fact.EVIDENCE_FORGOTTEN,
            subject=("services.draft", str(draft_id)),
            actor=actor,
            unit=None,
            at=now,
            facts={"rows": count},
            concerns=[citizen for citizen in citizens if citizen],
        )
    return count


def _payload(evidence: Evidence, subject: Subject) -> dict[str, object]:
    """Ids only: a delivery is kept for days."""
    return {"evidence": str(evidence.pk), "unit": subject.unit}


def _open(subject: Subject, wish: Wish) -> Evidence | None:
    same = {"source": wish.source, "query": wish.query, "about": wish.about, "component": wish.component}
    return Evidence.objects.of(subject.id).open().filter(**same).first()


def _new(subject: Subject, wish: Wish, actor: Actor, now: datetime) -> Evidence:
    fields = offered(wish.source, wish.query) if wish.fields is None else wish.fields
    evidence = Evidence(
        subject_kind=subject.kind,
        subject_id=subject.id,
        citizen_id=subject.citizen_id,
        units=sorted(subject.units),
        about=wish.about,
        component=wish.component,
        pointers=list(wish.pointers),
        source=wish.source,
        query=wish.query,
        fields=list(fields),
        purpose=wish.purpose,
        procedure=wish.procedure,
        asked_by=actor.event_actor,
        asked_at=now,
        outcome=Outcome.ASKED,
    )
    own = actor.event_actor == f"user:{subject.citizen_id}"
    evidence.content = {
        "who": asdict(wish.who),
        "also": dict(wish.also),
        "officer": "" if own else actor.event_actor.removeprefix("user:"),
        "then": list(wish.then),
    }
    return evidence


def _take(evidence: Evidence, answer: Answer, now: datetime) -> list[str]:
    """Put the answer into the row; the names of the fields that changed."""
    evidence.answered_at = now
    if isinstance(answer, Found):
        evidence.outcome, evidence.answered_at = Outcome.FOUND, answer.moment
        evidence.reference, evidence.expires_at = answer.source_ref[:200], answer.valid_until
        evidence.given = sorted(answer.values)
        evidence.content = evidence.content | {"values": dict(answer.values)}
    elif isinstance(answer, NotFound):
        evidence.outcome = Outcome.NOT_FOUND
    elif isinstance(answer, Away):
        evidence.outcome, evidence.reason = Outcome.AWAY, answer.reason
    return ["outcome", "reason", "answered_at", "reference", "expires_at", "given", "content_sealed"]


def _facts(evidence: Evidence) -> dict[str, object]:
    return {
        "source": evidence.source,
        "query": evidence.query,
        "about": evidence.about,
        "component": evidence.component,
        "purpose": evidence.purpose,
        "procedure": evidence.procedure,
        evidence.subject_kind: str(evidence.subject_id),
    }


def _concerned(evidence: Evidence, who: Who) -> Iterable[uuid.UUID]:
    """Whose affair it is, and whoever was asked about."""
    owner = [evidence.citizen_id] if evidence.citizen_id else []
    return {*owner, *users_numbered([who.number])}
