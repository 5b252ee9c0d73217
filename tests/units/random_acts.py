"""Random acts on a small land while work comes and goes: what must hold after every step."""

import os
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db import connection, transaction
from hypothesis import Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from portal.events.actors import System
from portal.isolation import Purpose, scope
from tests.units.land import Land
from tests.units.reorganising import DRAFTER, MIDNIGHT, SIGNER, numbers, root
from units.kinds import ActKind, Level
from units.models import ReorgEvent, ReorgProof, UndecidedItem, UnitVersion
from units.operations import (
    BadHead,
    BadRows,
    Blocked,
    BuiltUpon,
    Head,
    OpenWork,
    Result,
    Source,
    begin_work_at,
    decide_item,
    draft_act,
    prove,
    run_due_acts,
    schedule_act,
    sign_act,
    simulate,
    withdraw_act,
)
from units.queries.succession import successors_of_many
from units.queries.undecided import choices_of
from units.states import ActState

PICK = st.integers(0, 1000)
WAIT = st.integers(0, 2)  # days until the act takes effect
Row = tuple[str, str, int | None]


class Work(Protocol):
    """What units hold while acts come over them."""

    def bring(self, unit_id: int, *, village: str, now: datetime) -> None: ...

    def finish(self, pick: int, *, now: datetime) -> int:
        """Close one thing, or none; the number of those that were open before."""
        ...

    def lies(self) -> dict[str, int]:
        """Where each open thing lies, by the id that the worklist has of it."""
        ...


