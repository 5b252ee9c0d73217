"""`replay_2025`: the reform of 2025 with synthetic dossiers in a database of its own, and the proof that it adds up."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from services.replay.replaying import Wanted, replay
from services.replay.report import lines
from services.replay.scratch import NoScratch, scratch


class Command(BaseCommand):
    help = (
        "Build the country of 30 June 2025, run its acts while people work, prove the result. Exit code 1: it doesn't."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, default=20_000, help="open and closed together (20000)")
        parser.add_argument("--provinces", default="", help="codes of 2025, with commas; all 34 when left out")
        parser.add_argument("--workers", type=int, default=2, help="processes of simulated people (2)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same country (1)")
        parser.add_argument("--template", default="", help="a database of this server that is migrated already")
        parser.add_argument("--keep", action="store_true", help="leave the database there, and say its name")

    def handle(self, *args: Any, **options: Any) -> None:
        provinces = tuple(code.strip() for code in options["provinces"].split(",") if code.strip())
        wanted = Wanted(options["dossiers"], provinces, options["workers"], options["seed"])
        try:
            with scratch(template=options["template"], keep=options["keep"]) as name:
                done = replay(wanted, name, self.stdout.write)
        except NoScratch as error:
            raise CommandError(str(error)) from error
        for line in lines(done):
            self.stdout.write(line)
        if options["keep"]:
            self.stdout.write(f"The database {name} was kept.")
        if done.wrong:
            raise CommandError("The replay does not add up.")
