"""The walk as a machine of rules: those whose turn it is go on, and anybody tries anything."""

from datetime import datetime
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.services.walk.deed import DEEDS
from tests.services.walk.trail import Seen
from tests.services.walk.walker import HOME, Walker
from tests.services.walk.world import STARTS, World

NAMES = sorted(DEEDS)
TRIED = [name for name in NAMES if not DEEDS[name].by_itself]
PICKS = st.integers(0, 9999)


class Walk(RuleBasedStateMachine):
    """`world` and `seen` outlive the walks; each begins anew in a savepoint of the test's transaction."""

    world: ClassVar[World]
    seen: ClassVar[Seen]
    walker: Walker | None = None

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.walker = Walker(self.world, self.seen, start)

    @rule(name=st.sampled_from(NAMES), which=PICKS, who=PICKS, pick=PICKS)
    def go_on(self, name: str, which: int, who: int, pick: int) -> None:
        """The deed of that name, or the next one whose time has come."""
        self._first_of(NAMES, name, which, who, pick)

    @rule(name=st.sampled_from(HOME), which=PICKS, who=PICKS, pick=PICKS)
    def go_home(self, name: str, which: int, who: int, pick: int) -> None:
        """So that many come to their result."""
        self._first_of(list(HOME), name, which, who, pick)

    @rule(name=st.sampled_from(TRIED), which=PICKS, who=PICKS, pick=PICKS)
    def try_anything(self, name: str, which: int, who: int, pick: int) -> None:
        """By anybody, on anything: what is not theirs, or not now, is refused and changes nothing."""
        assert self.walker
        one = DEEDS[name]
        things = one.on(self.world)
        if things:
            actor = self.world.everybody[who % len(self.world.everybody)]
            self.walker.take(one, things[which % len(things)], actor, pick, guard=True)

    def _first_of(self, names: list[str], name: str, which: int, who: int, pick: int) -> None:
        assert self.walker
        first = names.index(name)
        for shifted in (*names[first:], *names[:first]):
            if self.walker.go(shifted, which, who, pick):
                return

    def teardown(self) -> None:
        if self.walker is not None:
            self.walker.end()
