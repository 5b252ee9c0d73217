"""A process that lets an act take effect dies in the middle: nothing of the act is there, and the next one ends it."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.isolation import Purpose, scope
from services.models import Dossier
from services.reorganisation import Dossiers, Petitions
from tests.cast import cast
from tests.services.after import MIDNIGHT, draft_merger, put_down
from tests.services.build import Office, birth
from tests.services.conftest import MONDAY
from units.handovers import registered
from units.models import ReorgEvent, ReorgProof
from units.operations import prove
from units.states import ActState

PATIENCE = 240  # seconds, on a machine that does ten other things


def process(real_db: str, fault: str, minutes: int) -> subprocess.CompletedProcess[str]:
    changes = {
        name: make_conninfo(**{**conninfo_to_dict(os.environ[name]), "dbname": real_db})
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    now = MIDNIGHT + timedelta(minutes=minutes)
    return subprocess.run(
        [sys.executable, "-m", "tests.services.killed_act", now.isoformat()],
        env=os.environ | changes | {"FAULT": fault}, timeout=PATIENCE, check=False, capture_output=True, text=True,
    )  # fmt: skip


def prepared() -> tuple[ReorgEvent, list[int], int]:
    """A merger that waits for its day, over dossiers at work; and its new unit."""
    with transaction.atomic(), registered(Dossiers(), Petitions()):
        people = cast()
        with scope(units=[people.home, people.neighbour, people.province]):
            office = Office(people, birth(), MONDAY)
            going = [office.processing().pk, office.accepted().pk, office.submitted().pk]
            act = draft_merger(people, MONDAY)
            put_down(act, MONDAY)
    return act, going, int(act.changes.get().unit_id)


def contents(superuser: psycopg.Connection) -> dict[str, str]:
    """A digest of every table."""
    names = superuser.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    found = {}
    for (name,) in names:
        row = superuser.execute(f"select md5(string_agg(t::text, '|' order by t::text)) from {name} t").fetchone()
        found[name] = str(row and row[0])
    return found


def differing(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in after if after[name] != before[name]}


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("killed", set()),  # nobody was left to say anything
        (
            "lost",
            {"units_reorg_event", "events_event", "events_eventlink", "events_chainhead"},
        ),  # why it waits
    ],
)
def test_a_crash_in_the_middle_leaves_nothing_and_the_next_start_ends_the_act(
    real_db: str, superuser: psycopg.Connection, fault: str, told: set[str]
) -> None:
    act, going, new = prepared()
    before = contents(superuser)
    died = process(real_db, fault, minutes=1)
    assert died.returncode == (-signal.SIGKILL if fault == "killed" else 0), died.stderr
    assert differing(before, contents(superuser)) == told
    if fault == "lost":
        assert json.loads(died.stdout)[0][1]  # and says why
    again = process(real_db, "", minutes=2)
    assert json.loads(again.stdout) == [[act.legal_no, ""]], again.stderr
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        assert {one.responsible_unit_id for one in Dossier.objects.filter(pk__in=going)} == {new}
        done = ReorgEvent.objects.get(pk=act.pk)
        assert (done.state, done.trouble) == (ActState.EFFECTIVE, "")
        assert ReorgProof.objects.get(event=act).holds
        with registered(Dossiers(), Petitions()):
            assert prove(done).findings == []
    after = contents(superuser)
    assert json.loads(process(real_db, "", minutes=3).stdout) == []
    assert differing(after, contents(superuser)) == set()
