"""`load_demo_dossiers`: dossiers at the demo commune's desk, after `load_catalogue` and `load_demo`."""

from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from services import demo, demo_petitions, demo_split
from staff.demo import CODES, HOME, PROVINCE, SPLIT
from units.queries import Unanswerable, bearer


class Command(BaseCommand):
    help = "File a few dossiers at the desk of the demonstration (never in production). Makes none where some are."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        on = timezone.localdate(now)
        try:
            home, province, split = (_unit(place, on) for place in (HOME, PROVINCE, SPLIT))
            made = demo.load(unit_id=home, now=now)
            sent = demo_petitions.load(unit_id=home, now=now)
            demo_split.load(province=province, unit_id=split, now=now)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except (Unanswerable, LookupError) as error:
            raise CommandError("Run load_country, load_catalogue and load_demo first.") from error
        if options["verbosity"]:
            self.stdout.write(f"{made} dossiers and {sent} petitions stand at the desk of the demonstration.")


def _unit(place: str, on: date) -> int:
    code, level = CODES[place]
    return bearer(code, on, level=level).pk
