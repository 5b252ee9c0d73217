"""What a citizen does with a dossier after it was filed, and what is said both ways."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from documents.models import StoredFile
from documents.operations.files import share_with
from portal.accounts.models import User
from portal.calendar.ledger import EntryKind
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services.errors import NoReasonError, NotAllowedError, PartsOpenError, WrongStateError
from services.events import Fact
from services.followed import follow_answers
from services.models import Answers, Dossier, From, Message, Moment, Note, Rating, Supplement
from services.operations import clock, steps
from services.operations.ending import call_off_result, tell_ended
from services.operations.forms import order_stop_notice
from services.operations.moving import lock, permit, save, step, tell
from services.operations.ratings import open_reply
from services.operations.supplements import end_request
from services.policies import Capability, is_party, may_at, may_see
from services.printing import Ending
from services.queries.confirmations import is_being_corrected
from services.queries.joined import open_parts_of
from services.rated import bind
from services.reasons import refund_of, stop_in_writing
from services.states import OPEN, Action, RequestState, State

WITHDRAWN = "NĐ 118/2025 Đ.21.1"
STOPPED = "NĐ 118/2025 Đ.21.3"
LATEST_CHANGE = frozenset({State.SUBMITTED})  # Đ.21.2: what was accepted is changed by a supplement


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What Form 05 says of papers and fee, where that is not the rule."""

    papers: str = ""
    fee: str = ""


BY_RULE = GivenBack()


@transaction.atomic
def withdraw(*, dossier: Dossier, reason: str, actor: User, now: datetime, revision: int | None = None) -> Dossier:
    """At any time until the result is issued; of a joined dossier with all its parts that are open. NĐ 118/2025 Đ.21.1

    A part is withdrawn alone, as any dossier.
    """
    locked = lock(dossier, revision=revision)
    permit(locked, Action.WITHDRAW, actor)
    _withdraw(locked, reason, actor, now)
    for part in open_parts_of(locked):
        _withdraw(lock(part), reason, actor, now)
    return locked


@transaction.atomic
def stop(
    *,
    dossier: Dossier,
    reason: str,
    ground: str,
    actor: User,
    now: datetime,
    revision: int | None = None,
    why: str = "other",
    given_back: GivenBack = BY_RULE,
) -> Dossier:
    """The organ ends the work, with its reason: Form 05. NĐ 118/2025 Đ.21.3

    `why` is a row of `stop_reasons.json`; whether fees go back is part of the event, for whoever keeps the money.
    """
    locked = lock(dossier, revision=revision)
    permit(locked, Action.STOP, actor)
    if not reason.strip() or not ground.strip():
        raise NoReasonError
    before = State(locked.state)
    if open_parts_of(locked):
        raise PartsOpenError
    _end(locked, Action.STOP, why=why, ground=ground, reason=reason, actor=actor, now=now)
    ending = Ending(before, reason, ground, given_back.papers, given_back.fee)
    order_stop_notice(dossier=locked, ending=ending, actor=actor, now=now)
    return locked


def _withdraw(locked: Dossier, reason: str, actor: User, now: datetime) -> None:
    before = State(locked.state)
    _end(locked, Action.WITHDRAW, why="withdrawn", ground=WITHDRAWN, reason=reason, actor=actor, now=now)
    said = stop_in_writing(why="withdrawn", text=reason.strip(), ground=WITHDRAWN)
    tell_ended(dossier=locked, ending=Ending(before, **said), actor=actor, now=now)


def _end(dossier: Dossier, action: Action, *, why: str, ground: str, reason: str, actor: User, now: datetime) -> None:
    request = Supplement.objects.select_for_update().filter(dossier=dossier, state=RequestState.OPEN).first()
    if request is not None:
        request.dossier = dossier
        end_request(request=request, state=RequestState.CANCELLED, actor=actor, now=now)
    changed = ["reason"]
    dossier.reason = reason.strip()[:2000]
    if dossier.accepted_at is not None:
        clock.enter(dossier, EntryKind.STOP, ground=ground, actor=actor, now=now)
        changed += clock.FIELDS
    call_off_result(dossier=dossier, actor=actor, now=now)
    steps.cancel_all(dossier, actor=actor, now=now)
    step(dossier, action, actor=actor, now=now, changed=changed, facts={"ground": ground, **refund_of(why)})


