"""The schedule's clock. Several may run; one holds the lock in PostgreSQL and ticks, the others wait to take over."""

import logging
import os
from datetime import timedelta
from typing import Any

import psycopg
from celery.beat import Scheduler

log = logging.getLogger(__name__)

BEAT_LOCK = 0xBEA7
WAIT = 5.0  # seconds until another look at the lock


class LockedScheduler(Scheduler):
    """Keeps no file: every periodic task may run twice, so at start all are due, which also catches up after a stop.

    The lock lives on a connection of its own, straight to PostgreSQL (DATABASE_DIRECT_URL when a pooler stands
    between).
    """

    holder: psycopg.Connection[Any] | None = None

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            entry.last_run_at = self.app.now() - timedelta(days=1)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        return float(super().tick(*args, **kwargs)) if self._hold() else WAIT

    def _hold(self) -> bool:
        try:
            if self.holder is None:
                url = os.environ.get("DATABASE_DIRECT_URL") or os.environ["DATABASE_URL"]
                self.holder = psycopg.connect(url, autocommit=True, application_name="mc-beat")
            row = self.holder.execute(
                "select exists (select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())"
                " or pg_try_advisory_lock(%s)",
                [BEAT_LOCK],
            ).fetchone()
        except psycopg.OperationalError as error:
            log.warning("The schedule waits for its lock: %s", error)
            self.holder = None
            return False
        return bool(row and row[0])

    def close(self) -> None:
        if self.holder is not None:
            self.holder.close()
        super().close()
