"""Random acts while all that units hold is there: desks receive, specialists work and ask each other, people file and
withdraw, letters are written and numbered, rights are lent and programs let in, between one act and the next.
"""

import os
import random
import uuid
from collections import Counter
from contextlib import suppress
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis.stateful import invariant, rule

from portal.accounts.models import ApiClient, ClientGrant, User
from services.errors import ConsultingError
from services.models import Consultation, Dossier
from services.replay import deeds, sums
from services.states import OPEN
from staff.models import Assignment
from tests.cast import officer
from tests.services import random_work as work
from tests.services.random_work import Filed
from tests.units.land import Land, load_land
from tests.units.random_acts import PICK, Acts, number_of, walk
from units.kinds import ActKind
from units.models import ReorgEvent

pytestmark = pytest.mark.django_db
POSTS = ("desk-officer", "civil-status-specialist")
COMMUNES = ("00001", "00004", "00005")
DONE: Counter[str] = Counter()  # how often something was really done, in all walks


class Manned(Acts):
    """Officers of three communes are at work, wherever the acts lead them."""

    begins_at = COMMUNES

    def __init__(self, land: Land, filed: Filed, officers: list[User]) -> None:
        self.clock = patch.object(timezone, "now", lambda: self.now)
        self.codes: dict[uuid.UUID, str] = {}
        self.officers, self.filed = officers, filed
        super().__init__(land, filed)
        self.clock.start()
        self.programs = []
        for code in COMMUNES:
            unit_id = land.new(code).pk
            filed.pay_too_much(unit_id, now=self.now)
            self.open += 1
            self.programs.append(work.let_program_in(unit_id, now=self.now).pk)

    def teardown(self) -> None:
        self.clock.stop()
        super().teardown()

    def somewhere(self, pick: int) -> int:
        there = self.communes(self.today)
        return there[pick % len(there)].unit_id

    @rule(pick=PICK)
    def somebody_receives(self, pick: int) -> None:
        self.receive(pick)

    @rule(pick=PICK)
    def somebody_works(self, pick: int) -> None:
        self.work_on(pick)

    def receive(self, pick: int) -> bool:
        done = self.first_of(deeds.accept, self.officers[:: len(POSTS)], pick)
        DONE["received"] += done
        return done

    def work_on(self, pick: int) -> bool:
        """What nobody received yet is received for it."""
        officers = self.officers[1 :: len(POSTS)]
        done = self.first_of(deeds.work, officers, pick)
        done = done or (self.receive(pick) and self.first_of(deeds.work, officers, pick))
        DONE["worked"] += done
        return done

    def ask_about(self, pick: int) -> bool:
        """Those where somebody can answer; who holds nothing takes it for this."""
        asked = self.held(pick, post="civil-status-specialist")
        for _ in range(3 if asked else 0):
            if asked and any(work.ask(user, asked.unit_id, now=self.now) for user in self.officers):
                DONE["asked"] += 1
                return True
            self.work_on(pick)
        return False

    def first_of(self, deed: Any, officers: list[User], pick: int) -> bool:
        """By the first of them who finds something to do."""
        for step in range(len(officers)):
            luck = random.Random(pick)  # noqa: S311  the same luck for the same walk
            with suppress(ConsultingError), transaction.atomic():  # whoever asked waits for the answer
                if deed(officers[(pick + step) % len(officers)].pk, luck, self.now) != deeds.NOTHING:
                    return True
        return False

    @rule(pick=PICK)
    def somebody_asks(self, pick: int) -> None:
        self.ask_about(pick)

    @rule(pick=PICK)
    def somebody_answers(self, pick: int) -> None:
        for _ in range(2):
            if any(work.answer(user, now=self.now) for user in self.officers):
                DONE["answered"] += 1
                return
            self.ask_about(pick)

    @rule(pick=PICK)
    def a_form_is_begun(self, pick: int) -> None:
        self.filed.begin_form(self.somewhere(pick), now=self.now)

    @rule(pick=PICK)
    def letters_go(self, pick: int) -> None:
        DONE["numbered"] += work.register(self.somewhere(pick), now=self.now)

    @rule(pick=PICK)
    def a_letter_is_written(self, pick: int) -> None:
        signer = self.held(pick)
        if signer:
            work.write_letter(signer.unit_id, signer, now=self.now)
            DONE["written"] += 1

    @rule(pick=PICK)
    def a_right_is_lent(self, pick: int) -> None:
        giver, taker = self.held(pick, post="desk-officer"), self.held(pick + 1)
        if giver and taker and giver.pk != taker.pk:
            work.lend(giver, taker, "services.dossier.receive", now=self.now)
            DONE["lent"] += 1

    def held(self, pick: int, **of: str) -> Assignment | None:
        """An assignment that holds today at a commune that lives."""
        there = [each.unit_id for each in self.communes(self.today)]
        rows = Assignment.objects.on(self.today).filter(unit__in=there, user__in=self.officers).order_by("pk")
        found = list(rows.filter(**{f"{key}__code": value for key, value in of.items()}))
        return found[pick % len(found)] if found else None

    @invariant()
    def nothing_of_the_country_is_wrong(self) -> None:
        assert list(sums.wrongs(connection.connection, self.today, [])) == []

    @invariant()
    def no_question_is_called_off_while_its_dossier_is_open(self) -> None:
        states = [str(state) for state in OPEN]
        assert not Consultation.objects.filter(state="revoked", dossier__state__in=states).exists()

    @invariant()
    def a_program_reads_on_unless_its_unit_ended_for_good(self) -> None:
        if not ReorgEvent.objects.filter(kind=ActKind.ABOLISH, sources__new=None).exists():
            reading = set(ClientGrant.objects.filter(capability=work.READ).values_list("client", flat=True))
            assert reading == set(self.programs)
            there = {each.unit_id for each in self.communes(self.today)}
            assert set(ApiClient.objects.values_list("owner_unit_id", flat=True)) <= there

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


def test_all_that_units_hold_lives_through_random_acts(manned: tuple[Land, Filed, list[User]]) -> None:
    walk(lambda: Manned(*manned), number_of(5), walks=2, steps=15)
    assert manned[1].lies() == {}  # every walk was undone


@pytest.mark.long
def test_all_that_units_hold_lives_through_many_random_acts(manned: tuple[Land, Filed, list[User]]) -> None:
    begun_with = number_of(907_114_701)
    DONE.clear()
    for chunk in range(int(os.environ.get("ACTS_CHUNKS", "4"))):
        walk(lambda: Manned(*manned), begun_with + chunk, walks=5, steps=25)
        assert manned[1].lies() == {}
    print(dict(DONE))
    if "ACTS_SEED" not in os.environ:
        for deed in ("received", "worked", "asked", "answered", "numbered", "written", "lent"):
            assert DONE[deed] > 2, deed
