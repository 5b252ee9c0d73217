"""What somebody types before it is filed: saved page by page, resumed anywhere, kept 30 days."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from services import versions
from services.declarations import World, migrate_answers, read
from services.errors import (
    ExpiredError,
    NotAllowedError,
    NotOfferedError,
    StaleError,
    VersionEndedError,
    WrongStateError,
)
from services.events import Fact
from services.kinds import Channel
from services.models import Answers, Draft, ProcedureVersion
from services.operations.evidence import forget_evidence
from services.policies import Capability, may_at
from services.queries.drafts import usual_returning
from services.rules import rules_on


@transaction.atomic
def begin_draft(
    *,
    version: ProcedureVersion,
    actor: User,
    now: datetime,
    desk_unit_id: int | None = None,
    answers: Answers | None = None,
) -> Draft:
    """Begin to fill in a form; at a desk (`desk_unit_id`) for a citizen who stands there."""
    if desk_unit_id is not None and not may_at(actor, Capability.FILE_FOR_CITIZEN, desk_unit_id):
        raise NotAllowedError
    if desk_unit_id is None and not actor.is_citizen:
        raise NotAllowedError
    if not versions.is_in_force(version, localdate(now)):
        raise VersionEndedError
    if not versions.is_filed_here(version, at_desk=desk_unit_id is not None):
        raise NotOfferedError
    draft = Draft(
        version=version,
        writer=actor,
        desk_unit_id=desk_unit_id,
        begun_at=now,
        saved_at=now,
        expires_at=now + rules_on(localdate(now)).draft_kept,
    )
    draft.answers = answers or {}
    draft.save(force_insert=True)
    _tell(Fact.DRAFT_BEGUN, draft, actor, now, {"version": version.pk})
    return draft


@transaction.atomic
def save_answers(
    *, draft: Draft, page: str, answers: Mapping[str, Any], actor: User, now: datetime, revision: int | None = None
) -> Draft:
    """Keep all answers, as they stand after one page; what was typed on it is sent now.

    `revision`: refuse when another device was quicker.
    """
    locked = lock_draft(draft=draft, actor=actor, now=now)
    if revision is not None and locked.revision != revision:
        raise StaleError
    before = locked.answers
    locked.answers = dict(answers)
    locked.again = [key for key in locked.again if before.get(key) == answers.get(key)]
    locked.typed = {key: typed for key, typed in locked.typed.items() if key != page}
    _save(locked, now, "answers_sealed", "again", "typed_sealed")
    _tell(Fact.DRAFT_SAVED, locked, actor, now, {"page": page})
    return locked


@transaction.atomic
def keep_typed(*, draft: Draft, page: str, typed: Mapping[str, list[str]], actor: User, now: datetime) -> Draft:
    """What stands in a page's boxes while somebody still types. Told once per page, not with every pause."""
    locked = lock_draft(draft=draft, actor=actor, now=now)
    before = locked.typed
    if before.get(page) == typed:
        return locked
    locked.typed = {**before, page: dict(typed)}
    _save(locked, now, "typed_sealed")
    if page not in before:
        _tell(Fact.DRAFT_SAVED, locked, actor, now, {"page": page, "typed": True})
    return locked


@transaction.atomic
def keep(*, draft: Draft, page: str, actor: User, now: datetime, revision: int, **values: Any) -> Draft:
    """Save single fields of the draft as one page left them. Raises StaleError when another page was quicker."""
    locked = lock_draft(draft=draft, actor=actor, now=now)
    if locked.revision != revision:
        raise StaleError
    for field, value in values.items():
        setattr(locked, field, value)
    _save(locked, now, *values)
    _tell(Fact.DRAFT_SAVED, locked, actor, now, {"page": page})
    return locked


