"""By what right somebody files for another: what for, from when to when, and by which paper."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import StoredFile
from portal.accounts.models import User
from portal.events import record
from services.errors import BadMandateError, NotAllowedError
from services.events import Fact
from services.models import Draft, Ground, Mandate
from services.operations.drafts import lock_draft
from services.rules import rules_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What the paper says. `valid_to` None: it names no end."""

    ground: Ground
    principal_name: str
    scope: str
    valid_from: date
    valid_to: date | None = None
    reference: str = ""
    file: StoredFile | None = None
    shown: bool = False


@transaction.atomic
def give_mandate(*, draft: Draft, right: Right, actor: User, now: datetime) -> Mandate:
    """Keep it with the draft, in place of an earlier one. Only an officer at a desk says that a paper was shown.

    Raises BadMandateError when it does not hold today, and what every deed on a draft does.
    """
    locked = lock_draft(draft=draft, actor=actor, now=now)
    if right.shown and locked.desk_unit_id is None:
        raise NotAllowedError
    valid_to = right.valid_to or _end(right)
    if right.valid_from > localdate(now) or (valid_to and valid_to < localdate(now)):
        raise BadMandateError
    values = {
        "ground": right.ground,
        "principal_name": right.principal_name,
        "scope": right.scope,
        "valid_from": right.valid_from,
        "valid_to": valid_to,
        "reference": right.reference,
        "file": right.file,
        "shown": right.shown,
        "entered_at": now,
        "entered_by": actor.event_actor,
    }
    mandate, _made = Mandate.objects.update_or_create(draft=locked, defaults=values)
    facts = {"ground": right.ground, "from": right.valid_from, "to": valid_to, "shown": right.shown}
    record(
        Fact.MANDATE_GIVEN,
        subject=locked,
        actor=actor,
        unit=locked.desk_unit_id,
        at=now,
        facts=facts,
        concerns=[locked.writer_id],
    )
    return mandate


def _end(right: Right) -> date | None:
    """A paper that names no end holds for a year; who represents by law does so without a term. BLDS 2015 Đ.563"""
    if right.ground == Ground.BY_LAW:
        return None
    months = right.valid_from.month - 1 + rules_on(right.valid_from).mandate_months
    year, month = right.valid_from.year + months // 12, months % 12 + 1
    same_day = min(right.valid_from.day, monthrange(year, month)[1])
    return date(year, month, same_day) - timedelta(days=1)
