"""A small province in which anything may happen: two communes, their province's organ, a commune of another province,
officers at every post, citizens, and procedures of every kind.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from documents.models import Certificate, TrustAnchor
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import System
from portal.isolation import Purpose, scope, use
from services.catalogue.parts import DATA
from services.declarations.definition import embed
from services.models import DeclarationForm, ProcedureVersion
from services.policies import may_at
from services.states import Capability
from staff.models import Person
from staff.policies import remember
from staff.scopes import scope_of
from tests.cast import Cast, Member, cast, officer
from tests.services.build import COMPONENTS, PARTS, RECORDED, Office, version_of
from tests.services.joined import LIMIT
from tests.services.money import account, costing
from tests.services.own import citizen
from tests.services.walk.look import Look
from tests.services.walk.outside import Bank
from tests.services.working import TYPES, real

# Before a holiday each: the national day, the day of culture (24 November), the new year, and Tết.
STARTS = tuple(
    datetime(year, month, day, 1, 30, tzinfo=UTC)
    for year, month, day in ((2026, 8, 26), (2026, 11, 16), (2026, 12, 28), (2027, 2, 1))
)
SETTLED = datetime(2026, 7, 1, tzinfo=UTC)
FEES = {"amount_vnd": 8000, "rule_vi": "8.000 đồng/bản", "per": "copy"}
PLAIN: dict[str, Any] = {
    "limit": {"value": 2, "unit": "working_day"},
    "components": COMPONENTS,
    "forms": [{"component": "application_form", "name_vi": "Tờ khai"}],
    "results": [{"name_vi": "Quyết định", "code": "KQ.G15.000031", "kind": "issue"}],
}
POSTS = ("desk-officer", "civil-status-specialist", "commune-chair", "centre-deputy-director", "clerk")


@dataclass
class World:
    """`now` moves on with every deed, so that no two happen at one moment. `order`: which thing came how early."""

    people: Cast
    units: dict[str, int]
    officers: list[Member]
    citizens: list[User]
    versions: dict[str, ProcedureVersion]
    bank: Bank
    now: datetime = STARTS[0]
    order: dict[tuple[str, str], int] = field(default_factory=dict)
    wishes: dict[str, int] = field(default_factory=dict)  # how often a deed was let through, in this example
    look: Look = field(init=False)

    def __post_init__(self) -> None:
        self.again()

    def again(self) -> None:
        """What was known of the rows is forgotten."""
        self.look = Look(self.order)

    def tick(self, **delta: int) -> datetime:
        self.now += timedelta(**(delta or {"minutes": 3}))
        return self.now

    @cached_property
    def communes(self) -> list[int]:
        return [self.units["home"], self.units["neighbour"]]

    @cached_property
    def everybody(self) -> list[User]:
        return [*(member.user for member in self.officers), *self.citizens]

    @cached_property
    def _able(self) -> dict[tuple[str, int], list[User]]:
        return {}

    def able(self, capability: Capability, unit_id: int) -> list[User]:
        """Whose post brings the capability at the unit."""
        key = (capability.value, unit_id)
        if key not in self._able:
            self._able[key] = [one.user for one in self.officers if may_at(one.user, capability, unit_id)]
        return self._able[key]

    def member(self, user: User) -> Member:
        return next(one for one in self.officers if one.user == user)

    @cached_property
    def _scopes(self) -> dict[object, Any]:
        return {user.pk: scope_of(user) for user in self.everybody}

    @contextmanager
    def acting(self, actor: AbstractBaseUser) -> Iterator[None]:
        """With the rows that a request of this person may see."""
        with use(self._scopes[actor.pk]):
            yield

    def office(self, version: ProcedureVersion) -> Office:
        return Office(self.people, version, self.now)


@contextmanager
def seeing_all(units: dict[str, int]) -> Iterator[None]:
    with scope(units=units.values(), purpose=Purpose.DEMO):
        yield


def settled() -> World:
    """Once for many walks: each begins in it and leaves it as it was."""
    people = cast()
    units = {
        "home": people.home, "neighbour": people.neighbour, "province": people.province, "elsewhere": people.elsewhere,
    }  # fmt: skip
    with seeing_all(units):
        officers = [
            people.desk_officer, people.specialist, people.leader, people.deputy, people.clerk, people.vice_chair,
            people.administrator, people.outsider,
        ]  # fmt: skip
        officers.append(officer("lam", name="Lò Văn Lâm", number="000086000100", unit_id=people.home, post=POSTS[1]))
        for place in ("neighbour", "province"):
            for number, post in enumerate(POSTS):
                name = f"{place}-{post}"
                digits = f"0001860{number:02}{units[place] % 1000:03}"
                officers.append(officer(name, name=f"Lý Văn {number}", number=digits, unit_id=units[place], post=post))
        officers.append(officer("xa", name="Vừ A Xa", number="000086000200", unit_id=people.elsewhere, post=POSTS[0]))
        for member in officers:
            remember(member.user)
        versions = _versions()
        office = Office(people, versions["copies"], SETTLED)
        for unit_id in units.values():
            account(office, unit_id)
        _certificates(officers, units)
        return World(people, units, officers, [citizen(name) for name in ("do", "lan", "my")], versions, Bank())


def _versions() -> dict[str, ProcedureVersion]:
    source = json.loads((DATA / "forms" / "generic.json").read_text("utf-8"))
    generic = DeclarationForm.objects.create(
        digest="generic".ljust(64, "f"), code="generic", definition=embed(source, TYPES), recorded_at=RECORDED
    )
    residence = version_of("1.004222", name_vi="Đăng ký thường trú", form=generic)
    card = version_of("1.001939", name_vi="Cấp thẻ bảo hiểm y tế", form=generic)
    paid = PLAIN | {"fees": FEES, "channels": []}
    found = {
        "birth": real("1.001193"),
        "copies": costing(form=generic),
        "paid first": version_of("9.000001", parts=paid, form=generic, pause_on_payment=True, name_vi="Cấp phép"),
        "clock stands": version_of("9.000002", parts=PLAIN | {"consultation_pause": "Luật Đất đai"}, form=generic),
        "at once": version_of("9.000003", parts=PLAIN | {"limit": {"value": 4, "unit": "working_hour"}}, form=generic),
        "authentication": real("2.000815"),
        "residence": residence,
        "card": card,
        "joined": real("2.000986", name_vi="Liên thông khai sinh", parts=PARTS | {"limit": LIMIT}),
    }
    rows = ProcedureVersion.objects.select_related("procedure", "form")
    return {name: rows.get(pk=row.pk) for name, row in found.items()}


def _certificates(officers: list[Member], units: dict[str, int]) -> None:
    """Rows only: their keys sign marks. They are good for as long as anybody walks."""
    anchor = TrustAnchor.objects.create(
        name="Gốc thử", fingerprint="a" * 64, certificate=b"anchor", hosts=[], is_trial=True, state="trusted",
        recorded_at=SETTLED,
    )  # fmt: skip
    record("documents.certificate.made", subject=anchor, actor=System.COMMAND, unit=None, at=SETTLED, after="trusted")
    for unit_id in units.values():
        _certificate(unit_id, anchor, f"organ-{unit_id}", None)
    for member in officers:
        if "chair" in member.assignment.post.code:
            _certificate(member.unit_id, anchor, f"person-{member.user.username}", member.person)


def _certificate(unit_id: int, anchor: TrustAnchor, name: str, person: Person | None) -> None:
    made = Certificate.objects.create(
        unit_id=unit_id, person=person, holder="person" if person else "organ", anchor=anchor, subject=name, issuer="",
        serial=name, fingerprint=name, certificate=name.encode(), chain=[], valid_from=SETTLED,
        valid_to=SETTLED + timedelta(days=3650), backend="software", key=name, picture=b"", is_trial=True,
        state="registered", recorded_at=SETTLED,
    )  # fmt: skip
    record(
        "documents.certificate.made", subject=made, actor=System.COMMAND, unit=unit_id, at=SETTLED, after="registered"
    )


def keep_time(monkeypatch: Any, world: World) -> None:
    """What workers read from the clock is the time of the walk."""
    monkeypatch.setattr(timezone, "now", lambda: world.now)