@transaction.atomic
def choose_places(
    *,
    draft: Draft,
    competent_unit_id: int,
    return_channel: Channel,
    actor: User,
    now: datetime,
    returning_unit_id: int | None = None,
    postal_address: str = "",
) -> Draft:
    """Who will decide, how the result comes back, and where it is handed out: at any desk of the province.

    Without `returning_unit_id` it comes back to the desk where the citizen stands, else to the commune that decides.
    `postal_address`: where it is sent by post, when not to the address in the declaration.
    """
    locked = lock_draft(draft=draft, actor=actor, now=now)
    locked.competent_unit_id, locked.return_channel = competent_unit_id, str(return_channel)
    locked.returning_unit_id = returning_unit_id or usual_returning(locked, competent_unit_id, localdate(now))
    locked.postal_address = " ".join(postal_address.split()) if return_channel is Channel.POST else ""
    _save(locked, now, "competent_unit", "returning_unit", "return_channel", "postal_sealed")
    facts = {"page": "places", "competent": competent_unit_id, "returning": locked.returning_unit_id}
    _tell(Fact.DRAFT_SAVED, locked, actor, now, facts)
    return locked


@transaction.atomic
def move_draft(*, draft: Draft, version: ProcedureVersion, world: World, actor: User, now: datetime) -> Draft:
    """To the version that is in force now: what is unchanged is kept, the rest is asked again and listed."""
    locked = lock_draft(draft=draft, actor=actor, now=now)
    moved = migrate_answers(read(locked.version.form.definition), read(version.form.definition), locked.answers, world)
    kept, again = moved.kept, sorted({one.question.key for one in moved.to_answer_again})
    facts = {"from": locked.version_id, "to": version.pk, "again": len(again)}
    locked.version, locked.answers, locked.again, locked.typed = version, kept, again, {}
    _save(locked, now, "version", "answers_sealed", "again", "typed_sealed")
    _tell(Fact.DRAFT_MOVED, locked, actor, now, facts)
    return locked


@transaction.atomic
def discard_draft(*, draft: Draft, actor: User, now: datetime) -> None:
    """Throw it away, the files that only it named go with the sweep."""
    locked = lock_draft(draft=draft, actor=actor, now=now)
    _tell(Fact.DRAFT_DISCARDED, locked, actor, now, {"version": locked.version_id})
    locked.delete()


@transaction.atomic
def expire_draft(*, draft_id: uuid.UUID, actor: Actor, now: datetime) -> bool:
    """Its time is over: it goes, with what registers said for it. False when somebody sent or saved it meanwhile."""
    rows = Draft.objects.unsent().filter(pk=draft_id, expires_at__lte=now)
    locked = rows.select_for_update(of=("self",)).first()
    if locked is None:
        return False
    forget_evidence(draft_id=locked.pk, actor=actor, now=now)
    _tell(Fact.DRAFT_EXPIRED, locked, actor, now, {"version": locked.version_id})
    locked.delete()
    return True


def lock_draft(*, draft: Draft, actor: Actor, now: datetime) -> Draft:
    """Raises NotAllowedError, WrongStateError (filed already), ExpiredError."""
    locked = Draft.objects.select_for_update(of=("self",)).select_related("version").get(pk=draft.pk)
    if locked.writer_id != getattr(actor, "pk", None):
        raise NotAllowedError
    if locked.dossier_id is not None:
        raise WrongStateError
    if locked.expires_at <= now:
        raise ExpiredError
    return locked


def _save(draft: Draft, now: datetime, *fields: str) -> None:
    draft.revision += 1
    draft.saved_at, draft.expires_at = now, now + rules_on(localdate(now)).draft_kept
    draft.save(update_fields=sorted({*fields, "revision", "saved_at", "expires_at"}))


def _tell(fact: Fact, draft: Draft, actor: Actor, now: datetime, facts: dict[str, Any]) -> None:
    record(fact, subject=draft, actor=actor, unit=draft.desk_unit_id, at=now, facts=facts, concerns=[draft.writer_id])
