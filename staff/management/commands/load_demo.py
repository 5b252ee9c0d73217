"""`load_demo`: the demo's officers and an act in the making, after `load_country`. Makes only what is missing."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from staff import demo, demo_act
from units.queries import Unanswerable, bearer


class Command(BaseCommand):
    help = "Make the invented officers of the demonstration (never in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        on = timezone.localdate(now)
        try:
            demo.refuse_production()
            units = {place: bearer(code, on, level=level).pk for place, (code, level) in demo.CODES.items()}
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except (Unanswerable, LookupError) as error:
            raise CommandError("The units of the demonstration are not there. Run load_country first.") from error
        made = demo.load(units=units, now=now)
        demo_act.load(province=units[demo.PROVINCE], now=now, today=on)
        if options["verbosity"]:
            self.stdout.write(f"{len(made)} officers of the demonstration are there; demo_people lists them.")
