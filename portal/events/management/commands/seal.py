"""`seal`: seal all chains now, publish what is not published yet."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.events import sealing


class Command(BaseCommand):
    help = "Seal the heads of all chains. Run at start, before anybody may write; the schedule seals every minute."

    def handle(self, **options: Any) -> None:
        new = sealing.seal(now=timezone.now())
        self.stdout.write(f"Seal {new.number} over {new.units} chains." if new else "The last seal is fresh.")
