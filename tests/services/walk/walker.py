"""One walk through the world: a deed, and then everything that has to hold after it."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from documents.errors import DocumentsError
from documents.registers.errors import RegisterError
from portal.accounts.models import User
from portal.calendar.operations import CalendarError
from portal.dashboards.operations.refreshing import rebuild
from portal.events.actors import System
from services.errors import ServicesError
from services.states import CLOSED, State
from tests.services.walk import sums, truths
from tests.services.walk.deed import DEEDS, SAID_NO, Deed
from tests.services.walk.fingerprint import fingerprint
from tests.services.walk.trail import Seen, Trail
from tests.services.walk.world import World, seeing_all

REFUSALS = (ServicesError, DocumentsError, RegisterError, CalendarError)
MOST_TO_CLOSE = 400
ALL_EVERY = 40  # steps between two looks at everything
HOME = (  # the ways on to an end, the nearest first
    "hand_over_result", "work", "order_number_and_seal", "order_signature", "check_form", "review_content", "agree",
    "propose", "give_answer", "answer_what_is_asked", "complete_what_is_asked", "count_cash", "give_back",
    "take", "receive",
)  # fmt: skip


class Walker:
    """Begins in the settled world, and leaves it as it was."""

    def __init__(self, world: World, seen: Seen, start: datetime) -> None:
        self.world, self.seen = world, seen
        self.stack = ExitStack()
        self.stack.enter_context(_left_as_it_was())
        self.stack.enter_context(seeing_all(world.units))
        self.errors = self.stack.enter_context(_no_errors_logged())
        self.trail = Trail(seen)
        self.count = 0
        self.failed = False
        world.now, world.bank.refuses = start, False
        for memory in (world.order, world.bank.sent, world.bank.asked):
            memory.clear()
        world.again()
        rebuild(actor=System.COMMAND, now=world.now)
        self.trail.begin()

    def go(self, name: str, which: int, who: int, pick: int) -> bool:
        one = DEEDS[name]
        ready = [(thing, able) for thing in one.on(self.world) if (able := one.by(self.world, thing))]
        if not ready:
            return False
        thing, able = ready[which % len(ready)]
        self.take(one, thing, able[who % len(able)], pick)
        return True

    def take(self, one: Deed, thing: Any, actor: Any, pick: int, *, guard: bool = False) -> None:
        """One step, and what has to hold after it."""
        self.failed = True
        try:
            self._take(one, thing, actor, pick, guard=guard)
        except Exception as error:
            error.add_note(f"Step {self.count}: {one.name} on {_said(thing)} by {actor}, pick {pick}")
            raise
        self.failed = False

    def _take(self, one: Deed, thing: Any, actor: Any, pick: int, *, guard: bool) -> None:
        world, seen = self.world, self.seen
        before = fingerprint(thing) if guard else ""
        shown: bool | None = None
        refusal: Exception | None = None
        with ExitStack() as acting:
            if isinstance(actor, User):
                acting.enter_context(world.acting(actor))
            if one.able is not None and isinstance(actor, User):
                shown = one.able(world, thing, actor)
            try:
                with transaction.atomic():
                    one.do(world, thing, actor, pick)
            except REFUSALS as said:
                refusal = said
            except ObjectDoesNotExist as said:
                if _sees(thing):
                    raise
                refusal = said
        _check_guards()
        world.again()
        self.count += 1
        seen.steps += 1
        if refusal is None:
            seen.let_through[one.name] += 1
            assert shown is not False, f"{one.name} was let through, though no page offers it"
            self.follow(self.trail.read(world))
        else:
            seen.refused[one.name, type(refusal).__name__] += 1
            excused = isinstance(refusal, one.excused) if one.excused else False
            assert not (shown and isinstance(refusal, SAID_NO)) or excused, f"{one.name} was offered: {refusal!r}"
            assert not self.trail.read(world), f"{one.name} was refused, and left an event"
            assert not guard or fingerprint(thing) == before, f"{one.name} was refused, and changed something"
        assert not self.errors, self.errors
        if self.count % ALL_EVERY == 0:
            self.look_at_everything()

    def follow(self, touched: set[str]) -> None:
        for dossier in self.world.look.dossiers:
            if str(dossier.pk) in touched:
                self.trail.note(dossier)
                truths.hold(self.world, self.trail, dossier)

    def look_at_everything(self) -> None:
        sums.add_up(self.world, self.trail)
        for dossier in self.world.look.dossiers:
            truths.hold(self.world, self.trail, dossier)

    def end(self) -> None:
        """Whatever is open is brought to its end, and then all of it must add up. After a failure nothing is asked."""
        try:
            if not self.failed:
                self.close_all()
                self.look_at_everything()
                sums.figures_add_up(self.world)
        finally:
            self.stack.close()

    def close_all(self) -> None:
        waiting = []
        for step in range(MOST_TO_CLOSE):
            waiting = [row for row in self.world.look.dossiers if State(row.state) not in CLOSED]
            if not waiting:
                return
            self.go_on_home(step)
        rows = [(row.state, row.stage, str(row.version)) for row in waiting]
        raise AssertionError(f"no way to an end from {rows}")

    def go_on_home(self, step: int) -> None:
        """All ways in turn; time passes when there is nothing else to do."""
        first = step % len(HOME)
        for name in (*HOME[first:], *HOME[:first], "pass_time"):
            if self.go(name, step, step, 6):
                return


@contextmanager
def _left_as_it_was() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trace = record.exc_info[1] if record.exc_info else None
        self.said.append(f"{record.getMessage()}: {trace!r}")


@contextmanager
def _no_errors_logged() -> Iterator[list[str]]:
    """Jobs and workers carry on after an error and tell the log: here that is a find."""
    handler = _Kept()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler.said
    finally:
        root.removeHandler(handler)


def _said(thing: Any) -> str:
    """For whoever looks for the reason: what it was tried on, and how that stood."""
    row = thing[0] if isinstance(thing, tuple) else thing
    dossier = getattr(row, "dossier", None) or row
    standing = [getattr(one, name, "") for one in (row, dossier) for name in ("state", "stage")]
    return " ".join(filter(None, [type(row).__name__, str(row), *map(str, standing)]))


def _check_guards() -> None:
    """What the database holds back until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _sees(thing: Any) -> bool:
    """Whether this person has the thing before them at all: what they cannot see, they get a 404 for."""
    row = thing[0] if isinstance(thing, tuple) else thing
    return hasattr(row, "pk") and type(row).objects.filter(pk=row.pk).exists()
