"""`load_country`: the whole country, before and after 1 July 2025, with the acts of 2026."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.events.actors import System
from units.country import BadData, read
from units.operations import ActError, load_country


class Command(BaseCommand):
    help = "Load all administrative units of the country. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        try:
            loaded = load_country(country=read(), actor=System.COMMAND, now=timezone.now())
        except (ActError, BadData) as error:
            raise CommandError(str(error)) from error
        seconds = time.perf_counter() - begun
        if options["verbosity"] < 1:
            return
        if not loaded.acts:
            self.stdout.write(f"The country is here already; nothing was changed ({seconds:.1f} s).")
            return
        for table, rows in loaded.rows.items():
            self.stdout.write(f"{table:<20} {rows:>7,}")
        self.stdout.write(f"{loaded.acts} acts, {loaded.checks} checks hold, {seconds:.1f} s.")
