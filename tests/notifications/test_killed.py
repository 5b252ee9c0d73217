"""A worker is killed for real between sending and recording: the next one asks, and nobody's telephone rings twice."""

import os
import signal
import subprocess
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.isolation import Purpose, scope
from portal.notifications.models import Notification
from tests.notifications.news import NOON, person, tell, waiting

PATIENCE = 240  # seconds, on a machine that does ten other things


def carry_out(key: uuid.UUID, now: datetime, environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "tests.notifications.killed", str(key), now.isoformat()]
    return subprocess.run(command, env=environment, timeout=PATIENCE, check=False).returncode


def state() -> tuple[str, bool]:
    with transaction.atomic(), scope(purpose=Purpose.NOTIFICATION):
        row = Notification.objects.get()
        return row.state, row.in_doubt


def test_killed_between_sending_and_recording_it_is_told_once(real_db: str, tmp_path: Path) -> None:
    book = tmp_path / "book"
    changes = {
        name: make_conninfo(**{**conninfo_to_dict(os.environ[name]), "dbname": real_db})
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    environment = os.environ | changes | {
        "DJANGO_SETTINGS_MODULE": "tests.notifications.killed_settings", "CARRIERS_BOOK": str(book),
    }  # fmt: skip
    with transaction.atomic():
        tell(person())
    with transaction.atomic():
        [key] = waiting(NOON)
    assert carry_out(key, NOON, environment | {"KILLED": "1"}) == -signal.SIGKILL
    assert (len(book.read_text().split()), state()) == (1, ("sending", True))
    later = NOON + timedelta(minutes=10)  # its lease has run out
    assert carry_out(key, later, environment) == 0
    assert (len(book.read_text().split()), state()) == (1, ("sent", False))
    assert carry_out(key, later + timedelta(minutes=10), environment) == 0
    assert len(book.read_text().split()) == 1
