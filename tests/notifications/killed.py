"""A carrier whose book is a file, and a worker that carries one delivery out: `python -m tests.notifications.killed
<delivery>`. With KILLED in the environment it dies by kill -9 as soon as the carrier has the message.
"""

import os
import signal
import sys
import uuid
from datetime import datetime
from pathlib import Path

import django

from portal.notifications.backends import Outgoing, Reply, Taken


class Book:
    """Each line is a message that somebody's telephone has received."""

    def __init__(self) -> None:
        self.file = Path(os.environ["CARRIERS_BOOK"])

    def is_connected(self) -> bool:
        return True

    def send(self, message: Outgoing) -> Reply:
        with self.file.open("a", encoding="utf-8") as book:
            book.write(f"{message.key}\n")
            book.flush()
            os.fsync(book.fileno())
        if os.environ.get("KILLED"):
            os.kill(os.getpid(), signal.SIGKILL)
        return Taken(str(message.key))

    def outcome(self, key: uuid.UUID) -> Reply | None:
        known = self.file.read_text(encoding="utf-8").split() if self.file.exists() else []
        return Taken(str(key)) if str(key) in known else None


if __name__ == "__main__":
    django.setup()
    from portal.events.delivering import deliver  # models are ready only after django.setup()

    now = datetime.fromisoformat(sys.argv[2])
    deliver(uuid.UUID(sys.argv[1]), clock=lambda: now)
