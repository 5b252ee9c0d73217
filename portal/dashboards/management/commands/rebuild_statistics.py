"""`rebuild_statistics`: count the figures anew from the dossiers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.dashboards.operations.refreshing import rebuild
from portal.dashboards.queries.checking import differences
from portal.events.actors import System


class Command(BaseCommand):
    help = "Counts the figures anew from the dossiers. With --check it only says where they differ; 1 when they do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, compare")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["check"]:
            if found := differences():
                raise CommandError("\n".join(found))
            self.stdout.write("The figures are those of the dossiers.")
            return
        measured = rebuild(actor=System.COMMAND, now=now)
        if options["verbosity"]:
            self.stdout.write(f"{measured} dossiers were counted.")
