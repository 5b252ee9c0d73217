"""Officers and citizens who go on working while the acts run: processes of their own, each with its connection.

Told and stopped through pipes alone: where `/dev/shm` is missing there are no semaphores.
"""

import multiprocessing
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.timezone import localdate

from portal.isolation import waited_in_vain, waiting_at_most
from services.errors import ServicesError
from services.models import ProcedureVersion
from services.replay import deeds
from units.queries import successors_of_many

DATABASE, BROKEN = "database:", "broken:"  # how the outcome of a deed begins that should not have failed
BUSY = "told to try again in a moment"
PAUSE = 0.03  # seconds between two deeds of one process: people think, and the machine is shared


@dataclass(frozen=True, slots=True)
class Member:
    """`province`: the code of 2025 that the home lies in; `unit`: the commune of 30 June."""

    kind: str
    user_id: uuid.UUID
    unit: int
    province: str


@dataclass(frozen=True, slots=True)
class Lived:
    """One deed: by `time.monotonic`, from the first to the last statement; `pid` of its connection."""

    kind: str
    province: str
    begun: float
    ended: float
    outcome: str
    pid: int = 0


@dataclass
class Crowd:
    """`procedure`: what citizens file for."""

    members: Sequence[Member]
    procedure: ProcedureVersion
    seed: int
    processes: int
    lived: list[Lived] = field(default_factory=list)
    _hands: list[tuple[Any, Connection]] = field(default_factory=list)

    def begin(self, now: datetime) -> None:
        connections.close_all()  # nobody shares a connection over a fork
        context = multiprocessing.get_context("fork")
        for number in range(self.processes):
            ours, theirs = context.Pipe()
            own = list(self.members)[number :: self.processes]
            worker = _Worker(own, self.procedure, random.Random(self.seed + number), now)  # noqa: S311  a simulation
            process = context.Process(target=worker.live, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            self._hands.append((process, ours))

    def tell(self, now: datetime) -> None:
        """From here on it is this moment for everybody."""
        for _process, hand in self._hands:
            hand.send(now)

    def end(self) -> list[Lived]:
        """What all of them did. A process that died is an error: its people could not go on."""
        for _process, hand in self._hands:
            hand.send(None)
        for process, hand in self._hands:
            self.lived += hand.recv()
            process.join()
        self._hands.clear()
        return self.lived


class _Worker:
    def __init__(self, members: list[Member], procedure: ProcedureVersion, luck: random.Random, now: datetime) -> None:
        self.members, self.procedure, self.luck = members, procedure, luck
        self.begin, self.since = now, time.monotonic()
        self.lived: list[Lived] = []

    def live(self, hand: Connection) -> None:
        while True:
            while hand.poll():
                told = hand.recv()
                if told is None:
                    hand.send(self.lived)
                    connections.close_all()
                    return
                self.begin, self.since = told, time.monotonic()
            self._once()
            time.sleep(PAUSE)

    def _once(self) -> None:
        member, now = self.luck.choice(self.members), self._now()
        begun = time.monotonic()
        try:
            with waiting_at_most(settings.LONGEST_WAIT):  # as for every request
                outcome = self._do(member, now)
        except ServicesError as refused:
            outcome = type(refused).__name__
        except DatabaseError as broken:
            why = f"{DATABASE} {type(broken).__name__}: {broken}".splitlines()[0]
            outcome = BUSY if waited_in_vain(broken) else why
        except Exception as broken:
            outcome = f"{BROKEN} {type(broken).__name__}: {broken}".splitlines()[0]
        self.lived.append(Lived(member.kind, member.province, begun, time.monotonic(), outcome, _pid()))

    def _now(self) -> datetime:
        return self.begin + timedelta(seconds=time.monotonic() - self.since)

    def _do(self, member: Member, now: datetime) -> str:
        if member.kind == "citizen":
            return deeds.file(member.user_id, self.procedure, _today(member.unit, localdate(now)), now)
        deed = deeds.accept if member.kind == "desk" else deeds.work
        return deed(member.user_id, self.luck, now)


def _pid() -> int:
    own = connections["default"].connection
    return own.info.backend_pid if own else 0


def _today(unit: int, on: date) -> int:
    """The commune that is there for its people on the day: of a split one, the likeliest."""
    found = successors_of_many([unit], on)[unit]
    return next((one for one in found if one.is_default), found[0]).unit_id
