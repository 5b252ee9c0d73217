"""The people of the demo (`data/demo_people.csv`): three communes, one of which an act splits, and their province.

No real number begins with 000.
"""

import base64
import csv
import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.operations import create_officer, note_second_factor
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff import catalogue
from staff.models import Assignment, AssignmentKind, Post
from staff.operations import Decision, appoint, create_post, end_assignment, enter_person

PASSWORD = "hoa-man-tam-hoa-thang-hai"  # noqa: S105  printed by demo_people; refused in production
PROVINCE, HOME, NEIGHBOUR, SPLIT = "province", "home", "neighbour", "split"
CODES = {
    PROVINCE: ("15", "province"),
    HOME: ("02839", "commune"),
    NEIGHBOUR: ("02890", "commune"),
    SPLIT: ("04651", "commune"),
}
SINCE = date(2025, 7, 1)
DECISION = Decision("01/DEMO", date(2025, 6, 30))


@dataclass(frozen=True, slots=True)
class DemoPerson:
    username: str
    name: str
    number: str
    place: str
    post: str
    phone: str
    left: bool  # the assignment ended some days ago
    vneid: bool  # the sandbox's VNeID knows them too

    @property
    def role(self) -> str:
        return catalogue.kinds()[self.post].name

    @property
    def secret(self) -> str:
        """The key of the code app, known to everybody who can read this: only for invented people."""
        return base64.b32encode(hashlib.sha256(f"demo:{self.username}".encode()).digest()[:20]).decode()

    def code(self, now: datetime) -> str:
        return str(format_hotp_value(hotp_value(self.secret, int(now.timestamp()) // 30)))


def _read() -> tuple[DemoPerson, ...]:
    with (catalogue.FOLDER / "demo_people.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_person(row) for row in csv.DictReader(file))


def _person(row: dict[str, str]) -> DemoPerson:
    texts = {name: text for name, text in row.items() if name not in {"left", "vneid"}}
    return DemoPerson(**texts, left=bool(row["left"]), vneid=bool(row["vneid"]))


PEOPLE = _read()
BY_NAME = {person.username: person for person in PEOPLE}


def refuse_production() -> None:
    if not settings.DEMO_PEOPLE_ALLOWED:
        raise ImproperlyConfigured("Demo people exist only where DEMO_PEOPLE_ALLOWED is set, never in production.")


@transaction.atomic
def load(*, units: dict[str, int], now: datetime) -> list[User]:
    """Make who is missing, through the same operations as everybody. `units`: place -> unit id. Returns all of them."""
    refuse_production()
    with scope(purpose=Purpose.DEMO):
        return [_make(person, units[person.place], now) for person in PEOPLE]


def _make(person: DemoPerson, unit_id: int, now: datetime) -> User:
    existing: User | None = User.objects.filter(username=person.username).first()
    if existing is not None:
        return existing
    actor = System.DEMO
    user = create_officer(username=person.username, password=PASSWORD, actor=actor, now=now)
    TOTP.activate(user, person.secret)
    note_second_factor(user=user, kind=Authenticator.Type.TOTP, added=True, now=now)
    human = enter_person(name=person.name, number=person.number, user=user, unit_id=unit_id, actor=actor, now=now)
    post = Post.objects.filter(unit_id=unit_id, code=person.post).order_by("id").first() or create_post(
        unit_id=unit_id, code=person.post, first_day=SINCE, phone=person.phone, actor=actor, now=now
    )
    assignment: Assignment = appoint(
        person=human,
        post=post,
        kind=AssignmentKind.MAIN,
        first_day=SINCE,
        decision=DECISION,
        actor=actor,
        now=now,
    )
    if person.left:
        decision = Decision("02/DEMO", (now - timedelta(days=20)).date())
        end_assignment(
            assignment=assignment, until=(now - timedelta(days=10)).date(), decision=decision, actor=actor, now=now
        )
    return user