class Acts(RuleBasedStateMachine):
    """Everything happens in one transaction that is rolled back in the end."""

    begins_at = ("00001", "00004", "00005")

    def __init__(self, land: Land, work: Work) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.scope = scope(purpose=Purpose.REORGANISATION)
        self.scope.__enter__()
        self.root, self.work, self.now = root(land), work, MIDNIGHT
        self.open = 0
        self.past: dict[date, dict[int, Row]] = {}
        self.names = iter(range(10_000))
        for code in self.begins_at:
            self.receive_at(land.new(code).pk, village="Ấp 1")
            self.receive_at(land.new(code).pk)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        self.undo.__exit__(None, None, None)

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=7)).date()

    def communes(self, on: date) -> list[UnitVersion]:
        return list(UnitVersion.objects.at(on).filter(unit__level=Level.COMMUNE).order_by("unit_id"))

    def provinces(self, on: date) -> list[int]:
        found = UnitVersion.objects.at(on).filter(unit__level=Level.PROVINCE).order_by("unit_id")
        return list(found.values_list("unit_id", flat=True))

    def name(self) -> str:
        return f"Số {next(self.names)}"

    def receive_at(self, unit_id: int, village: str = "") -> None:
        self.work.bring(unit_id, village=village, now=self.now)
        self.open += 1

    def go(
        self, kind: ActKind, results: list[Result], sources: list[Source], wait: int, corrects: int | None = None
    ) -> None:
        """To the schedule, or refused with nothing changed."""
        before = self.tree(self.today + timedelta(days=3))
        head = Head(
            kind, f"{next(numbers)}/NQ", self.today, self.today + timedelta(days=wait), "Thử", self.root, bytes(32),
            corrects=corrects,
        )  # fmt: skip
        try:
            with transaction.atomic():
                act = draft_act(head=head, results=results, sources=sources, actor=DRAFTER, now=self.now)
                simulation = simulate(act_id=act.pk, actor=DRAFTER, now=self.now)
                sign_act(act_id=act.pk, seen=bytes(simulation.digest), actor=SIGNER, now=self.now)
                schedule_act(act_id=act.pk, actor=SIGNER, now=self.now)
        except (BadRows, BadHead, Blocked, BuiltUpon, OpenWork):
            assert self.tree(self.today + timedelta(days=3)) == before
        self.pass_time(0)

    def tree(self, on: date) -> dict[int, Row]:
        return {row.unit_id: (row.full_name, row.path, row.parent_id) for row in UnitVersion.objects.at(on)}

    def pass_time(self, days: int) -> None:
        for _ in range(days):
            self.past[self.today] = self.tree(self.today)
            self.now += timedelta(days=1)
        for ran in run_due_acts(actor=System.REORGANISATION, now=self.now):
            assert not ran.trouble, ran

    @rule(days=st.integers(1, 2))
    def time_passes(self, days: int) -> None:
        self.pass_time(days)

    @rule(pick=PICK, village=st.sampled_from(["", "Ấp 1", "Ấp 2"]))
    def work_comes(self, pick: int, village: str) -> None:
        there = self.communes(self.today)
        unit_id = there[pick % len(there)].unit_id
        if not begin_work_at([unit_id], self.today):
            self.receive_at(unit_id, village)

    @rule(pick=PICK)
    def work_is_done(self, pick: int) -> None:
        self.open -= self.work.finish(pick, now=self.now)

    @precondition(lambda self: UndecidedItem.objects.waiting().exists())
    @rule(pick=PICK, heir=PICK)
    def somebody_decides(self, pick: int, heir: int) -> None:
        waiting = list(UndecidedItem.objects.waiting().order_by("pk"))
        item = waiting[pick % len(waiting)]
        split = (item.event_id, item.from_unit_id)
        choices = choices_of([split], self.today)[split]
        taking = [each.unit_id for each in choices.heirs if not begin_work_at([each.unit_id], self.today)]
        if not taking:
            return
        chosen, lay = taking[heir % len(taking)], self.work.lies().get(item.subject_id)
        decide_item(item_id=item.pk, to_unit=chosen, actor=SIGNER, now=self.now)
        assert self.work.lies().get(item.subject_id) == (chosen if lay in choices.kept_by else lay)

    @rule(pick=PICK, size=st.integers(2, 3), wait=WAIT)
    def merge(self, pick: int, size: int, wait: int) -> None:
        there = self.communes(self.today + timedelta(days=wait))
        chosen = {there[(pick + step) % len(there)].unit_id: None for step in range(size)}
        above = there[pick % len(there)].parent_id
        self.go(ActKind.MERGE, [Result("X", self.name(), "xa", above)], [Source(each, "X") for each in chosen], wait)

    @rule(pick=PICK, wait=WAIT)
    def split(self, pick: int, wait: int) -> None:
        there = self.communes(self.today + timedelta(days=wait))
        old = there[pick % len(there)]
        results = [Result(key, self.name(), "xa", old.parent_id) for key in ("A", "B")]
        sources = [
            Source(old.unit_id, "A", "part", rule={"villages": ["Ấp 1"]}),
            Source(old.unit_id, "B", "part", is_default=True),
        ]
        self.go(ActKind.SPLIT, results, sources, wait)

    @rule(pick=PICK, wait=WAIT)
    def cede(self, pick: int, wait: int) -> None:
        there = self.communes(self.today + timedelta(days=wait))
        giver, taker = there[pick % len(there)], there[(pick + 1) % len(there)]
        results = [Result("G", self.name(), "xa", giver.parent_id), Result("T", self.name(), "xa", taker.parent_id)]
        sources = [
            Source(giver.unit_id, "G", "part", is_default=True),
            Source(giver.unit_id, "T", "part", rule={"villages": ["Ấp 1"]}),
            Source(taker.unit_id, "T"),
        ]
        self.go(ActKind.CESSION, results, sources, wait)

    @rule(pick=PICK, wait=WAIT, kind=st.sampled_from([ActKind.RENAME, ActKind.RETYPE, ActKind.TRANSFER]))
    def change(self, pick: int, wait: int, kind: ActKind) -> None:
        on = self.today + timedelta(days=wait)
        there, above = self.communes(on), self.provinces(on)
        old = there[pick % len(there)]
        name = self.name() if kind is ActKind.RENAME else old.name
        new_type = ("phuong" if old.type == "xa" else "xa") if kind is ActKind.RETYPE else old.type
        parent = above[pick % len(above)] if kind is ActKind.TRANSFER else None
        self.go(kind, [Result("X", name, new_type, parent, unit_id=old.unit_id)], [], wait)

    @rule(pick=PICK, wait=WAIT)
    def abolish(self, pick: int, wait: int) -> None:
        there = self.communes(self.today + timedelta(days=wait))
        old, heir = there[pick % len(there)].unit_id, there[(pick + 1) % len(there)].unit_id
        into = heir if pick % 2 and heir != old else None
        if len(there) > 1:
            self.go(ActKind.ABOLISH, [], [Source(old, into)], wait)

    @rule(pick=PICK, wait=WAIT)
    def merge_provinces(self, pick: int, wait: int) -> None:
        there = self.provinces(self.today + timedelta(days=wait))
        if len(there) > 1:
            chosen = [there[pick % len(there)], there[(pick + 1) % len(there)]]
            result = Result("P", self.name(), "tinh", self.root)
            self.go(ActKind.MERGE, [result], [Source(each, "P") for each in chosen], wait)

    @rule(wait=WAIT)
    def create(self, wait: int) -> None:
        results = [Result("P", self.name(), "tinh", self.root), Result("C", self.name(), "xa", "P")]
        self.go(ActKind.CREATE, results, [], wait)

    @precondition(lambda self: ReorgEvent.objects.filter(state=ActState.SCHEDULED).exists())
    @rule()
    def withdraw(self) -> None:
        act = ReorgEvent.objects.filter(state=ActState.SCHEDULED).latest("scheduled_at", "pk")
        before = self.tree(self.today)
        try:
            with transaction.atomic():
                withdraw_act(act_id=act.pk, reason="Hoãn", actor=SIGNER, now=self.now)
        except BuiltUpon:
            return
        assert self.tree(self.today) == before

    @rule(pick=PICK)
    def correct(self, pick: int) -> None:
        """The name of a unit that an act made was wrong; or the units that it was made of live on after all."""
        done = ReorgEvent.objects.filter(state=ActState.EFFECTIVE, kind=ActKind.MERGE, changes__is_new=True).distinct()
        acts = list(done.order_by("pk"))
        if not acts:
            return
        wrong = acts[pick % len(acts)]
        results = [
            Result(row.key, self.name(), row.type, row.parent_id, unit_id=row.unit_id) for row in wrong.changes.all()
        ]
        sources = [Source(row.old_id, results[0].key) for row in wrong.sources.order_by("position")]
        if pick % 3 == 0:
            made = results[0].unit_id
            sources = [Source(made, row.old_id, "part", is_default=at == 0) for at, row in enumerate(sources)]
            results = []
        self.go(ActKind.CORRECT, results, sources, 0, corrects=wrong.pk)
        self.past = {}  # what was believed of past days may have changed

    @invariant()
    def nothing_falls_between(self) -> None:
        with connection.cursor() as cursor:
            check_constraints(cursor)
            lies = self.work.lies()
            assert len(lies) == self.open
            assert set(lies.values()) <= set(self.tree(self.today))
            cursor.execute(
                """select count(*) from units_unit_version child where valid @> %(on)s::date and parent_id is not null
                   and not exists (select from units_unit_version parent where parent.unit_id = child.parent_id
                     and parent.valid @> %(on)s::date and child.path = parent.path || child.unit_id::text)""",
                {"on": self.today},
            )
            assert cursor.fetchone() == (0,)

    @invariant()
    def every_proof_holds(self) -> None:
        for proof in ReorgProof.objects.select_related("event"):
            assert proof.holds, proof.findings
            if proof.event.state == ActState.EFFECTIVE:
                assert prove(proof.event).holds, prove(proof.event).findings

    @invariant()
    def the_past_stays_and_everybody_resolves(self) -> None:
        for on, rows in self.past.items():
            assert self.tree(on) == rows
        going = ReorgEvent.objects.filter(state=ActState.EFFECTIVE, sources__new__isnull=False, kind=ActKind.MERGE)
        gone = list(going.values_list("sources__old_id", flat=True).distinct())
        for unit_id, heirs in successors_of_many(gone, self.today).items():
            ended_for_good = ReorgEvent.objects.filter(kind=ActKind.ABOLISH, sources__new=None).exists()
            assert heirs or ended_for_good, unit_id


def check_constraints(cursor: Any) -> None:
    """As at a commit. Those that are not put off by themselves stay as they are, so that a deed meets them."""
    cursor.execute("set constraints all immediate")
    cursor.execute(
        "select quote_ident(conname) from pg_constraint where condeferred and connamespace = %s::regnamespace",
        ["public"],
    )
    names = [row[0] for row in cursor.fetchall()]
    cursor.execute(f"set constraints {', '.join(names)} deferred")


def walk(begin: Callable[[], Acts], begun_with: int, walks: int, steps: int) -> None:
    """With `ACTS_SHRINK` a failure is made as short as it can be, in minutes."""
    print(f"ACTS_SEED={begun_with}")
    phases = (Phase.generate, Phase.shrink) if "ACTS_SHRINK" in os.environ else (Phase.generate,)
    run_state_machine_as_test(
        seed(begun_with)(begin),
        settings=settings(max_examples=walks, stateful_step_count=steps, phases=phases, database=None),
    )


def number_of(usual: int) -> int:
    """Always the same acts, unless others are asked for, or any."""
    asked = os.environ.get("ACTS_SEED", "")
    return secrets.randbelow(10**9) if asked == "any" else int(asked or usual)
