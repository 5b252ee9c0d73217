"""`load_demo_documents`: documents of the demo commune, after `demo_certificates`; the sandbox must run."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents import demo
from staff import demo as staff
from units.queries import Unanswerable, bearer


class Command(BaseCommand):
    help = "Draft, sign and issue a few documents of the demonstration (never in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        code, level = staff.CODES[staff.HOME]
        try:
            made = demo.load(unit_id=bearer(code, timezone.localdate(), level=level).pk, clock=timezone.now)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except (Unanswerable, LookupError) as error:
            raise CommandError("Run load_country, load_demo and demo_certificates first.") from error
        except demo.NotSignedYetError as error:
            raise CommandError(f"{error} is not signed yet. Run it again.") from error
        if options["verbosity"]:
            self.stdout.write(f"{made} documents of the demonstration are there.")
