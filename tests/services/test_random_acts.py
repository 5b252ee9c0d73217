"""Random acts while real dossiers, letters' books and officers are there: desks receive, specialists work, people file
and withdraw between one act and the next.
"""

import random
import uuid
from datetime import date, datetime
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis.stateful import invariant, rule

from portal.accounts.identity import Claims
from portal.accounts.models import Level, User
from portal.accounts.operations import recognise_citizen
from portal.isolation import Scope, use
from services.kinds import Channel
from services.models import Dossier, Proof
from services.operations.citizen import withdraw
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.replay import deeds, sums
from staff.models import Assignment
from tests.cast import officer
from tests.services.build import birth
from tests.units.land import Land, load_land
from tests.units.random_acts import PICK, Acts, number_of, walk

pytestmark = pytest.mark.django_db
POSTS = ("desk-officer", "civil-status-specialist")
COMMUNES = ("00001", "00004", "00005")


class Filed:
    """Dossiers of one citizen, filed online and withdrawn again."""

    def __init__(self) -> None:
        born = date(1999, 2, 14)
        claims = Claims("https://vneid.example", "1", "person", "000199000001", "Thào Thị Mỷ", born, "T", 2)
        self.citizen: User = recognise_citizen(claims=claims, now=timezone.now())
        self.version = birth()

    def bring(self, unit_id: int, *, village: str, now: datetime) -> None:
        name = "Thào Thị Mỷ"
        filing = Filing(
            version=self.version, owner=Owner(name, user=self.citizen), filer=self.citizen, filer_name=name,
            answers={"child_name": name}, contact={"address": village}, summary="Đăng ký khai sinh",
            places=Places(unit_id, unit_id, unit_id), channel=Channel.ONLINE, return_channel=Channel.DESK,
            level=Level.TWO, papers=(Paper("birth_notice", Proof.DATA, source="population", source_at=now),),
        )  # fmt: skip
        with use(Scope(citizen=self.citizen.pk)):
            submit(filing=filing, actor=self.citizen, now=now)

    def finish(self, pick: int, *, now: datetime) -> int:
        with use(Scope(citizen=self.citizen.pk)):
            waiting = list(Dossier.objects.open().order_by("submitted_at", "pk"))
            if not waiting:
                return 0
            withdraw(dossier=waiting[pick % len(waiting)], reason="", actor=self.citizen, now=now)
        return 1

    def lies(self) -> dict[str, int]:
        rows = Dossier.objects.open().values_list("pk", "responsible_unit_id")
        return {str(key): unit for key, unit in rows}


class Manned(Acts):
    """Officers of three communes are at work, wherever the acts lead them."""

    begins_at = COMMUNES

    def __init__(self, land: Land, work: Filed, officers: list[User]) -> None:
        self.clock = patch.object(timezone, "now", lambda: self.now)
        self.codes: dict[uuid.UUID, str] = {}
        self.officers = officers
        super().__init__(land, work)
        self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        super().teardown()

    @rule(pick=PICK)
    def somebody_works(self, pick: int) -> None:
        user = self.officers[pick % len(self.officers)]
        deed = deeds.work if pick % len(POSTS) else deeds.accept
        with transaction.atomic():
            deed(user.pk, random.Random(pick), self.now)  # noqa: S311  the same luck for the same walk

    @invariant()
    def nothing_of_the_country_is_wrong(self) -> None:
        assert list(sums.wrongs(connection.connection, self.today, [])) == []

    @invariant()
    def a_code_stays_and_is_nobody_elses(self) -> None:
        codes = dict(Dossier.objects.exclude(code="").values_list("pk", "code"))
        assert len(set(codes.values())) == len(codes)
        assert {key: codes[key] for key in self.codes} == self.codes
        self.codes = codes

    @invariant()
    def everybody_keeps_one_place(self) -> None:
        """At a unit that lives, unless their unit ended without successor."""
        held = Assignment.objects.on(self.today).filter(user__in=self.officers).values_list("user", flat=True)
        assert len(held) == len(set(held))


@pytest.fixture
def manned(db: None) -> tuple[Land, Filed, list[User]]:
    land = load_land()
    there = [(land.new(code).pk, post) for code in COMMUNES for post in POSTS]
    officers = [
        officer(f"o{at}", name="Lù Thị Hoa", number=f"00018800000{at}", unit_id=unit, post=post).user
        for at, (unit, post) in enumerate(there)
    ]
    return land, Filed(), officers


def test_dossiers_live_through_random_acts(manned: tuple[Land, Filed, list[User]]) -> None:
    walk(lambda: Manned(*manned), number_of(5), walks=2, steps=15)
    assert manned[1].lies() == {}  # every walk was undone


@pytest.mark.long
def test_dossiers_live_through_many_random_acts(manned: tuple[Land, Filed, list[User]]) -> None:
    begun_with = number_of(907_114_701)
    for chunk in range(4):
        walk(lambda: Manned(*manned), begun_with + chunk, walks=5, steps=25)
        assert manned[1].lies() == {}
