"""`load_catalogue`: the procedures of `services/data`, in full and in name."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.events.actors import System
from services.catalogue import fixture
from services.errors import ServicesError
from services.operations import load_catalogue


class Command(BaseCommand):
    help = "Load the catalogue of procedures. A second run changes nothing; changed files make new versions."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = load_catalogue(catalogue=fixture.read(), actor=System.COMMAND, now=timezone.now())
        except (ServicesError, fixture.BadFixture) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            self.stdout.write(
                f"Procedures: {done.published} published in full, {done.in_name} in name, {done.unchanged} unchanged."
            )
