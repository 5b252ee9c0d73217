"""A specialist proposes the result: entered in the register, drafted, checked, and on its way to whoever signs."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import Document, RegisterEntry
from documents.operations.drafting import draft_document, revise_draft
from documents.operations.registers import BookKind, EntryRow, take_number
from documents.operations.route import check_format, review, submit_for_review
from documents.policies import is_filled_certificate
from documents.printing import data_of
from documents.states import DocumentState
from portal.accounts.models import User
from portal.events import Topic
from portal.events.actors import Actor, System
from services.errors import WrongStateError
from services.events import Fact
from services.kinds import StepRole
from services.models import Dossier, WorkItem
from services.models.work import NOTE_LENGTH
from services.operations import steps
from services.operations.confirming import ask_confirmation
from services.operations.moving import hold, lock, require_processing, save, tell
from services.operations.results import note_proposal
from services.outcomes import Entry, Rule, Signer, asks_number, draft_of, entry_words, rule_of
from services.outcomes.civil_status import CHILD_NUMBER
from services.queries.confirmations import must_confirm
from services.queries.corrections import wrong_result
from services.queries.entries import entry_of
from services.queries.signers import signer_of
from services.states import ItemState, Stage, State, at_rest
from staff.models import Person

ASK_NUMBER = "services.newborn.number"  # topic of the delivery that asks, and looks again until it is there


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who shall sign, and what the officer wrote."""

    signer: Signer
    text: str


@transaction.atomic
def propose_result(*, item: WorkItem, signer: Signer, text: str = "", actor: User, now: datetime) -> Dossier:
    """In one transaction: entry, draft, checks, and the specialist's step is done.

    Who filed online confirms the draft first where the procedure asks for it, and a birth whose child has no personal
    number yet waits for it: the proposal then goes on by itself. Raises what `processing.hold` and the deeds of
    `documents` raise; then nothing of it stays.
    """
    dossier, locked = hold(item, actor)
    require_processing(dossier)
    if locked.role != StepRole.SPECIALIST or dossier.stage == Stage.AWAITING_PERSONAL_NUMBER:
        raise WrongStateError
    if must_confirm(dossier, text, localdate(now)):
        return ask_confirmation(item=locked, signer=signer, text=text, actor=actor, now=now).dossier
    if asks_number(dossier, localdate(now)) and not dossier.answers.get(CHILD_NUMBER):
        _ask_number(dossier, locked, Proposed(signer, text), actor, now)
        return dossier
    return _propose(dossier, locked, Proposed(signer, text), actor, now)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would be laid out, as `documents.layouts.render` takes it."""

    layout: str
    on: date
    data: dict[str, Any]


def rehearse(*, item: WorkItem, signer: Signer, text: str = "", actor: User, now: datetime) -> Rehearsed:
    """The very content that `propose_result` would make now; nothing of it stays. Raises what that raises."""
    with transaction.atomic():
        dossier, locked = hold(item, actor)
        require_processing(dossier)
        if locked.role != StepRole.SPECIALIST:
            raise WrongStateError
        document = _draft(dossier, Proposed(signer, text), actor, now)
        found = Rehearsed(document.layout_code, document.layout_on, data_of(document))
        transaction.set_rollback(True)
    return found


@transaction.atomic
def keep_number(*, item_id: UUID, number: str, issued_at: datetime, actor: Actor, now: datetime) -> bool:
    """The register has issued the child's number. Whether it was still waited for; once only."""
    dossier = _waiting(item_id)
    if dossier is None:
        return False
    dossier.answers = {**dossier.answers, CHILD_NUMBER: number}
    dossier.stage = at_rest(State(dossier.state))
    save(dossier, "answers_sealed", "stage")
    tell(Fact.NUMBER_RECEIVED, dossier, actor=actor, now=now, facts={"issued_at": issued_at})
    return True


@transaction.atomic
def give_up_proposal(*, item_id: UUID, reason: str, code: str, actor: Actor, now: datetime) -> None:
    """It could not go on by itself: the officer finds the reason on the step, above what they wrote, and proposes
    again."""
    item = WorkItem.objects.select_related("dossier").get(pk=item_id)
    dossier = lock(item.dossier)
    if dossier.stage == Stage.AWAITING_PERSONAL_NUMBER:
        dossier.stage = at_rest(State(dossier.state))
    save(dossier, "stage")
    if not item.note.startswith(reason):  # it may fail for the same reason again
        item.note = "\n\n".join(filter(None, [reason, item.note]))[:NOTE_LENGTH]
    item.save(update_fields=["note"])
    tell(Fact.PROPOSAL_FAILED, dossier, actor=actor, now=now, facts={"step": item.step, "code": code})