@transaction.atomic
def change_content(
    *,
    dossier: Dossier,
    answers: Answers,
    actor: User,
    now: datetime,
    revision: int | None = None,
) -> Dossier:
    """Correct what was typed, while the desk has not accepted it, or after a draft of the result was found wrong.
    NĐ 118/2025 Đ.21.2

    `answers` are all of them, checked by the form's engine before.
    """
    locked = lock(dossier, revision=revision)
    if not (is_party(actor, locked) or may_at(actor, Capability.FILE_FOR_CITIZEN, locked.receiving_unit_id)):
        raise NotAllowedError
    if State(locked.state) not in LATEST_CHANGE and not is_being_corrected(locked):
        raise WrongStateError
    before = locked.answers
    changed = sorted(key for key in {*before, *answers} if before.get(key) != answers.get(key))
    locked.answers = answers
    follow_answers(locked, before)
    save(locked, "answers_sealed", "contact_sealed", "owner_name", "summary")
    tell(Fact.CONTENT_CHANGED, locked, actor=actor, now=now, facts={"changed": changed[:100]})
    return locked


@transaction.atomic
def send_message(*, dossier: Dossier, text: str, actor: User, now: datetime, file: StoredFile | None = None) -> Message:
    """Between citizen and desk; processing officers go through the desk as well. NĐ 118/2025 Đ.5.1e"""
    locked = lock(dossier)
    own = is_party(actor, locked)
    if not own and not any(may_at(actor, Capability.RECEIVE, unit) for unit in sorted(locked.unit_ids())):
        raise NotAllowedError
    if not text.strip():
        raise NoReasonError
    side = From.CITIZEN if own else From.DESK
    if file is not None and own:
        share_with(file=file, unit_ids=sorted(locked.unit_ids()), actor=actor, now=now)
    message = Message.objects.create(dossier=locked, side=side, author=actor, text=text.strip(), file=file, sent_at=now)
    tell(Fact.MESSAGE_SENT, locked, actor=actor, now=now, facts={"side": side.value, "message": message.pk})
    return message


@transaction.atomic
def write_note(*, dossier: Dossier, text: str, actor: User, now: datetime) -> Note:
    """For colleagues only."""
    locked = lock(dossier)
    if not actor.is_officer or not may_see(actor, locked):
        raise NotAllowedError
    if not text.strip():
        raise NoReasonError
    note = Note.objects.create(dossier=locked, author=actor, text=text.strip(), written_at=now)
    tell(Fact.NOTE_WRITTEN, locked, actor=actor, now=now, facts={"note": note.pk})
    return note


@transaction.atomic
def rate(
    *,
    dossier: Dossier,
    moment: Moment,
    score: int,
    text: str,
    actor: User,
    now: datetime,
    items: Mapping[str, int] | None = None,
) -> Rating:
    """Once after the receipt and once after the result; `items` as in `services/data/rating_items.json`, those that
    were answered. NĐ 118/2025 Đ.31, 33
    """
    locked = lock(dossier)
    if not is_party(actor, locked):
        raise NotAllowedError
    rating = Rating(dossier=locked, moment=moment, score=score, text=text.strip(), given_at=now, items=items or {})
    return _keep(rating, actor)


@transaction.atomic
def rate_by_receipt(
    *,
    dossier_id: uuid.UUID,
    moment: Moment,
    score: int,
    text: str,
    actor: Actor,
    now: datetime,
    items: Mapping[str, int] | None = None,
) -> Rating:
    """Whoever holds the receipt, without an account. Where two come at once, the constraint lets one through."""
    with scope(purpose=Purpose.LOOK_UP):
        dossier = Dossier.objects.get(pk=dossier_id)
        rating = Rating(dossier=dossier, moment=moment, score=score, text=text.strip(), given_at=now, items=items or {})
        return _keep(rating, actor)


def _keep(rating: Rating, actor: Actor) -> Rating:
    dossier, moment = rating.dossier, rating.moment
    ripe = State(dossier.state) not in OPEN - {State.DECIDED} or moment == Moment.RECEIPT
    if not ripe or Rating.objects.filter(dossier=dossier, moment=moment).exists():
        raise WrongStateError
    rating.unit_id = dossier.competent_unit_id
    bind(rating)
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError as twice:
        raise WrongStateError from twice
    facts = {"moment": str(moment), "score": rating.score}
    tell(Fact.RATED, dossier, actor=actor, now=rating.given_at, facts=facts)
    open_reply(rating=rating, actor=actor, now=rating.given_at)
    return rating
