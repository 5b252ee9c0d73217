"""bin/test: every check in stages, each with its time, on services of its own that are gone afterwards."""

import argparse
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from xml.etree import ElementTree

from launch import assets, debian, leftovers, place, services
from launch.leftovers import MARK
from launch.say import SetupError, line
from launch.settings import secrets
from launch.stages import STAGES, Stage
from launch.supervisor import Stopped, supervised

NOTHING_COLLECTED = 5  # pytest's code
REPORTS = "reports"  # in a run's folder
MOST_FAILURES = 30  # told at the end
MOST_WORDS = 8  # lines of each error
PLACE = re.compile(r"^(tests/\S+:\d+): ", re.MULTILINE)  # as pytest writes the lines of a trace
GRACE = 20.0  # seconds for a stage that is stopped; pytest tears its fixtures down


def main() -> int:
    return run(*_chosen())


def run(chosen: Sequence[Stage], extra: Sequence[str]) -> int:
    """Run the stages one after the other, on services of their own."""
    with _slot() as state:
        try:
            with supervised() as supervisor:
                environment = debian.ensure([name for stage in chosen for name in stage.programs])
                environment |= debian.libraries() if any(stage.services for stage in chosen) else {}
                assets.ensure()
                assets.compile_catalogues()
                if any(stage.services for stage in chosen):
                    environment |= services.start(supervisor, state, for_checks=True)
                environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings.test", MARK: str(state), **secrets(state)}
                results = [(stage, *_run(stage, extra, environment)) for stage in chosen]
                failed = failures(state)
        except Stopped:
            line("Stopped.")
            return 130
    return _summary(results, failed)


def _chosen() -> tuple[list[Stage], list[str]]:
    names = [stage.name for stage in STAGES]
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Run all checks. What is no option of ours goes to pytest.",
        epilog=f"Stages: {', '.join(names)}.",
    )
    parser.add_argument("--fast", action="store_true", help="what takes about six minutes")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these stages")
    options, extra = parser.parse_known_args()
    wanted = options.only or []
    if strangers := [name for name in wanted if name not in names]:
        raise SetupError(f"No stage is called {' or '.join(strangers)}. There are: {', '.join(names)}.")
    return [
        stage for stage in STAGES if (not wanted or stage.name in wanted) and (stage.fast or not options.fast)
    ], extra


def _run(stage: Stage, extra: Sequence[str], environment: dict[str, str]) -> tuple[str, float]:
    line(f"\n── {stage.name}: {stage.says}")
    began = time.monotonic()
    report = Path(environment[MARK], REPORTS, f"{stage.name}.xml")
    child = subprocess.Popen(
        [*stage.command(), *((*extra, f"--junitxml={report}") if stage.pytest else ())],
        cwd=place.ROOT,
        env={**os.environ, **environment, **stage.environment},
        start_new_session=True,
    )
    try:
        code = child.wait()
    except Stopped:
        child.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
        raise
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    verdict = {0: "passed", NOTHING_COLLECTED: "no tests yet"} if stage.pytest else {0: "passed"}
    return verdict.get(code, "FAILED"), time.monotonic() - began


def failures(state: Path) -> list[str]:
    """Each failed test with its error, the lines that led there, and what stood on the screen.

    A long run is often known by its last lines alone, so they must say what to look at.
    """
    found = []
    for path in sorted(state.glob(f"{REPORTS}/*.xml")):
        for case in ElementTree.parse(path).iter("testcase"):  # noqa: S314  # pytest of this run wrote it
            for fault in (*case.iter("failure"), *case.iter("error")):
                told = [*PLACE.findall(fault.text or ""), *fault.get("message", "").splitlines()[:MOST_WORDS]]
                told += [str(one.get("value")) for one in case.iter("property")]
                name = f"{path.stem}: {case.get('classname')}::{case.get('name')}"
                found.append("\n    ".join([f"  {name}", *told]))
    return found


def _summary(results: list[tuple[Stage, str, float]], faults: list[str]) -> int:
    line("")
    for stage, verdict, seconds in results:
        line(f"  {stage.name:<12} {verdict:<14} {seconds:7.1f} s")
    failed = [stage.name for stage, verdict, _ in results if verdict == "FAILED"]
    total = sum(seconds for _, _, seconds in results)
    line(f"  {'in all':<12} {'FAILED' if failed else 'passed':<14} {total:7.1f} s")
    if failed:
        line("\n".join(["", *faults[:MOST_FAILURES]]))
        line(f"\nRepeat what failed: bin/test --only {' '.join(failed)}")
    return 1 if failed else 0


@contextmanager
def _slot() -> Iterator[Path]:
    """A folder that no other run uses; what an interrupted run left in it is removed."""
    folder = place.LOCAL / "test"
    folder.mkdir(exist_ok=True)
    for number in range(100):
        with (folder / f"{number}.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            state = folder / str(number)
            _clear(state)
            try:
                yield state
            finally:
                _clear(state)
            return
    raise SetupError(f"A hundred runs at once, or locks that can't be taken in {folder}.")


def _clear(state: Path) -> None:
    leftovers.end_marked(state)
    if state.exists():
        services.remove(state)
        shutil.rmtree(state)
    sys.stderr.flush()
