"""People and posts enter the registry."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.accounts.models import User
from portal.events import record
from portal.events.actors import System
from staff import catalogue
from staff.days import days_fit
from staff.errors import BadDaysError, KnownPersonError, NotAllowedError, UnknownPostError
from staff.events import Fact
from staff.models import Person, Post
from staff.policies import Asker, Capability, may_edit


@transaction.atomic
def enter_person(
    *, name: str, number: str, user: User | None, unit_id: int, actor: Asker | System, now: datetime
) -> Person:
    """A human being enters the registry at a unit. The number is sealed before it reaches the database."""
    if not may_edit(actor, Capability.ASSIGNMENT_EDIT, unit_id):
        raise NotAllowedError
    person = Person(user=user, name=" ".join(name.split()), recorded_at=now)
    person.number = number
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise KnownPersonError from error
    record(
        Fact.PERSON_ENTERED,
        subject=person,
        actor=actor,
        unit=unit_id,
        at=now,
        facts={"user": str(user.pk) if user else None},
        concerns=[user.pk] if user else [],
    )
    return person


@transaction.atomic
def create_post(
    *,
    unit_id: int,
    code: str,
    first_day: date,
    until: date | None = None,
    title: str = "",
    phone: str = "",
    actor: Asker | System,
    now: datetime,
) -> Post:
    if not may_edit(actor, Capability.ASSIGNMENT_EDIT, unit_id):
        raise NotAllowedError
    if code not in catalogue.kinds():
        raise UnknownPostError
    if until is not None and until <= first_day:
        raise BadDaysError
    valid = DateRange(first_day, until)
    post = Post(unit_id=unit_id, code=code, title=title, phone=phone, valid=valid, recorded_at=now)
    with days_fit():
        post.save(force_insert=True)
    facts = {"code": code, "from": first_day, "until": until}
    record(Fact.POST_CREATED, subject=post, actor=actor, unit=unit_id, at=now, facts=facts)
    return post