def _waiting(item_id: UUID) -> Dossier | None:
    item = WorkItem.objects.filter(pk=item_id, state=ItemState.OPEN).first()
    dossier = lock(Dossier(pk=item.dossier_id)) if item else None
    if dossier is None:
        return None
    return dossier if dossier.stage == Stage.AWAITING_PERSONAL_NUMBER else None


def _ask_number(dossier: Dossier, item: WorkItem, proposed: Proposed, actor: User, now: datetime) -> None:
    """NĐ 123/2015 Đ.15; what the officer wrote waits on the step, and the delivery carries ids only."""
    entry = _enter(dossier, rule_of(dossier, localdate(now)), actor, now)
    item.note = proposed.text.strip()[:2000]
    item.save(update_fields=["note"])
    dossier.stage = Stage.AWAITING_PERSONAL_NUMBER
    save(dossier, "stage")
    payload = {"item": str(item.pk), "signer": proposed.signer.assignment_id}
    facts = {"entry": entry.pk, "step": item.step}
    order = [Topic(name=ASK_NUMBER, payload=payload)]
    tell(Fact.NUMBER_REQUESTED, dossier, actor=actor, now=now, facts=facts, deliveries=order)


def go_on(*, item_id: UUID, signer_id: int, actor: User, now: datetime) -> Dossier:
    """Propose with what was kept while the citizen or the register was waited for."""
    item = WorkItem.objects.select_related("dossier").get(pk=item_id)
    signer = signer_of(item.dossier.competent_unit_id, signer_id, localdate(now))
    return propose_result(item=item, signer=signer, text=item.note, actor=actor, now=now)


def _propose(dossier: Dossier, item: WorkItem, said: Proposed, actor: User, now: datetime) -> Dossier:
    document = _draft(dossier, said, actor, now)
    document = submit_for_review(document=document, revision=document.revision, actor=actor, now=now)
    if is_filled_certificate(document):
        document = review(document=document, revision=document.revision, actor=System.RELAY, now=now)
        document = check_format(document=document, revision=document.revision, actor=System.RELAY, now=now)
    proposed = note_proposal(dossier=dossier, document_id=document.pk, item=item, actor=actor, now=now)
    item.dossier = proposed
    steps.finish(item, actor=actor, now=now, note=item.note)
    steps.open_next(proposed, actor=actor, now=now)
    return proposed


def _draft(dossier: Dossier, said: Proposed, actor: User, now: datetime) -> Document:
    on = localdate(now)
    rule = rule_of(dossier, on)
    entry = _enter(dossier, rule, actor, now) if rule.series else None
    registered = Entry(entry.text, entry.dated_on) if entry else None
    draft = draft_of(dossier, signer=said.signer, text=said.text, entry=registered, on=on)
    draft = replace(draft, replaces=wrong_result(dossier))
    document = _returned_draft(dossier)
    if document is None:
        return draft_document(draft=draft, actor=actor, now=now)
    return revise_draft(document=document, draft=draft, revision=document.revision, actor=actor, now=now)


def _returned_draft(dossier: Dossier) -> Document | None:
    """What was returned is mended, so that its route stays one."""
    if dossier.result_document is None:
        return None
    return Document.objects.filter(pk=dossier.result_document, state=DocumentState.DRAFT).first()


def _enter(dossier: Dossier, rule: Rule, actor: User, now: datetime) -> RegisterEntry:
    """Before the certificate is signed, what it certifies is entered. Once for a dossier.

    Luật 60/2014/QH13 Đ.16.2, 18.2, 34.2
    """
    if found := entry_of(dossier):
        return found
    on = localdate(now)
    officer = Person.objects.filter(user=actor).only("name").first()
    row = EntryRow(
        notation=rule.notation.format(year=on.year),
        subject=entry_words(dossier, rule.series)[:500],
        signer=officer.name if officer else actor.username,
        file_code=dossier.code,
    )
    return take_number(
        unit_id=dossier.competent_unit_id,
        kind=BookKind.OUTGOING,
        series=rule.series,
        dated_on=on,
        row=row,
        actor=System.RELAY,
        now=now,
    )
