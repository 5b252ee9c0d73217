"""Rules of retention are carried out on one dossier: talk, papers, receipts, at last whose affair it was.

Each in one transaction with its event. Events themselves are never touched: they hold ids, codes and digests.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Manager, QuerySet
from django.utils.timezone import localdate

from documents.models import StoredFile
from documents.operations.removing import remove_file
from portal.events import record
from portal.events.actors import Actor
from services.events import Fact
from services.models import (
    Attachment,
    ClockEntry,
    Component,
    Confirmation,
    Consultation,
    Correction,
    Dossier,
    Draft,
    Evidence,
    Extension,
    Fee,
    FeeReceipt,
    Handover,
    Mandate,
    Message,
    Note,
    PackagedDossier,
    Payment,
    PaymentMessage,
    PrintedForm,
    Rating,
    RealMoment,
    Refund,
    RetentionStep,
    SubjectKind,
    Supplement,
    SupplementItem,
    Tombstone,
    WorkItem,
)
from services.models.dossiers import NOTHING_PERSONAL
from services.operations.evidence import forget_evidence
from services.operations.moving import people, save
from services.queries import retention as queries
from services.queries.retention import RECEIPT_FORM
from services.retention_kinds import CARRIED_OUT, Kept
from services.retention_rules import RetentionRule, retention_rules_on

GONE = "-"  # where the database asks for some text
Emptied = dict[str, str | bytes | None]
# Everything that somebody wrote or that names people, by the rows of a dossier; scores, dates and kinds stay.
OF_DOSSIER: tuple[tuple[Manager[Any], str, Emptied], ...] = (
    (Component.objects, "dossier", {"note": "", "source_ref": ""}),
    (Supplement.objects, "dossier", {"reason": ""}),
    (SupplementItem.objects, "supplement__dossier", {"text": ""}),
    (WorkItem.objects, "dossier", {"note": ""}),
    (Handover.objects, "dossier", {"note": ""}),
    (Rating.objects, "dossier", {"text": ""}),
    (Confirmation.objects, "dossier", {"content_sealed": b"", "objection_sealed": None}),
    (Consultation.objects, "dossier", {"asked_sealed": b"", "answer_sealed": None, "reason": ""}),
    (Extension.objects, "dossier", {"reason": "", "answer": ""}),
    (RealMoment.objects, "dossier", {"reason": GONE, "proof": GONE, "answer": ""}),
    (Correction.objects, "dossier", {"wrong": "", "answer": "", "asked_by": None}),
    (Mandate.objects, "dossier", {"principal_name": "", "scope": "", "reference": ""}),
    (Fee.objects, "dossier", {"evidence": GONE, "claim_evidence": ""}),
    (ClockEntry.objects, "dossier", {"proof": ""}),
)
# Who did it, where that was a citizen; officers stay, they answer for what they did.
BY: tuple[tuple[Manager[Any], str, str], ...] = (
    (ClockEntry.objects, "dossier", "entered_by"),
    (Attachment.objects, "component__dossier", "attached_by"),
    (Mandate.objects, "dossier", "entered_by"),
    (PrintedForm.objects, "dossier", "printed_by"),
    (Fee.objects, "dossier", "assessed_by"),
    (Payment.objects, "dossier", "begun_by"),
    (Refund.objects, "dossier", "asked_by"),
)


@transaction.atomic
def carry_out(*, dossier_id: uuid.UUID, kind: Kept, actor: Actor, now: datetime) -> bool:
    """Whether it was done: not when its time has not come, something holds it, the archive lacks it, or another worker
    has it in hand.

    The caller's scope must let the rows of the dossier be seen and be for the purpose of retention.
    """
    found = queries.due_now(kind, now).filter(pk=dossier_id)
    row = found.select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return False
    rule, due_at = retention_rules_on(localdate(now)).rule(row.rule), row.kept_until
    dossier = Dossier.objects.select_related("version__procedure").get(pk=dossier_id)
    concerned = people(dossier)
    if kind is Kept.DOSSIER:
        number = _minimise(dossier, rule, actor, now)
    else:
        number = {Kept.TALK: _forget_talk, Kept.PAPERS: _remove_papers, Kept.RECEIPT: _forget_receipts}[kind](
            dossier, rule, actor, now
        )
        save(dossier)
    RetentionStep.objects.create(
        dossier=dossier, kind=kind.value, rule=rule.key, ground=rule.ground, due_at=due_at, done_at=now, number=number
    )
    record(
        CARRIED_OUT[kind],
        subject=dossier,
        actor=actor,
        unit=dossier.responsible_unit_id,
        at=now,
        facts={"rule": rule.key, "ground": rule.ground, "due_at": due_at, "number": number},
        concerns=concerned,
    )
    return True


def _forget_talk(dossier: Dossier, rule: RetentionRule, actor: Actor, now: datetime) -> int:
    files = StoredFile.objects.filter(pk__in=Message.objects.filter(dossier=dossier).values("file"))
    number = _remove(files, dossier, rule, actor, now)
    number += Message.objects.filter(dossier=dossier).delete()[0]
    return number + Note.objects.filter(dossier=dossier).delete()[0]


def _remove_papers(dossier: Dossier, rule: RetentionRule, actor: Actor, now: datetime) -> int:
    queries.forms(dossier).update(data_sealed=b"")
    return _remove(queries.files_of(dossier), dossier, rule, actor, now)


def _forget_receipts(dossier: Dossier, rule: RetentionRule, actor: Actor, now: datetime) -> int:
    number = FeeReceipt.objects.filter(dossier=dossier).update(payer_name="")
    number += PaymentMessage.objects.filter(payment__dossier=dossier).update(body_sealed=b"")
    receipts = PrintedForm.objects.filter(dossier=dossier, form=RECEIPT_FORM)
    receipts.update(data_sealed=b"")
    _remove(StoredFile.objects.filter(pk__in=receipts.values("file")), dossier, rule, actor, now)
    return number


def _remove(files: QuerySet[StoredFile], dossier: Dossier, rule: RetentionRule, actor: Actor, now: datetime) -> int:
    unit, ids = dossier.responsible_unit_id, list(files.order_by("id").values_list("pk", flat=True))
    return sum(remove_file(file_id=one, unit_id=unit, ground=rule.ground, actor=actor, now=now) for one in ids)


def _empty(dossier: Dossier) -> int:
    """Only what is not empty already, so that the number says what went."""
    number = 0
    for rows, path, emptied in OF_DOSSIER:
        of = rows.filter(**{path: dossier})
        for name, left in emptied.items():
            full = (
                of.exclude(**{name: left}).exclude(**{name: None}) if left is not None else of.exclude(**{name: None})
            )
            full = full.exclude(**{name: ""}) if isinstance(left, str) else full
            number += full.order_by().update(**{name: left})
    return number


def _minimise(dossier: Dossier, rule: RetentionRule, actor: Actor, now: datetime) -> int:
    """What is left says what was decided when, by whom and where, and nothing about whose affair it was."""
    files = queries.files_of(dossier, gone=True)
    digests = {"files": sorted(set(files.values_list("blob_id", flat=True))), "declared": _digest(dossier)}
    packaged = PackagedDossier.objects.filter(dossier=dossier).first()
    number = _remove_papers(dossier, rule, actor, now) + _forget_talk(dossier, rule, actor, now)
    number += _empty(dossier)
    number += _forget_declared(dossier, actor, now)
    for name, left in {**NOTHING_PERSONAL, "minimised_at": now}.items():
        setattr(dossier, name, left)
    save(dossier, *NOTHING_PERSONAL, "minimised_at")
    Tombstone.objects.create(
        dossier=dossier,
        reference=dossier.reference,
        code=dossier.code,
        procedure=dossier.version.procedure.code,
        unit_id=dossier.responsible_unit_id,
        outcome=dossier.state,
        submitted_at=dossier.submitted_at,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        decided_at=dossier.decided_at,
        closed_at=dossier.closed_at or now,  # what is closed has its moment
        result_document=dossier.result_document,
        digests=digests,
        package_id=packaged.package_id if packaged else None,
        rule=rule.key,
        ground=rule.ground,
        minimised_at=now,
    )
    return number


def _digest(dossier: Dossier) -> str:
    return queries.declared_digest(dossier.answers)


def _forget_declared(dossier: Dossier, actor: Actor, now: datetime) -> int:
    """What registers said for it, and the draft from which it was filed."""
    evidence = Evidence.objects.filter(subject_id=dossier.pk, subject_kind=SubjectKind.DOSSIER)
    number = evidence.exclude(content_sealed=b"").update(content_sealed=b"", reference="", citizen=None, asked_by="")
    for draft in Draft.objects.filter(dossier=dossier).order_by("id"):
        number += 1 + forget_evidence(draft_id=draft.pk, actor=actor, now=now)
        Mandate.objects.filter(draft=draft, dossier__isnull=False).update(draft=None)
        draft.delete()
    for rows, path, name in BY:
        citizens = [f"user:{person}" for person in people(dossier)]
        rows.filter(**{path: dossier, f"{name}__in": citizens}).update(**{name: ""})
    return number


@transaction.atomic
def forget_petition(*, petition_id: uuid.UUID, actor: Actor, now: datetime) -> bool:
    """Who sent it and what they wrote; a published answer never named them."""
    rows = queries.petitions_due(now).filter(pk=petition_id)
    petition = rows.select_for_update(of=("self",), skip_locked=True).first()
    if petition is None:
        return False
    concerned = {petition.filer_id} if petition.filer_id else set()
    emptied: Emptied = {"contact_sealed": None, "contact_index": None, "filer": None, "about_officer": "", "text": ""}
    for name, left in {**emptied, "opinion": ""}.items():
        setattr(petition, name, left)
    petition.revision += 1
    petition.save(update_fields=[*emptied, "opinion", "revision"])
    rule = retention_rules_on(localdate(now)).of(Kept.PETITION)[0]
    unit, facts = petition.responsible_unit_id, {"rule": rule.key, "ground": rule.ground}
    record(Fact.PETITION_FORGOTTEN, subject=petition, actor=actor, unit=unit, at=now, facts=facts, concerns=concerned)
    return True
