"""`manage.py load_calendar`: the national days off from the file in the repository, or from one like it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.calendar import fixture
from portal.calendar.operations import load_days
from portal.events.actors import System


class Command(BaseCommand):
    help = "Brings the national days off to what the calendar file says. What people changed here stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=fixture.FILE, help="CSV: date,kind,name,source,verified")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            days = fixture.read(options["file"])
        except (OSError, ValueError) as problem:
            raise CommandError(f"The calendar file cannot be read, nothing was changed. {problem}") from problem
        if not days:
            raise CommandError("The calendar file holds no days, nothing was changed.")
        done = load_days(days=days, actor=System.COMMAND, now=timezone.now())
        self.stdout.write(
            f"Days: {done.added} added, {done.changed} changed, {done.retired} retired, {done.unchanged} as they were."
        )
        if done.kept:
            dates = ", ".join(day.isoformat() for day in done.kept)
            self.stdout.write(f"Kept as people set them here: {dates}.")
