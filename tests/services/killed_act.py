"""Lets due acts take effect in a process of its own: `python -m tests.services.killed_act <moment>`.

`FAULT`: after everything was handed over and before the proof is written, the process dies by kill -9 ("killed"), or
loses its connection to PostgreSQL ("lost").
"""

import json
import os
import signal
import sys
from collections.abc import Collection, Iterable
from datetime import datetime

import django


def main(now: datetime, fault: str) -> None:
    django.setup()
    from django.db import connection  # all of these are ready only after django.setup()

    from portal.events.actors import Actor, System
    from services.reorganisation import Dossiers, Petitions
    from units.handovers import Applied, Count, Finding, Preview, Reorganisation, Words, registered
    from units.operations import run_due_acts

    class Last:
        name, order, words = "tests.last", 99, Words(things={})

        def count(self, units: Collection[int]) -> Iterable[Count]:
            return ()

        def preview(self, act: Reorganisation) -> Preview:
            return Preview([], [])

        def hold(self, act: Reorganisation) -> None:
            """There is nothing to lock."""

        def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
            if fault == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if fault == "lost":
                with connection.cursor() as cursor:
                    cursor.execute("select pg_terminate_backend(pg_backend_pid())")
            return Applied([], [])

        def place(self, *_args: object, **_more: object) -> None: ...

        def verify(self, act: Reorganisation) -> Iterable[Finding]:
            return ()

    with registered(Dossiers(), Petitions(), Last()):
        ran = run_due_acts(actor=System.REORGANISATION, now=now)
    print(json.dumps([[one.legal_no, one.trouble] for one in ran]))


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]), os.environ.get("FAULT", ""))
