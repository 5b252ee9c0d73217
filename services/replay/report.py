"""What a replay says in the end: figures, waits, worklist, and everything that does not add up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import quantiles

from services.replay.acts import Run
from services.replay.crowd import Lived
from services.replay.deeds import DONE, FILED, NOTHING
from services.replay.locks import Wait
from services.replay.replaying import Replayed


def touches(one: Lived, runs: Iterable[Run]) -> bool:
    """Whether an act about its province was taking effect meanwhile; those of 2026 move nobody's work."""
    return any(
        run.province == one.province and one.begun < run.ended and run.began < one.ended for run in runs if run.province
    )


def longest_wait(waits: Iterable[Wait], deeds: Sequence[Lived]) -> float:
    """Seconds that one of these deeds stood in a lock."""
    return max(
        (
            wait.seconds
            for wait in waits
            if any(one.pid == wait.pid and one.begun <= wait.ended <= one.ended for one in deeds)
        ),
        default=0.0,
    )


def percentile(values: Sequence[float], part: int) -> float:
    if len(values) < 2:
        return max(values, default=0.0)
    return quantiles(values, n=100, method="inclusive")[part - 1]


def lines(done: Replayed) -> Iterator[str]:
    yield ""
    seconds = " · ".join(f"{what} {number:.1f} s" for what, number in done.seconds.items())
    yield f"time        {sum(done.seconds.values()):.1f} s: {seconds}"
    took = [run.seconds for run in done.runs]
    spread = f"p50 {percentile(took, 50):.2f} s, p95 {percentile(took, 95):.2f} s, longest {max(took, default=0):.2f} s"
    yield f"acts        {len(took)}, each {spread}"
    yield f"WAL         {sum(run.wal for run in done.runs) / 2**20:.0f} MiB by the acts, with what people did meanwhile"
    yield f"memory      {done.memory / 1024:.0f} MiB, the largest process"
    yield from _waits(done)
    moved = sum(run.dossiers for run in done.runs)
    yield f"moved       {moved} dossiers, {sum(run.moved for run in done.runs)} things of all kinds"
    yield f"worklist    {sum(run.undecided for run in done.runs)} things that no rule knew wait for a person"
    if done.before and done.after:
        before, after = done.before.open, done.after.open
        yield f"dossiers    {before} open before, {after} after; {done.after.closed[0]} closed"
    held = sum(run.proven.holds for run in done.runs)
    yield f"proof       {held} of {len(done.runs)} acts hold"
    for wrong in done.wrong:
        yield f"WRONG       {wrong}"
    yield "Everything adds up." if not done.wrong else f"{len(done.wrong)} things do not add up."


def _waits(done: Replayed) -> Iterator[str]:
    reform = [run for run in done.runs if run.province]
    if not reform:
        return
    first, last = reform[0].began, done.runs[-1].ended
    meanwhile = [one for one in done.lived if one.ended > first and one.begun < last]
    for what, own in (("elsewhere", False), ("in the act", True)):
        times = [one.ended - one.begun for one in meanwhile if touches(one, reform) is own]
        told = (percentile(times, 50), percentile(times, 95), max(times, default=0.0))
        p50, p95, longest = (f"{one * 1000:.0f} ms" for one in told)
        yield f"people      {what}: {len(times)} deeds, p50 {p50}, p95 {p95}, longest {longest}"
        stood = longest_wait(done.waits, [one for one in meanwhile if touches(one, reform) is own])
        yield f"locks       {what}: longest wait for a lock {stood * 1000:.0f} ms"
    outcomes = Counter(one.outcome for one in meanwhile)
    known = [(DONE, "done"), (FILED, "filed"), (NOTHING, "nothing to do")]
    rest = [f"{number} {name}" for name, number in sorted(outcomes.items()) if name not in {DONE, FILED, NOTHING}]
    yield f"outcomes    {', '.join([f'{outcomes[key]} {name}' for key, name in known] + rest)}"
