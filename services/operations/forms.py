"""The printed forms of a dossier: ordered by the deed that hands them out, made and sealed by a worker.

Ordering happens in the transaction of the deed, so that no deed stands without its form; what a form says is sealed
then.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from documents.models import Certificate, StoredFile
from documents.operations.files import share_with, store_made
from documents.operations.signatures import record_signature
from documents.signing.kinds import Signed, Verdict
from portal.accounts.models import User
from portal.events import Topic, record
from portal.events.actors import Actor, System
from services import printing
from services.kinds import Form
from services.models import CollectingAccount, Dossier, Extension, FeeReceipt, PrintedForm, Supplement
from services.operations.moving import people
from services.states import FORM_TRANSITIONS, FormAction

MAKE = "services.form.make"  # topic of the delivery that lays a form out and seals it
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a worker brings back; without `signed` the form waits for its seal."""

    pdf: bytes = field(repr=False)
    signed: Signed | None = field(default=None, repr=False)
    verdict: Verdict | None = field(default=None, repr=False)


def order_receipt(*, dossier: Dossier, actor: User, now: datetime) -> PrintedForm:
    return _order(dossier, Form.RECEIPT, printing.receipt(dossier, actor=actor, now=now), actor, now)


def order_supplement_request(*, request: Supplement, dossier: Dossier, actor: User, now: datetime) -> PrintedForm:
    data = printing.supplement_request(request, dossier=dossier, actor=actor, now=now)
    return _order(dossier, Form.SUPPLEMENT, data, actor, now)


def order_refusal(*, dossier: Dossier, reason: str, ground: str, actor: User, now: datetime) -> PrintedForm:
    data = printing.refusal(dossier, reason=reason, ground=ground, actor=actor, now=now)
    return _order(dossier, Form.REFUSAL, data, actor, now)


def order_apology(*, extension: Extension, dossier: Dossier, actor: User, now: datetime) -> PrintedForm:
    return _order(
        dossier, Form.EXTENSION, printing.apology(extension, dossier=dossier, actor=actor, now=now), actor, now
    )


def order_stop_notice(*, dossier: Dossier, ending: printing.Ending, actor: Actor, now: datetime) -> PrintedForm:
    return _order(dossier, Form.STOP, printing.stop_notice(dossier, ending, actor=actor, now=now), actor, now)


def order_fee_receipt(
    *,
    receipt: FeeReceipt,
    account: CollectingAccount | None,
    dossier: Dossier,
    officer: User | None,
    actor: Actor,
    now: datetime,
) -> PrintedForm:
    """`officer` took the money at the desk; nobody did when a bank said so."""
    data = printing.fee_receipt(receipt, account=account, dossier=dossier, officer=officer, now=now)
    return _order(dossier, Form.FEE, data, actor, now)


def _order(dossier: Dossier, form: Form, data: Mapping[str, Any], actor: Actor, now: datetime) -> PrintedForm:
    made = PrintedForm(
        dossier=dossier, form=form, unit_id=dossier.responsible_unit_id, printed_at=now, printed_by=actor.event_actor
    )
    made.data = dict(data)
    wanted = Topic(name=MAKE, payload={"form": str(made.pk)})
    _move(made, FormAction.ORDER, actor=actor, now=now, deliveries=[wanted])
    return made


@transaction.atomic
def keep_form(*, form_id: uuid.UUID, sheet: Sheet, actor: Actor, now: datetime) -> PrintedForm:
    """Keep what was made. A seal that came meanwhile stays; a further sheet without one changes nothing."""
    form = _locked(form_id)
    action = FormAction.SIGN if sheet.signed else FormAction.KEEP
    if form.state not in FORM_TRANSITIONS[action].sources:
        return form
    content = sheet.signed.pdf if sheet.signed else sheet.pdf
    form.file = _store(form, content, now)
    facts = {"sha256": form.file.blob_id}
    if sheet.signed:
        facts["certificate"] = sheet.signed.fingerprint
        certificate = Certificate.objects.get(fingerprint=sheet.signed.fingerprint)
        record_signature(
            certificate=certificate, signed=sheet.signed, report=sheet.verdict, actor=System.RELAY, now=now
        )
    _move(form, action, actor=actor, now=now, facts=facts)
    return form


@transaction.atomic
def give_up_form(*, form_id: uuid.UUID, actor: Actor, now: datetime) -> PrintedForm:
    """Its data do not fit its layout: another try would not help, and the desk sees it."""
    form = _locked(form_id)
    if form.state in FORM_TRANSITIONS[FormAction.GIVE_UP].sources:
        _move(form, FormAction.GIVE_UP, actor=actor, now=now)
    return form


def _locked(form_id: uuid.UUID) -> PrintedForm:
    return PrintedForm.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=form_id)


def _store(form: PrintedForm, content: bytes, now: datetime) -> StoredFile:
    """The person whom it concerns may open it too, and every unit that has a part in the dossier."""
    dossier = form.dossier
    name = f"{form.form}-{dossier}.pdf"
    owner = dossier.filer_id or dossier.owner_id
    file = store_made(
        content=content, name=name, media_type=PDF, unit_id=form.unit_id, owner=owner, actor=System.RELAY, now=now
    )
    others = sorted(dossier.unit_ids() - {form.unit_id})
    return share_with(file=file, unit_ids=others, actor=System.RELAY, now=now) if others else file


def _move(
    form: PrintedForm,
    action: FormAction,
    *,
    actor: Actor,
    now: datetime,
    facts: Mapping[str, str] | None = None,
    deliveries: Iterable[Topic] = (),
) -> None:
    transition = FORM_TRANSITIONS[action]
    before, form.state = form.state, transition.target
    if transition.sources:
        form.save(update_fields=["state", "file"])
    else:
        form.save(force_insert=True)
    record(
        transition.fact,
        subject=form,
        actor=actor,
        unit=form.unit_id,
        at=now,
        before=before,
        after=form.state,
        facts={"form": form.form, "dossier": str(form.dossier_id), **(facts or {})},
        concerns=people(form.dossier),
        deliveries=deliveries,
    )
