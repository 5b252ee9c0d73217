"""Waiting for the personal number of a newborn: asked by a worker outside of any transaction, looked for until it is
there; then the proposal of the result goes on, with the rights of the officer who made it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from documents.errors import DocumentsError
from documents.registers.errors import RegisterError
from portal.accounts.models import User
from portal.events import Delivery, Remote, Topic, order, subscribe
from services.declarations.values import whole_day
from services.errors import ServicesError
from services.models import Dossier, WorkItem
from services.operations.proposing import ASK_NUMBER, give_up_proposal, go_on, keep_number
from services.queries.entries import entry_of
from services.sources import Away, Issued, Newborn, NotFound, Pending, Who, personal_numbers
from services.states import Stage

LOOK_AGAIN = timedelta(seconds=5)
REFUSALS = (ServicesError, DocumentsError, RegisterError)


class NumbersAwayError(Exception):
    """The register did not answer: the delivery tries again, later and later."""


@dataclass(frozen=True, slots=True)
class Wanted:
    key: uuid.UUID
    newborn: Newborn


def prepare(delivery: Delivery) -> Wanted | None:
    """Nothing when the dossier no longer waits."""
    dossier = _still_waiting(uuid.UUID(str(delivery.payload["item"])))
    if dossier is None:
        return None
    entry = entry_of(dossier)
    return Wanted(dossier.pk, newborn_of(dossier.answers, entry.text if entry else ""))


def _still_waiting(item_id: uuid.UUID) -> Dossier | None:
    """The dossier while it waits for the number, without a lock."""
    item = WorkItem.objects.select_related("dossier__version__form").filter(pk=item_id).first()
    return item.dossier if item and item.dossier.stage == Stage.AWAITING_PERSONAL_NUMBER else None


def newborn_of(answers: Mapping[str, Any], entry: str) -> Newborn:
    return Newborn(
        name=str(answers.get("child_name", "")),
        birth_on=whole_day(str(answers.get("child_birth_day", ""))) or date.min,
        sex=str(answers.get("child_sex", "")),
        ethnicity=str(answers.get("child_ethnic_group", "")),
        nationality=str(answers.get("child_nationality", "")),
        mother=_parent(answers, "mother"),
        father=_parent(answers, "father"),
        birth_entry=entry,
    )


def _parent(answers: Mapping[str, Any], who: str) -> Who | None:
    number, name = str(answers.get(f"{who}_personal_number") or ""), str(answers.get(f"{who}_name") or "")
    return Who(number, name, whole_day(str(answers.get(f"{who}_birth_day", "")))) if number and name else None


def call(delivery: Delivery, prepared: Wanted | None) -> Pending | Issued | None:
    if prepared is None:
        return None
    said = personal_numbers().look(key=prepared.key, now=timezone.now())
    if isinstance(said, NotFound):
        said = personal_numbers().request(prepared.newborn, key=prepared.key, now=timezone.now())
    if isinstance(said, Away):
        raise NumbersAwayError(said.reason)
    return said


def store(delivery: Delivery, reply: Pending | Issued | None, *, now: datetime) -> None:
    item_id, signer_id = uuid.UUID(str(delivery.payload["item"])), int(delivery.payload["signer"])
    actor = User.objects.get(pk=delivery.actor.removeprefix("user:"))
    if isinstance(reply, Pending):
        topic = Topic(name=ASK_NUMBER, payload=delivery.payload, not_before=now + LOOK_AGAIN)
        order(topic, actor=actor, unit=delivery.shard, at=now)
    if not isinstance(reply, Issued):
        return
    if not keep_number(item_id=item_id, number=reply.number, issued_at=reply.issued_at, actor=actor, now=now):
        return
    try:
        go_on(item_id=item_id, signer_id=signer_id, actor=actor, now=now)
    except REFUSALS as error:
        code = getattr(error, "code", type(error).__name__)
        give_up_proposal(item_id=item_id, reason=str(error), code=str(code), actor=actor, now=now)


NUMBERS = Remote(name="numbers", partner="personal-numbers", prepare=prepare, call=call, store=store)


def subscribe_all() -> None:
    subscribe(ASK_NUMBER, NUMBERS)
