"""An answer is published without personal data, or goes to the person alone. NĐ 20/2008 Đ.19; Luật 91/2025/QH15"""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from services.errors import NoReasonError
from services.models import EntryType, Petition, PublishedPetition
from services.operations import petition_clocks as clocks
from services.operations.petition_moving import lock, move, permit, write
from services.petition_errors import NotConfirmedCleanError, NoTextError
from services.petition_states import ClockKind, PetitionAction
from services.public_words import check_public_words
from units.sorting import search_key


@transaction.atomic
def publish_petition(
    *,
    petition: Petition,
    title: str,
    question: str,
    answer: str,
    confirmed: bool,
    actor: User,
    now: datetime,
    revision: int | None = None,
) -> PublishedPetition:
    """What everybody will read. `confirmed`: the publisher has seen just these words as they will be public.

    Raises what `permit` raises, NoTextError, PersonalDataError, NotConfirmedCleanError.
    """
    locked = lock(petition, revision=revision)
    permit(locked, PetitionAction.PUBLISH, actor)
    title, question, answer = " ".join(title.split()), question.strip(), answer.strip()
    if not (title and question and answer):
        raise NoTextError
    check_public_words(locked, title=title, question=question, answer=answer)
    if not confirmed:
        raise NotConfirmedCleanError
    published = PublishedPetition.objects.create(
        petition=locked,
        unit_id=locked.responsible_unit_id,
        kind=locked.kind,
        title=title,
        question=question,
        answer=answer,
        search_name=f" {search_key(f'{title} {question}')}",
        published_at=now,
    )
    late = clocks.end(locked, met=ClockKind.PUBLISH, now=now)
    move(locked, PetitionAction.PUBLISH, actor=actor, now=now, facts={"publication": published.pk, "late": late})
    return published


@transaction.atomic
def close_petition(
    *, petition: Petition, text: str, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """The matter is a personal one: the answer stays with whoever asked. The reason is kept."""
    locked = lock(petition, revision=revision)
    permit(locked, PetitionAction.CLOSE, actor)
    if not text.strip():
        raise NoReasonError
    write(locked, EntryType.CLOSING, text, actor=actor, now=now)
    clocks.end(locked, met=None, now=now)
    move(locked, PetitionAction.CLOSE, actor=actor, now=now)
    return locked


@transaction.atomic
def retract_petition(
    *, petition: Petition, text: str, actor: User, now: datetime, revision: int | None = None
) -> Petition:
    """What was published is taken off at once: something in it led to a person after all, or was wrong."""
    locked = lock(petition, revision=revision)
    permit(locked, PetitionAction.RETRACT, actor)
    if not text.strip():
        raise NoReasonError
    published = PublishedPetition.objects.select_for_update(of=("self",)).get(petition=locked)
    published.retracted_at = now
    published.save(update_fields=["retracted_at"])
    write(locked, EntryType.RETRACTION, text, actor=actor, now=now)
    move(locked, PetitionAction.RETRACT, actor=actor, now=now, facts={"publication": published.pk})
    return locked
