"""What follows a low rating: the head of the unit answers. NĐ 118/2025 Đ.31, 33"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor, System
from services.errors import NotAllowedError
from services.events import Fact
from services.models import Rating, RatingReply
from services.models.talk import TEXT_LENGTH
from services.operations.moving import people
from services.operations.petition_clocks import due_after
from services.personal_marks import personal_marks
from services.petition_errors import (
    NoTextError,
    PersonalDataError,
    RatedOfficerError,
    ReplyGivenError,
    ReplyStaleError,
)
from services.petition_policies import may_answer_rating
from services.petition_rules import petition_rules_on
from services.petition_states import ReplyState
from units.queries import keepers


@transaction.atomic
def open_reply(*, rating: Rating, actor: Actor, now: datetime) -> RatingReply | None:
    """The task of the head, at the unit that was rated or the one that keeps its closed work. None where nobody has to
    answer.
    """
    rules = petition_rules_on(localdate(now))
    if rating.score > rules.low_score:
        return None
    unit = keepers([rating.unit_id], localdate(now)).get(rating.unit_id, rating.unit_id)
    due_at = due_after(rules.reply_within, unit_id=unit, now=now)
    reply = RatingReply.objects.create(rating=rating, unit_id=unit, state=ReplyState.OPEN, opened_at=now, due_at=due_at)
    facts = {"rating": rating.pk, "score": rating.score, "due_at": due_at}
    _tell(Fact.RATING_REPLY_OPENED, reply, "", actor=actor, now=now, facts=facts)
    return reply


@transaction.atomic
def remind_of_reply(*, reply: RatingReply, actor: System, now: datetime) -> RatingReply | None:
    """Shortly before its time; None when it was answered, or said before."""
    locked = _lock(reply)
    if locked.state != ReplyState.OPEN or locked.reminded_at is not None or locked.due_at <= now:
        return None
    locked.reminded_at = now
    locked.save(update_fields=["reminded_at"])
    _note(Fact.RATING_REPLY_REMINDED, locked, actor=actor, now=now)
    return locked


@transaction.atomic
def note_late_reply(*, reply: RatingReply, actor: System, now: datetime) -> RatingReply | None:
    """Its time is over without an answer: that is kept, whatever is done later."""
    locked = _lock(reply)
    if locked.state != ReplyState.OPEN or locked.breached_at is not None or locked.due_at > now:
        return None
    locked.breached_at = now
    locked.save(update_fields=["breached_at"])
    _note(Fact.RATING_REPLY_BREACHED, locked, actor=actor, now=now)
    return locked


def _lock(reply: RatingReply) -> RatingReply:
    rows = RatingReply.objects.select_for_update(of=("self",)).select_related("rating__dossier")
    return rows.get(pk=reply.pk)


def _note(fact: Fact, reply: RatingReply, *, actor: Actor, now: datetime) -> None:
    """About the organ's own duty: it stands in nobody else's record."""
    record(fact, subject=reply, actor=actor, unit=reply.unit_id, at=now, facts={"due_at": reply.due_at})


@transaction.atomic
def answer_rating(
    *, reply: RatingReply, text: str, actor: User, now: datetime, revision: int | None = None
) -> RatingReply:
    """Whoever rated reads it, with the receipt alone: so nothing in it may lead to a person.

    Raises NotAllowedError, ReplyStaleError, ReplyGivenError, RatedOfficerError, NoTextError, PersonalDataError.
    """
    locked = _lock(reply)
    if not may_answer_rating(actor, locked):
        raise NotAllowedError
    if locked.rating.officer_id == actor.pk:
        raise RatedOfficerError
    if locked.state != ReplyState.OPEN:
        raise ReplyGivenError
    if revision is not None and locked.revision != revision:
        raise ReplyStaleError
    if not text.strip():
        raise NoTextError
    dossier = locked.rating.dossier
    if found := personal_marks(text, names=[dossier.owner_name, dossier.filer_name]):
        raise PersonalDataError(found, "text")
    before, locked.state = locked.state, ReplyState.ANSWERED
    locked.text, locked.answered_at, locked.answered_by = text.strip()[:TEXT_LENGTH], now, actor
    locked.revision += 1
    late = now > locked.due_at
    if late and locked.breached_at is None:
        locked.breached_at = now
    locked.save(update_fields=["state", "text", "answered_at", "answered_by", "revision", "breached_at"])
    facts = {"late": late}
    _tell(Fact.RATING_REPLY_GIVEN, locked, before, actor=actor, now=now, facts=facts)
    return locked


def _tell(
    fact: Fact, reply: RatingReply, before: str, *, actor: Actor, now: datetime, facts: Mapping[str, object]
) -> None:
    record(
        fact,
        subject=reply,
        actor=actor,
        unit=reply.unit_id,
        at=now,
        before=before,
        after=reply.state,
        facts=facts,
        concerns=people(reply.rating.dossier),
    )
