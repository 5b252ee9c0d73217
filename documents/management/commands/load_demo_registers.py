"""`load_demo_registers`: the demo commune's register books, after `load_demo`. Makes nothing where books exist."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents.registers import demo
from staff.demo import CODES, HOME
from units.queries import Unanswerable, bearer


class Command(BaseCommand):
    help = "Write the register books of the demonstration (never in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        code, level = CODES[HOME]
        try:
            made = demo.load(unit_id=bearer(code, timezone.localdate(now), level=level).pk, now=now)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except (Unanswerable, LookupError) as error:
            raise CommandError("The demo commune is not there. Run load_country first.") from error
        if options["verbosity"]:
            self.stdout.write(f"{made} entries stand in the register books of the demonstration.")
