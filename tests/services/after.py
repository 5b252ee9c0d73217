"""Home and its neighbour have become one ward, Phường An Đông, two days ago."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.models import AssignmentKind
from staff.operations import Decision, appoint, create_post
from tests.cast import Cast
from tests.services.build import Office
from tests.units.reorganising import DRAFTER, SIGNER
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Head, Result, Source, draft_act, schedule_act, sign_act, simulate, take_effect
from units.operations.steps import ZONE
from units.queries import root

DAY = date(2026, 11, 24)  # after the day on which the cast's units are looked up
MIDNIGHT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # in Vietnam, of DAY
LATER = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class After:
    office: Office
    act: ReorgEvent
    home: int
    neighbour: int
    new: int


def draft_merger(people: Cast, now: datetime, day: date = DAY) -> ReorgEvent:
    country = root(day)
    assert country is not None
    head = Head(ActKind.MERGE, "77/NQ-HĐND", now.date(), day, "Sắp xếp", country.unit_id, bytes(32))
    with scope(purpose=Purpose.REORGANISATION):
        return draft_act(
            head=head,
            results=[Result("X", "An Đông", "phuong", people.province, code="00099")],
            sources=[Source(people.home, "X"), Source(people.neighbour, "X")],
            actor=DRAFTER,
            now=now,
        )


def put_down(act: ReorgEvent, now: datetime) -> None:
    """From draft to scheduled."""
    with scope(purpose=Purpose.REORGANISATION):
        tried = simulate(act_id=act.pk, actor=DRAFTER, now=now)
        sign_act(act_id=act.pk, seen=bytes(tried.digest), actor=SIGNER, now=now)
        schedule_act(act_id=act.pk, actor=SIGNER, now=now)


def merged(office: Office, monkeypatch: Any, day: date = DAY) -> After:
    """The clock of the portal stands two days after the act, at nine in the morning."""
    people = office.people
    home, neighbour = people.home, people.neighbour
    midnight = datetime.combine(day, time.min, tzinfo=ZONE)
    act = draft_merger(people, office.now, day)
    new = int(act.changes.get().unit_id)
    put_down(act, office.now)
    act = take_effect(act_id=act.pk, actor=System.REORGANISATION, now=midnight)
    office.now = midnight + timedelta(days=2, hours=9)
    monkeypatch.setattr(timezone, "now", lambda: office.now)
    return After(office, act, home, neighbour, new)


def head_of(office: Office, unit_id: int) -> User:
    """The former chair of An, appointed anew."""
    leader, on = office.people.leader, timezone.localdate(office.now)
    with scope(purpose=Purpose.REORGANISATION):
        post = create_post(unit_id=unit_id, code="commune-chair", first_day=on, actor=System.COMMAND, now=office.now)
        appoint(
            person=leader.person, post=post, kind=AssignmentKind.CONCURRENT, first_day=on,
            decision=Decision("5/QĐ", on), actor=System.COMMAND, now=office.now,
        )  # fmt: skip
    return User.objects.get(pk=leader.user.pk)
