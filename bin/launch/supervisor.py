"""Keeps the processes of the demo running and ends them in order."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from types import FrameType

from launch.processes import Process
from launch.say import SetupError, line, tail

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart; doubles while a process keeps dying
STEADY = 60.0  # seconds of life after which the pause starts from the beginning


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, SIGTERM, or a terminal that went away."""


class Supervisor:
    """Processes in the order in which they need each other; ended the other way round."""

    def __init__(self) -> None:
        self.processes: list[Process] = []
        self._questions: list[Process] = []
        self._pauses: dict[str, float] = {}
        self._due: dict[str, float] = {}

    def add(self, process: Process) -> Process:
        self.processes.append(process)
        process.start()
        return process

    def ask(self, question: Process) -> None:
        """Start what ends by itself: it is not started again, but it ends with us."""
        question.start()
        if question not in self._questions:
            self._questions.append(question)

    def look(self) -> None:
        """Restart what died; one line for each death."""
        now = time.monotonic()
        for process in self.processes:
            if not process.ended():
                continue
            if process.name not in self._due:
                self._note_death(process, now)
            elif now >= self._due[process.name]:
                del self._due[process.name]
                process.before_restart()
                process.start()
                line(f"  {process.name} was started again.")

    def _note_death(self, process: Process, now: float) -> None:
        process.end_group()
        steady = now - process.started_at > STEADY
        pause = FIRST_PAUSE if steady else self._pauses.get(process.name, FIRST_PAUSE)
        self._pauses[process.name] = min(pause * 2, LONGEST_PAUSE)
        self._due[process.name] = now + pause
        line(f"  {process.name} {process.how_it_ended()}; starting it again in {pause:g} s. Its log: {process.log}")

    def restart(self, name: str, why: str, *, older_than: float) -> None:
        """End a process that lives but does nothing; `look` starts it again. A young one gets `older_than` seconds."""
        old = time.monotonic() - older_than
        for process in self.processes:
            if process.name == name and not process.ended() and process.started_at <= old:
                line(f"  {name} is ended: {why}")
                process.end(grace=5)

    def wait_for(self, ready: Callable[[], bool], what: str, process: Process, seconds: float = 90) -> None:
        """Until `ready`; a process that dies meanwhile is explained with the end of its log."""
        end = time.monotonic() + seconds
        while not ready():
            ending = f"The end of {process.log}:\n{process.last_words()}"
            if process.ended():
                raise SetupError(f"{what} does not start. {ending}")
            if time.monotonic() > end:
                raise SetupError(f"{what} does not answer after {seconds:g} s. {ending}")
            time.sleep(0.05)

    def end(self) -> None:
        """All of them, last first. A second Ctrl-C must not leave a database half shut down."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in [*self._questions, *reversed(self.processes)]:
            try:
                process.end()
            except OSError as error:
                line(tail(f"{process.name}: {error}"))
        self.processes.clear()


@contextlib.contextmanager
def supervised() -> Iterator[Supervisor]:
    """A supervisor whose processes are ended however the block is left."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    supervisor = Supervisor()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        yield supervisor
    finally:
        supervisor.end()
