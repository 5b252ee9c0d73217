"""Results go by post: packed onto a slip, given to the carrier, delivered or back at the desk.

The result counts as returned when it was delivered, by the word of the carrier; what the officer clicked stays beside
it. While an item is packed or on its way nobody hands the result out otherwise. QĐ 45/2016/QĐ-TTg
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from services.errors import NoReasonError, NotAllowedError, ServicesError, WrongStateError
from services.events import Fact
from services.kinds import Channel
from services.models import Dossier, PostalItem, PostalSlip
from services.models.postal import (
    ADDRESS_LENGTH,
    COURIER_LENGTH,
    NOTE_LENGTH,
    PROOF_LENGTH,
    RECEIVER_LENGTH,
)
from services.operations.moving import lock, people, save, tell
from services.operations.results import hand_out
from services.policies import Capability, may_ask_for_post, may_at
from services.postal_errors import (
    BadTrackingError,
    NoPostalAddressError,
    NotForPostError,
    NothingToSendError,
    PostalMomentError,
    SlipGoneError,
    TooManyAttemptsError,
)
from services.postal_rules import postal_rules_on
from services.states import PostalState, Stage, State, is_worked_on

MOST_ON_SLIP = 200


@dataclass(frozen=True, slots=True)
class Prepared:
    """The slip, and what stood against each dossier that is not on it."""

    slip: PostalSlip
    items: Sequence[PostalItem]
    failed: Sequence[tuple[Dossier, ServicesError]]


@dataclass(frozen=True, slots=True)
class Ended:
    """What the carrier says: when, and to whom it was delivered or why it came back."""

    happened_at: datetime
    receiver: str = ""
    proof: str = field(default="", repr=False)
    reason: str = ""
    note: str = ""


@transaction.atomic
def ask_for_post(*, dossier: Dossier, address: str, actor: User, now: datetime, revision: int | None = None) -> Dossier:
    """Send it to this address: said by owner or filer, or by them at the desk; also once more when it came back.

    Raises NotAllowedError, StaleError, NotForPostError, NoPostalAddressError, TooManyAttemptsError.
    """
    if not may_ask_for_post(actor, dossier):
        raise NotAllowedError
    locked = lock(dossier, revision=revision)
    if State(locked.state) is not State.DECIDED or is_worked_on(State(locked.state), Stage(locked.stage)):
        raise NotForPostError
    said = " ".join(address.split())[:ADDRESS_LENGTH]
    if not said:
        raise NoPostalAddressError
    items = PostalItem.objects.filter(dossier=locked)
    if items.open().exists():
        raise NotForPostError
    if len(sent := items.tried(locked)) >= postal_rules_on(localdate(now)).most_attempts:
        raise TooManyAttemptsError
    locked.contact = {**locked.contact, "address": said}
    locked.return_channel, locked.stage = Channel.POST.value, Stage.IN_POST.value
    save(locked, "contact_sealed", "return_channel", "stage")
    tell(Fact.POST_ASKED, locked, actor=actor, now=now, facts={"again": bool(sent)})
    return locked


@transaction.atomic
def prepare_slip(*, unit_id: int, dossiers: Sequence[Dossier], carrier: str, actor: User, now: datetime) -> Prepared:
    """Pack these results, each for the address that its filer gave. One that does not fit keeps none of the others.

    Raises NotAllowedError, NothingToSendError.
    """
    if not may_at(actor, Capability.RETURN, unit_id):
        raise NotAllowedError
    if not 1 <= len(dossiers) <= MOST_ON_SLIP or carrier not in postal_rules_on(localdate(now)).carriers:
        raise NothingToSendError
    slip = PostalSlip.objects.create(unit_id=unit_id, carrier=carrier, made_by=actor, made_at=now)
    items: list[PostalItem] = []
    failed: list[tuple[Dossier, ServicesError]] = []
    for dossier in sorted(dossiers, key=lambda one: one.pk):  # one order of locks for everybody
        try:
            with transaction.atomic():
                items.append(_pack(dossier, slip, actor=actor, now=now))
        except ServicesError as refusal:
            failed.append((dossier, refusal))
    if items:
        facts = {"count": len(items), "carrier": carrier}
        record(Fact.POSTAL_SLIP_MADE, subject=slip, actor=actor, unit=unit_id, at=now, facts=facts)
    else:
        slip_id = slip.pk
        transaction.set_rollback(True)  # an empty slip is none
        return Prepared(PostalSlip(pk=slip_id, unit_id=unit_id), [], failed)
    return Prepared(slip, items, failed)


@transaction.atomic
def take_off_slip(*, item: PostalItem, reason: str, actor: User, now: datetime) -> PostalItem:
    """Before the carrier has it: it waits again, to be sent or collected. Raises NoReasonError, SlipGoneError."""
    dossier, row = _hold(item, actor)
    if row.state != PostalState.PREPARED:
        raise SlipGoneError
    if not reason.strip():
        raise NoReasonError
    row.note, row.ended_at, row.ended_by = reason.strip()[:NOTE_LENGTH], now, actor
    _move(row, PostalState.TAKEN_OFF, actor=actor, now=now)
    save(dossier)
    return row


@transaction.atomic
def hand_slip_over(
    *,
    slip: PostalSlip,
    courier: str,
    handed_at: datetime,
    tracking: Mapping[uuid.UUID, str],
    actor: User,
    now: datetime,
) -> PostalSlip:
    """The carrier has what is on the slip, each item under its number. A result that is being corrected meanwhile stays
    here. Raises NotAllowedError, SlipGoneError, NoReasonError, PostalMomentError, BadTrackingError.
    """
    if not may_at(actor, Capability.RETURN, slip.unit_id):
        raise NotAllowedError
    found = PostalItem.objects.filter(slip=slip, state=PostalState.PREPARED)
    dossiers = {row.dossier_id: lock(Dossier(pk=row.dossier_id)) for row in found.order_by("dossier")}
    locked = PostalSlip.objects.select_for_update(of=("self",)).get(pk=slip.pk)
    rows = list(found.select_for_update(of=("self",)).order_by("id"))
    if locked.handed_at is not None or not rows:
        raise SlipGoneError
    if not courier.strip():
        raise NoReasonError
    if not _minute(locked.made_at) <= handed_at <= now:
        raise PostalMomentError
    locked.courier, locked.handed_at = courier.strip()[:COURIER_LENGTH], handed_at
    locked.handed_by, locked.entered_at = actor, now
    locked.save(update_fields=["courier", "handed_at", "handed_by", "entered_at"])
    sent = 0
    for row in rows:
        row.dossier, row.slip = dossiers[row.dossier_id], locked
        sent += _send(row, tracking.get(row.pk, ""), actor=actor, now=now)
    facts = {"count": sent, "handed_at": handed_at}
    record(Fact.POSTAL_SLIP_HANDED, subject=locked, actor=actor, unit=locked.unit_id, at=now, facts=facts)
    return locked


@transaction.atomic
def note_delivery(*, item: PostalItem, said: Ended, actor: User, now: datetime) -> PostalItem:
    """The carrier delivered it: the result is returned, at that moment.

    Raises NotAllowedError, WrongStateError, NoReasonError, PostalMomentError.
    """
    dossier, row = _sent(item, said, actor, now)
    if not said.receiver.strip() or not said.proof.strip():
        raise NoReasonError
    row.receiver, row.proof = said.receiver.strip()[:RECEIVER_LENGTH], said.proof.strip()[:PROOF_LENGTH]
    row.happened_at, row.ended_at, row.ended_by = said.happened_at, now, actor
    _move(row, PostalState.DELIVERED, actor=actor, now=now)
    if not _is_current(row, dossier):  # found wrong on its way: the corrected one follows
        save(dossier)
        return row
    row.dossier = hand_out(
        dossier=dossier, channel=Channel.POST, receiver=row.receiver, actor=actor, now=now, really_at=row.happened_at
    )
    return row


@transaction.atomic
def note_came_back(*, item: PostalItem, said: Ended, actor: User, now: datetime) -> PostalItem:
    """It lies at the desk again: collected there, or sent once more when its filer gives an address.

    Raises NotAllowedError, WrongStateError, NoReasonError, PostalMomentError.
    """
    dossier, row = _sent(item, said, actor, now)
    if said.reason not in postal_rules_on(localdate(now)).reasons or (said.reason == "other" and not said.note.strip()):
        raise NoReasonError
    row.reason, row.note = said.reason, said.note.strip()[:NOTE_LENGTH]
    row.happened_at, row.ended_at, row.ended_by = said.happened_at, now, actor
    _move(row, PostalState.CAME_BACK, actor=actor, now=now)
    changed = []
    if _is_current(row, dossier):
        dossier.stage, changed = Stage.READY_FOR_PICKUP.value, ["stage"]
    save(dossier, *changed)
    facts = {"item": str(row.pk), "attempt": row.attempt, "reason": row.reason, "happened_at": row.happened_at}
    tell(Fact.RESULT_CAME_BACK, dossier, actor=actor, now=now, facts=facts)
    return row


def _pack(dossier: Dossier, slip: PostalSlip, *, actor: User, now: datetime) -> PostalItem:
    locked = lock(dossier)
    waits = State(locked.state) is State.DECIDED and locked.stage == Stage.IN_POST
    items = PostalItem.objects.filter(dossier=locked)
    document = locked.result_document
    if not waits or document is None or locked.returning_unit_id != slip.unit_id or items.open().exists():
        raise NotForPostError
    contact = locked.contact
    if not contact.get("address"):
        raise NoPostalAddressError
    row = PostalItem(dossier=locked, slip=slip, attempt=items.count() + 1, state=PostalState.PREPARED)
    row.document = document
    row.to = {"name": locked.filer_name, "phone": contact.get("phone", ""), "address": contact["address"]}
    row.save(force_insert=True)
    _mark(row, "", actor=actor, now=now)
    save(locked)
    return row


def _send(row: PostalItem, tracking: str, *, actor: User, now: datetime) -> int:
    """1 when it went; 0 for a result that was found wrong after it was packed."""
    dossier, slip = row.dossier, row.slip
    if not _is_current(row, dossier):
        row.note, row.ended_at, row.ended_by = str(dossier.stage), now, actor
        _move(row, PostalState.TAKEN_OFF, actor=actor, now=now)
        save(dossier)
        return 0
    carrier = postal_rules_on(localdate(now)).carriers.get(slip.carrier)
    row.tracking = "".join(tracking.split()).upper()
    if carrier is not None and not re.fullmatch(carrier.tracking, row.tracking, re.ASCII):
        raise BadTrackingError
    _move(row, PostalState.SENT, actor=actor, now=now)
    save(dossier)
    facts = {
        "item": str(row.pk), "attempt": row.attempt, "carrier": slip.carrier, "handed_at": slip.handed_at,
    }  # fmt: skip
    tell(Fact.RESULT_POSTED, dossier, actor=actor, now=now, facts=facts)
    return 1


def _is_current(row: PostalItem, dossier: Dossier) -> bool:
    """Whether what lies in the envelope is still the result that its dossier waits to hand out."""
    return (
        State(dossier.state) is State.DECIDED
        and dossier.stage == Stage.IN_POST
        and dossier.result_document == row.document
    )


def _hold(item: PostalItem, actor: User) -> tuple[Dossier, PostalItem]:
    """Both rows locked, the dossier first. Raises NotAllowedError."""
    dossier = lock(item.dossier)
    row = PostalItem.objects.select_for_update(of=("self",)).select_related("slip").get(pk=item.pk)
    if not may_at(actor, Capability.RETURN, row.slip.unit_id):
        raise NotAllowedError
    row.dossier = dossier
    return dossier, row


def _sent(item: PostalItem, said: Ended, actor: User, now: datetime) -> tuple[Dossier, PostalItem]:
    dossier, row = _hold(item, actor)
    if row.state != PostalState.SENT or row.slip.handed_at is None:
        raise WrongStateError
    if not _minute(row.slip.handed_at) <= said.happened_at <= now:
        raise PostalMomentError
    return dossier, row


def _minute(moment: datetime) -> datetime:
    """People write hours and minutes."""
    return moment.replace(second=0, microsecond=0)


def _move(row: PostalItem, state: PostalState, *, actor: User, now: datetime) -> None:
    before, row.state = row.state, state
    row.save(
        update_fields=[
            "state", "tracking", "happened_at", "ended_at", "ended_by", "receiver", "proof", "reason", "note",
        ]
    )  # fmt: skip
    _mark(row, before, actor=actor, now=now)


def _mark(row: PostalItem, before: str, *, actor: User, now: datetime) -> None:
    """The item's own event, which the guard of its state asks for."""
    record(
        Fact.POSTAL_ITEM_MOVED,
        subject=row,
        actor=actor,
        unit=row.slip.unit_id,
        at=now,
        before=before,
        after=row.state,
        facts={"dossier": str(row.dossier_id), "slip": str(row.slip_id)},
        concerns=people(row.dossier),
    )
